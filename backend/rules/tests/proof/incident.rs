//! Random incidents: any facts of the real catalogue, with anything filed and asked for before.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use varsel_rules::{Assessment, Fact, FactFormat, FactType, Facts, Filing, History, Request, assess_history};

use crate::pack;
use crate::slow::LAW;

/// All that an assessment depends on, but the law.
#[derive(Debug, Clone)]
pub(crate) struct Incident {
    /// The flat form, as it is sent.
    pub(crate) facts: Map<String, Value>,
    pub(crate) filings: Vec<Filing>,
    pub(crate) requests: Vec<Request>,
    pub(crate) now: DateTime<Utc>,
}

impl Incident {
    pub(crate) fn read(&self) -> Facts {
        Facts::parse(pack(), &Value::Object(self.facts.clone())).unwrap()
    }

    pub(crate) fn history(&self) -> History<'_> {
        History { filings: &self.filings, requests: &self.requests }
    }

    pub(crate) fn assessed(&self) -> Assessment {
        assess_history(pack(), &self.read(), self.history(), self.now)
    }

    /// Whether a fact has a value: "not known yet" is none.
    pub(crate) fn knows(&self, fact: &str) -> bool {
        self.facts.get(fact).is_some_and(|value| *value != "unknown")
    }
}

/// Any incident, from one of which hardly anything is known to one of which nearly everything is.
pub(crate) fn incidents() -> impl Strategy<Value = Incident> {
    let every: Vec<_> = pack().facts().iter().map(|fact| (0u8..100, 0u8..100, values(fact))).collect();
    let known = prop::sample::select(vec![3u8, 15, 40, 70, 97]);
    let facts = (every, known).prop_map(|(every, known)| {
        let mut facts = Map::new();
        for (fact, (chance, doubt, value)) in pack().facts().iter().zip(every) {
            if chance < known {
                facts.insert(fact.id.clone(), if doubt < 12 { json!("unknown") } else { value });
            }
        }
        facts
    });
    let filed = prop_oneof![3 => prop::collection::vec(filings(), 0..8), 1 => Just(Vec::new())];
    (facts, filed, prop::collection::vec(requests(), 0..4), moments())
        .prop_map(|(facts, filings, requests, now)| Incident { facts, filings, requests, now })
}

/// Any value that a fact can have; numbers are those of the law's thresholds, and their neighbours.
pub(crate) fn values(fact: &Fact) -> BoxedStrategy<Value> {
    let options: Vec<String> = fact.options.iter().map(|option| option.id.clone()).collect();
    let (least, most) = (fact.min.unwrap_or(0), fact.max.unwrap_or(u32::MAX));
    let bounded = move |numbers: &[u32]| {
        let within = numbers.iter().copied().filter(|number| (least..=most).contains(number));
        prop::sample::select(within.map(|number| json!(number)).collect::<Vec<_>>()).boxed()
    };
    match (fact.fact_type, fact.format) {
        (FactType::Bool, _) => any::<bool>().prop_map(Value::Bool).boxed(),
        (FactType::Enum, _) => prop::sample::select(options).prop_map(Value::String).boxed(),
        (FactType::Set, _) => {
            let most = options.len().min(3);
            prop::sample::subsequence(options, 0..=most).prop_map(|chosen| json!(chosen)).boxed()
        }
        (FactType::Countries, _) => {
            prop::sample::subsequence(vec!["DE", "NO", "SE"], 0..=3).prop_map(|chosen| json!(chosen)).boxed()
        }
        (FactType::Instant, _) => moments().prop_map(|at| json!(at.to_rfc3339())).boxed(),
        (FactType::Percent, _) => bounded(&[0, 1, 2, 5, 6, 10, 11, 25, 50, 100]),
        (FactType::Text, None) => Just(json!("Said in words.")).boxed(),
        (FactType::Text, Some(FactFormat::Cvr)) => Just(json!("13748136")).boxed(),
        (FactType::Text, Some(FactFormat::Lei)) => Just(json!("529900T8BM49AURSDO55")).boxed(),
        (FactType::Integer | FactType::Decimal | FactType::MoneyEur | FactType::Minutes, _) => bounded(&[
            0,
            1,
            2,
            3,
            4,
            5,
            10,
            11,
            20,
            21,
            30,
            31,
            49,
            50,
            60,
            61,
            100,
            101,
            249,
            250,
            999,
            1000,
            10_000,
            10_001,
            100_000,
            100_001,
            200_001,
            500_000,
            500_001,
            1_000_001,
            10_000_001,
            43_000_001,
            50_000_001,
            900_000_000,
        ]),
    }
}

/// Moments around the law's dates, a weekend, Easter, and the nights when clocks change.
pub(crate) fn moments() -> impl Strategy<Value = DateTime<Utc>> {
    let days =
        prop::sample::select(vec!["2026-09-10", "2026-10-24", "2026-11-27", "2027-03-24", "2028-02-28"]);
    (days, 0i64..400).prop_map(|(day, quarters)| {
        format!("{day}T00:10:00Z").parse::<DateTime<Utc>>().unwrap() + TimeDelta::minutes(15 * quarters)
    })
}

fn filings() -> impl Strategy<Value = Filing> {
    (stages(|_| true), moments()).prop_map(|((regime, stage), at)| Filing { regime, stage, at })
}

fn requests() -> impl Strategy<Value = Request> {
    let asked_for = stages(|stage| stage["on"] == "requested");
    (asked_for, moments(), prop::option::of(moments())).prop_map(|((regime, stage), at, due)| Request {
        regime,
        stage,
        at,
        due,
    })
}

fn stages(of: impl Fn(&Value) -> bool) -> impl Strategy<Value = (String, String)> {
    let mut names = Vec::new();
    for regime in &LAW.regimes {
        for stage in regime["stages"].as_array().unwrap().iter().filter(|stage| of(stage)) {
            names.push((regime["id"].as_str().unwrap().to_owned(), stage["id"].as_str().unwrap().to_owned()));
        }
    }
    prop::sample::select(names)
}
