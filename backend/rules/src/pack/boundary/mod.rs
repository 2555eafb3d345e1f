//! Conditions that could as well not stand there: found by trying the boundary values of every fact that they test.
//!
//! A condition that can never hold, or can never fail, and a part that never makes a difference beside its neighbours,
//! is a slip of the pen: a contradictory threshold, an option that nothing gives, a duty that nobody can have. Only
//! what was tried in full is refused; what is too large to try is split where its parts share no fact, or left alone.

mod possible;
mod values;

use std::collections::BTreeSet;

use serde_saphyr::Spanned;

use super::doc::{RegimeDoc, Written};
use super::law::Sectors;
use super::limits::MOST_TRIED;
use super::load::Docs;
use super::refusal::Refusals;
use super::said::Said;
use crate::condition::Condition;
use crate::condition::compile::{Context, Vocabulary, line_of};
use crate::condition::doc::ConditionDoc;

use possible::possible;
use values::Domains;

/// Refuses every condition of the pack that is decided whatever the facts.
pub(crate) fn check(docs: &Docs, vocabulary: &Vocabulary, sectors: &Sectors, refusals: &mut Refusals) {
    let domains = Domains::new(docs, vocabulary, sectors);
    let mut judge =
        Judge { vocabulary, domains: &domains, unsound: BTreeSet::new(), given_up: false, refusals };
    for computed in &docs.terms.computed {
        for case in &computed.value.cases {
            judge.written("terms.yaml", &case.when);
        }
    }
    for term in &docs.terms.terms {
        if !judge.written("terms.yaml", &term.value.condition) {
            judge.unsound.insert(&term.value.id);
        }
    }
    for (file, regime) in &docs.regimes {
        judge.regime(file, regime);
    }
    for rule in &docs.severity.rules {
        judge.written("severity.yaml", &rule.value.when);
    }
    let lead = &docs.routing.lead;
    let also = docs.routing.also.iter().map(|rule| &rule.value.when);
    for written in also.chain([&lead.concerns_sector_units, &lead.concerns_centre]) {
        judge.written("routing.yaml", written);
    }
}

struct Judge<'a> {
    vocabulary: &'a Vocabulary,
    domains: &'a Domains,
    /// Terms that were refused: what uses them is not judged, so that one mistake is named once.
    unsound: BTreeSet<&'a str>,
    /// What could be tried has been.
    given_up: bool,
    refusals: &'a mut Refusals,
}

impl Judge<'_> {
    fn regime(&mut self, file: &str, doc: &RegimeDoc) {
        let mut sound = self.written(file, &doc.applies);
        sound &= self.written(file, &doc.triggered);
        if sound {
            self.can_oblige(file, doc);
        }
        if let Some(when) = &doc.tell_when {
            self.written(file, when);
        }
        for stage in doc.stages.iter().map(|stage| &stage.value) {
            let recipients = stage.recipients.iter().flat_map(|recipient| {
                recipient.value.when.iter().chain(&recipient.value.unless).collect::<Vec<_>>()
            });
            let deferral = stage.clock.iter().filter_map(|clock| clock.defer_when.as_ref());
            for written in stage.when.iter().chain(&stage.certain).chain(recipients).chain(deferral) {
                self.written(file, written);
            }
            let overrides: Vec<&Written> =
                stage.clock.iter().flat_map(|clock| &clock.overrides).map(|other| &other.when).collect();
            self.overrides(file, &overrides);
        }
    }

    /// Refuses a regime of which each half can hold, and both together never.
    fn can_oblige(&mut self, file: &str, doc: &RegimeDoc) {
        let halves = [&doc.applies, &doc.triggered].map(|half| self.compile(file, half));
        let [Some(applies), Some(triggered)] = halves else { return };
        if !possible(&all(vec![applies, triggered]), self.domains).yes {
            let da = "`triggered` er aldrig opfyldt, hvor `applies` er det, så ingen ville få pligten: \
                      skriv betingelser, der kan være opfyldt sammen";
            let en = "`triggered` never holds where `applies` does, so nobody would ever have the duty: \
                      write conditions that can hold together";
            self.refusals.at(file, line_of(&doc.triggered), Said::both(da, en));
        }
    }

    /// Refuses a period that is never reached: of several, the first whose condition holds counts.
    fn overrides(&mut self, file: &str, written: &[&Written]) {
        let mut before: Vec<Condition> = Vec::new();
        for when in written {
            if !self.written(file, when) {
                continue;
            }
            let Some(condition) = self.compile(file, when) else { continue };
            let mut parts: Vec<Condition> = before.iter().cloned().map(not).collect();
            parts.push(condition.clone());
            if !possible(&all(parts), self.domains).yes {
                let da = "denne frist bruges aldrig: hvor dens betingelse er opfyldt, er en tidligeres det også; \
                          skriv den snævrere betingelse først";
                let en = "this period is never used: wherever its condition holds, that of an earlier one \
                          does, too; write the narrower condition first";
                self.refusals.at(file, line_of(when), Said::both(da, en));
            }
            before.push(condition);
        }
    }

    /// Judges a condition and all its parts, the innermost first; whether nothing was refused.
    fn written(&mut self, file: &str, written: &Spanned<ConditionDoc>) -> bool {
        let node = &written.value;
        // A term is judged where it is defined, and what the law decides by itself is meant so.
        if let Some(term) = &node.term {
            return !self.unsound.contains(term.as_str());
        }
        if node.always.is_some() {
            return true;
        }
        let groups = [&node.all, &node.any, &node.of];
        let parts: Vec<&Spanned<ConditionDoc>> =
            groups.into_iter().flatten().flatten().chain(node.not.as_deref()).collect();
        let mut sound = true;
        for part in &parts {
            sound &= self.written(file, part);
        }
        let Some(condition) = self.compile(file, written).filter(|_| sound) else { return false };
        let found = possible(&condition, self.domains);
        if self.domains.exhausted() {
            self.too_much(file, line_of(written));
            return false;
        }
        let said = match (found.yes, found.no) {
            (false, _) => self.never_holds(&condition),
            (true, false) if !possible::waits(&condition) => self.always_holds(&condition),
            _ => return self.each_part_counts(file, &condition, &parts),
        };
        self.refusals.at(file, line_of(written), said);
        false
    }

    /// Refuses alternatives that another one covers, and requirements that follow from the others.
    fn each_part_counts(
        &mut self,
        file: &str,
        group: &Condition,
        written: &[&Spanned<ConditionDoc>],
    ) -> bool {
        let Condition::Least { least, of } = group else { return true };
        let (any, every) = (*least == 1, *least == of.len());
        // What waits for an answer counts while that is unknown; here every fact has a value.
        if any == every || possible::waits(group) {
            return true;
        }
        let mut sound = true;
        let size = group.tests();
        for (place, (part, doc)) in of.iter().zip(written).enumerate() {
            if !self.domains.spend(size) {
                break;
            }
            let others =
                of.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, other)| other.clone());
            // An alternative counts where it holds alone; a requirement, where it alone is missing.
            let alone = if any {
                others.map(not).chain([part.clone()]).collect()
            } else {
                others.chain([not(part.clone())]).collect()
            };
            if possible(&all(alone), self.domains).yes {
                continue;
            }
            sound = false;
            let (hvorfor, why) = if any {
                (
                    "hvor den er opfyldt, er et andet alternativ det også",
                    "wherever it holds, another alternative holds, too",
                )
            } else {
                ("hvor de andre er opfyldt, er den det også", "wherever the others hold, it holds, too")
            };
            let said = Said::both(
                format!("denne del gør ingen forskel: {hvorfor}; ret dens værdi, eller udelad den"),
                format!("this part makes no difference: {why}; correct its value, or leave it out"),
            );
            self.refusals.at(file, line_of(doc), said);
        }
        sound
    }

    fn never_holds(&self, condition: &Condition) -> Said {
        let (da, en) = self.domains.advice(condition, false);
        Said::both(
            format!("denne betingelse kan aldrig være opfyldt: {da}"),
            format!("this condition can never hold: {en}"),
        )
    }

    fn always_holds(&self, condition: &Condition) -> Said {
        let (da, en) = self.domains.advice(condition, true);
        Said::both(
            format!(
                "denne betingelse er altid opfyldt: {da}, eller skriv `always: true`, hvor loven mener alle"
            ),
            format!(
                "this condition always holds: {en}, or write `always: true` where the law means everybody"
            ),
        )
    }

    /// Refuses a pack that cannot be checked in bounded time, where that turned out.
    fn too_much(&mut self, file: &str, line: usize) {
        if !std::mem::replace(&mut self.given_up, true) {
            let said = Said::both(
                format!(
                    "ved denne betingelse skulle mere end {MOST_TRIED} prøver gennemgås for at kontrollere pakken: lad \
                     færre oplysninger stå sammen i én betingelse, eller udelad betingelser"
                ),
                format!(
                    "by this condition more than {MOST_TRIED} tests had to be tried to check the pack: let fewer facts \
                     stand together in one condition, or leave conditions out"
                ),
            );
            self.refusals.at(file, line, said);
        }
    }

    /// The condition; none where it does not compile, which is refused elsewhere.
    fn compile(&self, file: &str, written: &Spanned<ConditionDoc>) -> Option<Condition> {
        let mut said_elsewhere = Refusals::default();
        let mut context = Context { vocabulary: self.vocabulary, file, refusals: &mut said_elsewhere };
        let condition = context.compile(written, Some("-"))?;
        said_elsewhere.check().is_ok().then_some(condition)
    }
}

fn all(of: Vec<Condition>) -> Condition {
    Condition::Least { least: of.len(), of }
}

fn not(part: Condition) -> Condition {
    Condition::Not(Box::new(part))
}
