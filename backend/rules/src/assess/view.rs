//! What is known: the facts given, and those that follow from them.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::condition::{Lookup, Mark};
use crate::explain;
use crate::pack::law::{Computed, Subsector};
use crate::{Answer, FactType, FactValue, Facts, Pack, Reason};

/// Regimes that certainly oblige, of those assessed so far. Those that may are open in it, not out of it.
pub(crate) const DUTIES: &str = "assessment.duties";
/// Regimes that may oblige: it cannot be told yet.
pub(crate) const POSSIBLE_DUTIES: &str = "assessment.possible_duties";
/// The severity proposed.
pub(crate) const SEVERITY: &str = "assessment.severity";

/// Facts that the engine itself adds, in the order in which they become known: conditions may use them as any other.
pub(crate) const OWN_FACTS: &[(&str, FactType)] =
    &[(DUTIES, FactType::Set), (POSSIBLE_DUTIES, FactType::Set), (SEVERITY, FactType::Integer)];

/// The facts of one incident as conditions see them.
pub(crate) struct View<'a> {
    pub(crate) pack: &'a Pack,
    pub(crate) facts: &'a Facts,
    derived: BTreeMap<&'a str, Derived>,
    own: BTreeMap<&'static str, FactValue>,
    /// Regimes that may oblige, in the order in which they were assessed, and what would settle each.
    open_duties: Vec<String>,
    settled_by: BTreeMap<String, Vec<String>>,
}

/// A fact that follows from others.
#[derive(Debug, Default)]
struct Derived {
    value: Option<FactValue>,
    /// The facts that it rests on; those to ask for where it is not known.
    rests_on: Vec<String>,
    /// Where it is not known: facts that would settle it as well as its own question.
    or_by: Vec<String>,
    because: Vec<Reason>,
}

impl Lookup for View<'_> {
    fn known(&self, fact: &str) -> Option<&FactValue> {
        if let Some(derived) = self.derived.get(fact) {
            return derived.value.as_ref();
        }
        self.own.get(fact).or_else(|| self.facts.get(fact).filter(|value| **value != FactValue::Unknown))
    }

    fn open_in(&self, set: &str) -> &[String] {
        if set == DUTIES { &self.open_duties } else { &[] }
    }
}

impl<'a> View<'a> {
    pub(crate) fn new(pack: &'a Pack, facts: &'a Facts) -> Self {
        let own = BTreeMap::from([
            (DUTIES, FactValue::Set(Vec::new())),
            (POSSIBLE_DUTIES, FactValue::Set(Vec::new())),
        ]);
        let (open_duties, settled_by) = (Vec::new(), BTreeMap::new());
        let mut view = Self { pack, facts, derived: BTreeMap::new(), own, open_duties, settled_by };
        for computed in &pack.computed {
            let mut derived = view.derive(computed);
            if derived.value.is_none() && computed.presumed.is_some() {
                derived = Derived { value: computed.presumed.clone(), ..Derived::default() };
            }
            view.derived.insert(&computed.id, derived);
        }
        view
    }

    fn derive(&self, computed: &Computed) -> Derived {
        let known = computed.from.iter().find_map(|fact| self.known(fact).map(|value| (fact, value)));
        if let Some((fact, value)) = known {
            return Derived { value: Some(value.clone()), rests_on: self.behind(fact), ..Derived::default() };
        }
        if let Some((of, to)) = &computed.map
            && let Some(FactValue::Text(option)) = self.known(of)
            && let Some(value) = to.get(option)
        {
            return Derived { value: Some(value.clone()), rests_on: self.behind(of), ..Derived::default() };
        }
        if let Some((attribute, of)) = &computed.attribute
            && let Some(FactValue::Set(chosen)) = self.known(of)
        {
            let subsectors = chosen.iter().filter_map(|id| self.pack.sectors.0.get(id));
            let values: BTreeSet<&String> = subsectors.flat_map(|sector| sector.values(attribute)).collect();
            let value = FactValue::Set(values.into_iter().cloned().collect());
            return Derived { value: Some(value), rests_on: vec![of.clone()], ..Derived::default() };
        }
        self.derive_by_case(computed)
    }

    fn derive_by_case(&self, computed: &Computed) -> Derived {
        let mut ruled_out = Vec::new();
        for (when, value) in &computed.cases {
            let finding = when.evaluate(self);
            match finding.answer {
                Answer::No => ruled_out.extend(finding.marks),
                // The law leaves it open: only an answer settles it.
                Answer::Yes if *value == FactValue::Unknown => {
                    return Derived { rests_on: self.ask(computed, Vec::new()), ..Derived::default() };
                }
                Answer::Yes => {
                    let rests_on = self.facts_of(&finding.marks);
                    let because = explain::marks(&finding.marks, self);
                    return Derived { value: Some(value.clone()), rests_on, because, ..Derived::default() };
                }
                Answer::CannotTell => {
                    let or_by = self.unknown_in(&finding.marks);
                    let rests_on = self.ask(computed, or_by.clone());
                    return Derived { value: None, rests_on, or_by, because: Vec::new() };
                }
            }
        }
        let value = computed.default.clone();
        let rests_on = match value {
            Some(_) => self.facts_of(&ruled_out),
            None => self.ask(computed, Vec::new()),
        };
        Derived { value, rests_on, ..Derived::default() }
    }

    /// What to ask for first, where nothing gives a value: what was never answered, before what is not known yet.
    fn ask(&self, computed: &Computed, of_cases: Vec<String>) -> Vec<String> {
        let mapped = computed.map.iter().map(|(of, _)| of);
        let attribute = computed.attribute.iter().map(|(_, of)| of);
        let direct: Vec<String> =
            computed.from.iter().chain(mapped).chain(attribute).flat_map(|fact| self.behind(fact)).collect();
        let unanswered = direct.iter().find(|fact| self.facts.get(fact).is_none());
        match (unanswered, of_cases.is_empty()) {
            (Some(fact), _) => vec![fact.clone()],
            (None, false) => of_cases,
            (None, true) => direct.into_iter().take(1).collect(),
        }
    }

    /// The catalogue's facts that a fact rests on: itself, unless it follows from others.
    pub(crate) fn behind(&self, fact: &str) -> Vec<String> {
        match self.derived.get(fact) {
            Some(derived) => derived.rests_on.clone(),
            None if self.own.contains_key(fact) => Vec::new(),
            None => vec![fact.to_owned()],
        }
    }

    /// Whether a fact has its value only because nobody said otherwise.
    pub(crate) fn presumed(&self, fact: &str) -> bool {
        self.derived.get(fact).is_some_and(|derived| derived.value.is_some() && derived.rests_on.is_empty())
    }

    /// Why a fact that follows from others has the value that it has.
    pub(crate) fn because(&self, fact: &str) -> &[Reason] {
        self.derived.get(fact).map(|derived| derived.because.as_slice()).unwrap_or_default()
    }

    /// Facts of a trace, each once.
    pub(crate) fn facts_of(&self, marks: &[Mark<'_>]) -> Vec<String> {
        each_once(marks.iter().filter_map(|mark| mark.fact).flat_map(|fact| self.behind(fact)))
    }

    /// Facts to ask for, each once, and none that the others settle.
    pub(crate) fn unknown_in(&self, marks: &[Mark<'_>]) -> Vec<String> {
        let mut facts =
            each_once(marks.iter().flat_map(|mark| &mark.unknown).flat_map(|open| self.settles(open)));
        for fact in facts.clone() {
            let follows = |derived: &Derived| {
                let by = &derived.or_by;
                derived.rests_on == [fact.as_str()]
                    && !by.is_empty()
                    && by.iter().all(|other| *other != fact && facts.contains(other))
            };
            if self.derived.values().any(follows) {
                facts.retain(|other| *other != fact);
            }
        }
        facts
    }

    /// What would settle what a trace found open: a fact, whether a regime obliges, or which regimes do.
    fn settles(&self, open: &str) -> Vec<String> {
        match self.settled_by.get(open) {
            Some(facts) => facts.clone(),
            None if open == DUTIES => self.settled_by.values().flatten().cloned().collect(),
            None => self.behind(open),
        }
    }

    /// Notes that a regime obliges, or may, and then what would settle it.
    pub(crate) fn note_duty(&mut self, regime: &str, duty: Answer, settled_by: Vec<String>) {
        let own = match duty {
            Answer::Yes => DUTIES,
            Answer::CannotTell => {
                self.open_duties.push(regime.to_owned());
                self.settled_by.insert(regime.to_owned(), settled_by);
                POSSIBLE_DUTIES
            }
            Answer::No => return,
        };
        if let Some(FactValue::Set(regimes)) = self.own.get_mut(own) {
            regimes.push(regime.to_owned());
        }
    }

    /// Notes the severity proposed.
    pub(crate) fn note_severity(&mut self, level: u8) {
        self.own.insert(SEVERITY, FactValue::Number(Decimal::from(level)));
    }

    /// The affected services' subsectors; none where they are not known.
    pub(crate) fn sectors(&self) -> Vec<(&'a str, &'a Subsector)> {
        let Some(FactValue::Set(chosen)) = self.known(&self.pack.sector_fact) else { return Vec::new() };
        let known = chosen.iter().filter_map(|id| self.pack.sectors.0.get_key_value(id));
        known.map(|(id, sector)| (id.as_str(), sector)).collect()
    }
}

fn each_once(facts: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    facts.filter(|fact| seen.insert(fact.clone())).collect()
}
