//! Proposed severity: rather too high than too low while facts are unknown.

use super::view::View;
use crate::pack::law::SeverityRule;
use crate::{Answer, Reason, Severity, Text, explain};

/// The highest level whose rule holds, or cannot be ruled out where the rule is written so (`is_known` and duties that
/// may exist are facts like any other). An authority confirms it.
pub(crate) fn propose(view: &View<'_>) -> Severity {
    let scale = &view.pack.severity;
    let holding: Vec<(&SeverityRule, Vec<Reason>, Vec<String>)> = scale
        .rules
        .iter()
        .filter_map(|rule| {
            let finding = rule.when.evaluate(view);
            let reasons = || explain::marks(&finding.marks, view);
            (finding.answer == Answer::Yes).then(|| (rule, reasons(), view.facts_of(&finding.marks)))
        })
        .collect();
    let Some(level) = holding.first().map(|(rule, ..)| rule.level) else {
        let (level, basis) = &scale.otherwise;
        return Severity { level: *level, because: vec![basis.reason(&Text::default(), Vec::new())] };
    };
    let mut because = Vec::new();
    for (rule, reasons, facts) in holding.into_iter().filter(|(rule, ..)| rule.level == level) {
        because.push(rule.because.reason(&Text::default(), facts));
        because.extend(reasons);
    }
    let mut seen = std::collections::BTreeSet::new();
    because.retain(|reason| seen.insert(reason.text.clone()));
    Severity { level, because }
}
