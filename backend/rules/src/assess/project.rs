//! Need to know: the facts that a unit may see.

use std::collections::BTreeSet;

use crate::pack::law::Audience;
use crate::{Assessment, Pack, Sensitivity};

/// The facts that `unit` may see of an incident so assessed: the identification block and its regimes' matrices.
///
/// A unit without a case and without a duty towards it sees nothing. Facts about persons are seen only where a block of
/// the pack says so, never through a matrix.
pub fn visible_facts(pack: &Pack, assessment: &Assessment, unit: &str) -> BTreeSet<String> {
    let towards = |recipients: &[String]| recipients.iter().any(|recipient| recipient == unit);
    let has_case = assessment.routes.iter().any(|route| route.unit == unit);
    let regimes: BTreeSet<&str> = assessment
        .obligations
        .iter()
        .filter(|obligation| has_case && towards(&obligation.recipients))
        .map(|obligation| obligation.regime.as_str())
        .collect();
    let mut visible = BTreeSet::new();
    for regime in pack.regimes.iter().filter(|regime| regimes.contains(regime.id.as_str())) {
        let cells = regime.stages.iter().flat_map(|stage| &stage.row);
        let seen = cells.filter(|cell| {
            pack.fact(&cell.fact).is_some_and(|fact| fact.sensitivity != Sensitivity::Personal)
        });
        visible.extend(seen.map(|cell| cell.fact.clone()));
    }
    let kind = pack.unit(unit).map(|unit| unit.kind);
    for block in &pack.projection {
        let shown = match &block.to {
            Audience::Everyone => has_case,
            Audience::Recipients => !regimes.is_empty(),
            Audience::Kinds(kinds) => has_case && kind.is_some_and(|kind| kinds.contains(&kind)),
        };
        if shown {
            visible.extend(block.facts.iter().cloned());
        }
    }
    visible
}
