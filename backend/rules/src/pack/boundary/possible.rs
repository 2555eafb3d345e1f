//! Which answers a condition can come to.

use std::collections::{BTreeMap, BTreeSet};

use super::values::Domains;
use crate::condition::{Condition, Lookup, Test};
use crate::{Answer, FactValue};

/// As many combinations of values as are tried of one condition.
const MOST_COMBINATIONS: usize = 20_000;

/// Whether a condition can hold, and whether it can fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Possible {
    pub(super) yes: bool,
    pub(super) no: bool,
}

/// What cannot be tried in full is taken to be possible.
const BOTH: Possible = Possible { yes: true, no: true };

/// The answers that `condition` can come to when all its facts are known.
///
/// Unknown facts need not be tried: learning one never takes back a *yes* or a *no*, so whatever can be had with an
/// unknown fact can be had without.
pub(super) fn possible(condition: &Condition, domains: &Domains) -> Possible {
    if domains.exhausted() {
        return BOTH;
    }
    match condition {
        // The law decides it by itself: meant so.
        Condition::Always { .. } => BOTH,
        Condition::Leaf(_) => tried(condition, domains),
        Condition::Not(part) => {
            let Possible { yes, no } = possible(part, domains);
            Possible { yes: no, no: yes }
        }
        Condition::Least { least, of } => {
            let (any, every) = (*least == 1, *least == of.len());
            if any || every { by_components(of, every, domains) } else { tried(condition, domains) }
        }
    }
}

/// Parts that share no fact are independent of each other.
fn by_components(of: &[Condition], every: bool, domains: &Domains) -> Possible {
    let flat = flattened(of, every);
    if !domains.spend(flat.len().saturating_mul(flat.len())) {
        return BOTH;
    }
    let found = components(&flat).into_iter().map(|parts| {
        if let [only] = parts.as_slice() {
            return possible(only, domains);
        }
        let least = if every { parts.len() } else { 1 };
        let of = parts.into_iter().cloned().collect();
        tried(&Condition::Least { least, of }, domains)
    });
    let (start, with): (Possible, fn(Possible, Possible) -> Possible) = if every {
        (Possible { yes: true, no: false }, |all, one| Possible {
            yes: all.yes && one.yes,
            no: all.no || one.no,
        })
    } else {
        (Possible { yes: false, no: true }, |all, one| Possible {
            yes: all.yes || one.yes,
            no: all.no && one.no,
        })
    };
    found.fold(start, with)
}

/// `all` within `all`, and `not any` within `all`, are one list; likewise for `any`.
fn flattened(of: &[Condition], every: bool) -> Vec<Condition> {
    let mut flat = Vec::new();
    for part in of {
        match part {
            Condition::Least { least, of } if every == (*least == of.len()) && (every || *least == 1) => {
                flat.extend(flattened(of, every));
            }
            Condition::Not(inner) => match inner.as_ref() {
                Condition::Not(part) => flat.extend(flattened(std::slice::from_ref(part), every)),
                Condition::Least { least, of } if *least == if every { 1 } else { of.len() } => {
                    let negated: Vec<_> = of.iter().cloned().map(super::not).collect();
                    flat.extend(flattened(&negated, every));
                }
                _ => flat.push(part.clone()),
            },
            _ => flat.push(part.clone()),
        }
    }
    flat
}

/// The parts, grouped so that no two groups share a fact.
fn components(of: &[Condition]) -> Vec<Vec<&Condition>> {
    let mut groups: Vec<(BTreeSet<&str>, Vec<&Condition>)> = Vec::new();
    for part in of {
        let mut facts = part.facts();
        let mut joined = vec![part];
        let (apart, touched): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|(others, _)| others.is_disjoint(&facts));
        groups = apart;
        for (others, parts) in touched {
            facts.extend(others);
            joined.extend(parts);
        }
        groups.push((facts, joined));
    }
    groups.into_iter().map(|(_, parts)| parts).collect()
}

/// Tries every combination of the values that matter.
fn tried(condition: &Condition, domains: &Domains) -> Possible {
    let mut tests: BTreeMap<&str, Vec<&Test>> = BTreeMap::new();
    condition.visit(&mut |leaf| {
        tests.entry(&leaf.fact).or_default().push(&leaf.test);
        for share in leaf.shares() {
            tests.entry(share).or_default();
        }
    });
    let size = condition.tests();
    let Some(values) = domains.values(&tests) else { return BOTH };
    let sizes = values.iter().map(|(_, values)| values.len());
    let combinations = sizes.fold(1, usize::saturating_mul);
    if combinations > MOST_COMBINATIONS || decided_by_law(condition) {
        return BOTH;
    }
    let mut found = Possible { yes: false, no: false };
    for combination in 0..combinations {
        if !domains.spend(size) {
            return BOTH;
        }
        match condition.evaluate(&Trial::new(&values, combination)).answer {
            Answer::Yes => found.yes = true,
            Answer::No => found.no = true,
            Answer::CannotTell => {}
        }
        if found == BOTH {
            break;
        }
    }
    found
}

/// One combination of values.
struct Trial<'a>(BTreeMap<&'a str, &'a FactValue>);

impl<'a> Trial<'a> {
    fn new(values: &'a [(&'a str, Vec<FactValue>)], mut combination: usize) -> Self {
        let mut trial = BTreeMap::new();
        for (fact, values) in values {
            let size = values.len().max(1);
            if let Some(value) = values.get(combination % size) {
                trial.insert(*fact, value);
            }
            combination /= size;
        }
        Self(trial)
    }
}

impl Lookup for Trial<'_> {
    fn known(&self, fact: &str) -> Option<&FactValue> {
        self.0.get(fact).copied()
    }
}

/// Whether the condition may wait for an answer instead of failing: `is_known` never says *no*.
pub(super) fn waits(condition: &Condition) -> bool {
    let mut waits = false;
    condition.visit(&mut |leaf| waits |= leaf.test == Test::IsKnown);
    waits
}

fn decided_by_law(condition: &Condition) -> bool {
    match condition {
        Condition::Always { .. } => true,
        Condition::Leaf(_) => false,
        Condition::Not(part) => decided_by_law(part),
        Condition::Least { of, .. } => of.iter().any(decided_by_law),
    }
}
