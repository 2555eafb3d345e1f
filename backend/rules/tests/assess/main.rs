//! What the engine makes of the Danish pack: duties and their standing, routes and lead, questions, need to know.

#![expect(clippy::unwrap_used, reason = "a test says what went wrong by panicking")]

mod duties;
mod filing;
mod need_to_know;
mod questions;
mod reasons;
mod routing;
mod severity;

use std::sync::OnceLock;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use varsel_rules::{Answer, Assessment, Facts, Filing, Obligation, Pack, Part, RegimeAssessment, assess};

pub(crate) fn pack() -> &'static Pack {
    static PACK: OnceLock<Pack> = OnceLock::new();
    PACK.get_or_init(|| Pack::embedded("dk").unwrap())
}

pub(crate) fn at(instant: &str) -> DateTime<Utc> {
    instant.parse().unwrap()
}

/// Facts of a serious incident at an essential railway company, with others on top.
pub(crate) fn railway(others: Value) -> Facts {
    let mut facts = json!({
        "incident.kind": "ransomware", "incident.cyber": true, "incident.aware_at": "2026-11-24T10:10:00+01:00",
        "service.sectors": ["transport.rail"], "org.nis2_class": "essential",
        "org.financial_entity": "none", "org.data_role": "controller", "personal_data.involved": false,
        "impact.serious_disruption": true, "incident.crime_suspected": false,
    });
    let Value::Object(others) = others else { panic!("facts are an object") };
    facts.as_object_mut().unwrap().extend(others);
    read(&facts)
}

pub(crate) fn read(facts: &Value) -> Facts {
    Facts::parse(pack(), facts).unwrap()
}

pub(crate) fn assessed(facts: &Facts, filings: &[Filing], now: &str) -> Assessment {
    assess(pack(), facts, filings, at(now))
}

pub(crate) fn filing(regime: &str, stage: &str, received: &str) -> Filing {
    Filing { regime: regime.to_owned(), stage: stage.to_owned(), at: at(received) }
}

pub(crate) fn regime<'a>(assessment: &'a Assessment, id: &str) -> &'a RegimeAssessment {
    assessment.regimes.iter().find(|regime| regime.id == id).unwrap()
}

pub(crate) fn answers(assessment: &Assessment, id: &str) -> (Answer, Answer) {
    let regime = regime(assessment, id);
    (regime.applies, regime.triggered)
}

pub(crate) fn duty<'a>(assessment: &'a Assessment, name: &str) -> Option<&'a Obligation> {
    assessment.obligations.iter().find(|duty| format!("{}/{}", duty.regime, duty.stage) == name)
}

pub(crate) fn part(assessment: &Assessment, unit: &str) -> Option<Part> {
    assessment.routes.iter().find(|route| route.unit == unit).map(|route| route.part)
}

pub(crate) fn leads(assessment: &Assessment) -> Vec<&str> {
    let routes = assessment.routes.iter().filter(|route| route.part == Part::Lead);
    routes.map(|route| route.unit.as_str()).collect()
}
