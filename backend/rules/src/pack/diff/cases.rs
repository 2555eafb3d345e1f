//! One past incident under two versions.

use std::collections::BTreeMap;

use super::{CaseChange, Differs, NamedFacts, RegimeAnswer};
use crate::{Assessment, FactProblem, Facts, Pack, assess};

/// How a case comes out differently; none where it does not.
pub(super) fn change(old: &Pack, new: &Pack, case: &NamedFacts) -> Option<CaseChange> {
    let read = |pack: &Pack| Facts::parse(pack, &case.facts);
    match (read(old), read(new)) {
        (Ok(under_old), Ok(under_new)) => {
            let before = assess(old, &under_old, &case.filings, case.now);
            let after = assess(new, &under_new, &case.filings, case.now);
            compare(&case.name, &before, &after)
        }
        (before, after) => unreadable(&case.name, before.err(), after.err()),
    }
}

fn unreadable(
    name: &str,
    old: Option<Vec<FactProblem>>,
    new: Option<Vec<FactProblem>>,
) -> Option<CaseChange> {
    // What neither version can read is no difference between them.
    (old != new).then(|| CaseChange { unreadable: Some(Differs { old, new }), ..same(name) })
}

fn same(name: &str) -> CaseChange {
    CaseChange {
        name: name.to_owned(),
        unreadable: None,
        regimes: Vec::new(),
        obligations: Vec::new(),
        routes: Vec::new(),
        severity: None,
        guidance: Vec::new(),
    }
}

pub(super) fn compare(name: &str, before: &Assessment, after: &Assessment) -> Option<CaseChange> {
    let (old, new) = (before.severity.level, after.severity.level);
    let change = CaseChange {
        regimes: differing(&answers(before), &answers(after), |regime| regime.id.clone(), PartialEq::eq),
        obligations: differing(
            &before.obligations,
            &after.obligations,
            |duty| (duty.regime.clone(), duty.stage.clone()),
            // Where the law says it is a matter of the pack, not of the case.
            |one, other| one == &crate::Obligation { cite: one.cite.clone(), ..other.clone() },
        ),
        routes: differing(
            &before.routes,
            &after.routes,
            |route| route.unit.clone(),
            |one, other| (&one.role, one.part) == (&other.role, other.part),
        ),
        severity: (old != new).then_some(Differs { old: Some(old), new: Some(new) }),
        guidance: differing(
            &before.guidance,
            &after.guidance,
            |guidance| guidance.playbook.clone(),
            PartialEq::eq,
        ),
        ..same(name)
    };
    (change != same(name)).then_some(change)
}

/// Regimes that say something: one that does not apply is as good as one that is not there.
fn answers(assessment: &Assessment) -> Vec<RegimeAnswer> {
    let answers = assessment.regimes.iter().map(|regime| RegimeAnswer {
        id: regime.id.clone(),
        applies: regime.applies,
        triggered: regime.triggered,
    });
    answers.filter(|regime| regime.applies != crate::Answer::No).collect()
}

/// Pairs of what has the same key; of several with one key, the first with the first.
fn differing<T: Clone, K: Ord>(
    old: &[T],
    new: &[T],
    key: impl Fn(&T) -> K,
    same: impl Fn(&T, &T) -> bool,
) -> Vec<Differs<T>> {
    let mut pairs: BTreeMap<K, (Vec<&T>, Vec<&T>)> = BTreeMap::new();
    for item in old {
        pairs.entry(key(item)).or_default().0.push(item);
    }
    for item in new {
        pairs.entry(key(item)).or_default().1.push(item);
    }
    let mut differing = Vec::new();
    for (old, new) in pairs.into_values() {
        for place in 0..old.len().max(new.len()) {
            let (old, new) = (old.get(place).copied(), new.get(place).copied());
            if !old.zip(new).is_some_and(|(old, new)| same(old, new)) {
                differing.push(Differs { old: old.cloned(), new: new.cloned() });
            }
        }
    }
    differing
}
