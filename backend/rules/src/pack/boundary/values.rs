//! What facts can be, and the few values of each at which a condition can turn.

#[cfg(test)]
mod laws;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::assess::view::SEVERITY;
use crate::condition::compile::Vocabulary;
use crate::condition::{Condition, Test, Threshold};
use crate::pack::law::Sectors;
use crate::pack::limits::MOST_TRIED;
use crate::pack::load::Docs;
use crate::{FactType, FactValue};

/// Sets of more kinds of options than this are not tried: their subsets are too many.
const MOST_KINDS: usize = 8;

/// As many values of one number as are tried.
const MOST_NUMBERS: usize = 20_000;

/// What every fact can be, and how much has been tried with it.
pub(super) struct Domains {
    of: BTreeMap<String, Domain>,
    tried: Cell<u64>,
}

/// What one fact can be.
#[derive(Debug, Clone)]
struct Domain {
    fact_type: FactType,
    /// All options; none where any text will do, e.g. country codes.
    options: Option<BTreeSet<String>>,
    least: Decimal,
    most: Option<Decimal>,
}

impl Domains {
    pub(super) fn new(docs: &Docs, vocabulary: &Vocabulary, sectors: &Sectors) -> Self {
        let mut domains = Self { of: BTreeMap::new(), tried: Cell::new(0) };
        for (id, (fact_type, options)) in &vocabulary.facts {
            let options: BTreeSet<String> = options.iter().map(|option| option.id.clone()).collect();
            let written = docs.catalogue.facts.iter().map(|fact| &fact.value).find(|fact| fact.id == *id);
            let most = match (written.and_then(|fact| fact.max), fact_type) {
                (Some(most), _) => Some(most.into()),
                (None, FactType::Percent) => Some(Decimal::ONE_HUNDRED),
                (None, _) if id == SEVERITY => {
                    docs.severity.scale.iter().map(|level| level.value.level.into()).max()
                }
                (None, _) => None,
            };
            let least = written.and_then(|fact| fact.min).unwrap_or(0).into();
            let options = (!options.is_empty()).then_some(options);
            domains.of.insert(id.clone(), Domain { fact_type: *fact_type, options, least, most });
        }
        domains.computed(docs, sectors);
        domains
    }

    /// Facts that follow from others can be what those can be, and what the sectors say.
    fn computed(&mut self, docs: &Docs, sectors: &Sectors) {
        for doc in docs.terms.computed.iter().map(|computed| &computed.value) {
            let sources: Vec<Domain> =
                doc.from.iter().filter_map(|from| self.of.get(from)).cloned().collect();
            let Some(domain) = self.of.get_mut(&doc.id) else { continue };
            let mut options = domain.options.take().unwrap_or_default();
            for source in &sources {
                options.extend(source.options.iter().flatten().cloned());
                domain.least = source.least;
                domain.most = source.most;
            }
            if let Some(attribute) = &doc.attribute {
                options.extend(sectors.0.values().flat_map(|sector| sector.values(&attribute.name)).cloned());
            }
            domain.options = (!options.is_empty()).then_some(options);
        }
    }

    /// Counts tests that are evaluated; whether so many may still be.
    pub(super) fn spend(&self, tests: usize) -> bool {
        self.tried.set(self.tried.get().saturating_add(u64::try_from(tests).unwrap_or(u64::MAX)));
        !self.exhausted()
    }

    /// Whether more would have to be tried than a check may take.
    pub(super) fn exhausted(&self) -> bool {
        self.tried.get() > MOST_TRIED
    }

    /// For each fact, the values at which a test of it can turn; none where they are too many, or cannot be told.
    pub(super) fn values<'a>(
        &self,
        tests: &BTreeMap<&'a str, Vec<&Test>>,
    ) -> Option<Vec<(&'a str, Vec<FactValue>)>> {
        let mut values: BTreeMap<&str, Vec<FactValue>> = BTreeMap::new();
        let shared =
            |tests: &[&Test]| tests.iter().any(|test| matches!(test, Test::Compare(_, of) if is_share(of)));
        let (later, first): (Vec<_>, Vec<_>) = tests.iter().partition(|(_, tests)| shared(tests));
        for (fact, tests) in first.into_iter().chain(later) {
            let found = self.of.get(*fact)?.values(tests, &values)?;
            values.insert(*fact, found);
        }
        Some(values.into_iter().collect())
    }

    /// What to write instead of a condition that never turns.
    pub(super) fn advice(&self, condition: &Condition, holds: bool) -> (String, String) {
        if let Condition::Leaf(leaf) = condition
            && let Some(domain) = self.of.get(&leaf.fact)
        {
            return domain.advice(&leaf.fact, &leaf.test);
        }
        let named =
            condition.facts().into_iter().map(|fact| format!("`{fact}`")).collect::<Vec<_>>().join(", ");
        if holds {
            (
                format!(
                    "delene dækker alle værdier af {named}; ret en værdi, eller skriv `all`, hvor alle dele kræves"
                ),
                format!(
                    "its parts cover every value of {named}; correct a value, or write `all` where every part is needed"
                ),
            )
        } else {
            (
                format!(
                    "ingen værdier af {named} opfylder delene sammen; ret en værdi, eller skriv `any`, hvor én del er nok"
                ),
                format!(
                    "no values of {named} satisfy its parts together; correct a value, or write `any` where one part is enough"
                ),
            )
        }
    }
}

impl Domain {
    fn values(&self, tests: &[&Test], known: &BTreeMap<&str, Vec<FactValue>>) -> Option<Vec<FactValue>> {
        match self.fact_type {
            FactType::Bool => Some(vec![FactValue::Bool(true), FactValue::Bool(false)]),
            FactType::Enum => {
                let kinds = self.kinds(tests);
                Some(
                    kinds
                        .into_iter()
                        .filter_map(|kind| kind.into_iter().next())
                        .map(FactValue::Text)
                        .collect(),
                )
            }
            FactType::Set | FactType::Countries => self.sets(tests),
            of if of.is_number() => self.numbers(tests, known),
            // When an event was, and how far from another, is not tried.
            FactType::Instant
                if tests.iter().any(|test| matches!(test, Test::NotBefore(_) | Test::Since { .. })) =>
            {
                None
            }
            // Texts and instants can only be known.
            _ => Some(vec![FactValue::Text(String::new())]),
        }
    }

    /// The options in groups that no test tells apart.
    fn kinds(&self, tests: &[&Test]) -> Vec<Vec<String>> {
        let mut named: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (place, test) in tests.iter().enumerate() {
            if let Test::OneOf(options) | Test::IncludesAny(options) = test {
                for option in options {
                    named.entry(option).or_default().push(place);
                }
            }
        }
        let open: Vec<String> = (0..10).map(|number| format!("another {number}")).collect();
        let options: Vec<&str> = match &self.options {
            Some(options) => options.iter().map(String::as_str).collect(),
            None => named.keys().copied().chain(open.iter().map(String::as_str)).collect(),
        };
        let mut kinds: BTreeMap<Vec<usize>, Vec<String>> = BTreeMap::new();
        for option in options {
            let told_by = named.get(option).cloned().unwrap_or_default();
            kinds.entry(told_by).or_default().push(option.to_owned());
        }
        kinds.into_values().collect()
    }

    /// Every choice of kinds, each with as few options as can be and with as many as a test counts.
    fn sets(&self, tests: &[&Test]) -> Option<Vec<FactValue>> {
        let kinds = self.kinds(tests);
        if kinds.len() > MOST_KINDS {
            return None;
        }
        let counted = tests.iter().filter_map(|test| match test {
            Test::CountAtLeast(least) => Some(*least),
            _ => None,
        });
        let sizes: BTreeSet<usize> =
            counted.flat_map(|least| [least.saturating_sub(1), least]).chain([0]).collect();
        if sizes.len() > MOST_KINDS {
            return None;
        }
        let mut sets = BTreeSet::new();
        for choice in 0..(1_usize << kinds.len()) {
            let chosen: Vec<&Vec<String>> = kinds
                .iter()
                .enumerate()
                .filter(|(place, _)| choice >> place & 1 == 1)
                .map(|(_, kind)| kind)
                .collect();
            let fewest = chosen.iter().filter_map(|kind| kind.first());
            let more = chosen.iter().flat_map(|kind| kind.iter().skip(1));
            for size in &sizes {
                let count = (*size).max(chosen.len());
                let members: BTreeSet<&String> = fewest.clone().chain(more.clone()).take(count).collect();
                sets.insert(members.into_iter().cloned().collect::<Vec<_>>());
            }
        }
        Some(sets.into_iter().map(FactValue::Set).collect())
    }

    /// Below, at and above every threshold, as finely as a report states numbers.
    fn numbers(&self, tests: &[&Test], known: &BTreeMap<&str, Vec<FactValue>>) -> Option<Vec<FactValue>> {
        let whole = self.fact_type == FactType::Integer;
        let step = if whole { Decimal::ONE } else { Decimal::new(1, 6) };
        // Where the fact is only what others are a share of: nothing, little and much.
        let mut points = vec![self.least, Decimal::ONE_HUNDRED, Decimal::from(1_000_000_000)];
        points.extend(self.most);
        for test in tests {
            if let Test::Compare(_, threshold) = test {
                thresholds(threshold, known, &mut points);
            }
            if points.len() > MOST_NUMBERS {
                return None;
            }
        }
        let around = points.into_iter().flat_map(|point| {
            let (low, high) = if whole { (point.floor(), point.ceil()) } else { (point, point) };
            [low - step, low, high, high + step]
        });
        let within = |number: &Decimal| *number >= self.least && self.most.is_none_or(|most| *number <= most);
        let numbers: BTreeSet<Decimal> = around.filter(within).collect();
        Some(numbers.into_iter().map(FactValue::Number).collect())
    }

    fn advice(&self, fact: &str, test: &Test) -> (String, String) {
        let options = || {
            let options: Vec<&str> = self.options.iter().flatten().map(String::as_str).take(12).collect();
            let options = options.join(", ");
            (
                format!("`{fact}` kan være {options}; skriv nogle af dem, ikke alle"),
                format!("`{fact}` can be {options}; write some of these, not all"),
            )
        };
        let least = self.least;
        match (test, self.most) {
            (Test::Compare(..), Some(most)) => (
                format!("`{fact}` går fra {least} til {most}; skriv en grænse indenfor"),
                format!("`{fact}` goes from {least} to {most}; write a threshold within"),
            ),
            (Test::Compare(..), None) => (
                format!("`{fact}` er aldrig under {least}; skriv en grænse over"),
                format!("`{fact}` is never below {least}; write a threshold above"),
            ),
            (Test::CountAtLeast(_), _) => {
                let most = self.options.as_ref().map_or(1, BTreeSet::len);
                (
                    format!("`{fact}` har {most} svarmuligheder; skriv et tal fra 1 til {most}"),
                    format!("`{fact}` has {most} options; write a number from 1 to {most}"),
                )
            }
            (Test::OneOf(_) | Test::IncludesAny(_), _) => options(),
            (Test::IsBool(_) | Test::NotBefore(_) | Test::Since { .. } | Test::IsKnown, _) => (
                format!("intet afhænger af `{fact}`; udelad betingelsen"),
                format!("nothing turns on `{fact}`; leave the condition out"),
            ),
        }
    }
}

fn is_share(threshold: &Threshold) -> bool {
    match threshold {
        Threshold::Number(_) => false,
        Threshold::PercentOf { .. } => true,
        Threshold::SmallestOf(parts) => parts.iter().any(is_share),
    }
}

/// The numbers that a threshold can be, given the values that other facts are tried with.
fn thresholds(threshold: &Threshold, known: &BTreeMap<&str, Vec<FactValue>>, into: &mut Vec<Decimal>) {
    match threshold {
        Threshold::Number(number) => into.push(*number),
        Threshold::PercentOf { percent, fact } => {
            into.extend(known.get(fact.as_str()).into_iter().flatten().filter_map(|value| match value {
                FactValue::Number(whole) => Some(*whole * *percent / Decimal::ONE_HUNDRED),
                _ => None,
            }));
        }
        Threshold::SmallestOf(parts) => parts.iter().for_each(|part| thresholds(part, known, into)),
    }
}
