//! What is asked is what is needed: the union over the open reports, each fact once, and nothing required is missing.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::Value;
use varsel_rules::{Assessment, Need};

use crate::incident::{Incident, incidents};
use crate::slow::{Known, LAW, OpenStage, by_id, open_stages, strings};

type Asked = BTreeMap<String, (Need, BTreeSet<String>)>;

/// What must be asked, worked out from the pack's files alone; only which facts decide comes from the assessment.
fn needed(incident: &Incident, deciding: &Assessment) -> Asked {
    let mut asked = Asked::new();
    let mut add = |fact: &str, need: Need, by: Option<String>| {
        if incident.knows(fact) {
            return;
        }
        let (strongest, places) = asked.entry(fact.to_owned()).or_insert((need, BTreeSet::new()));
        *strongest = need.min(*strongest);
        places.extend(by);
    };
    for regime in &deciding.regimes {
        regime.need_to_know.iter().for_each(|fact| add(fact, Need::Decides, Some(regime.id.clone())));
    }
    for required in LAW.pack["required"].as_array().unwrap() {
        add(required["fact"].as_str().unwrap(), Need::Required, None);
    }
    for fact in LAW.catalogue["facts"].as_array().unwrap().iter().filter(|fact| is_asked_first(fact)) {
        add(fact["id"].as_str().unwrap(), Need::IfAvailable, None);
    }
    for open in opened(incident) {
        for (column, need) in [("X", Need::Required), ("I", Need::IfAvailable), ("O", Need::Optional)] {
            for fact in cells(&open, column) {
                add(fact, need, Some(format!("{}/{}", open.regime, open.stage["id"].as_str().unwrap())));
            }
        }
    }
    asked
}

fn opened(incident: &Incident) -> Vec<OpenStage> {
    open_stages(&mut Known::of(&incident.facts), &incident.filings, &incident.requests)
}

/// A column of the report's row. A law that may not cover the organisation asks only what everybody is asked.
fn cells<'a>(open: &'a OpenStage, column: &str) -> impl Iterator<Item = &'a str> {
    strings(&open.stage["facts"][column])
        .filter(|fact| open.covered || is_asked_first(by_id(&LAW.catalogue["facts"], fact).unwrap()))
}

pub(crate) fn is_asked_first(fact: &Value) -> bool {
    fact["from"].is_null() || fact["from"] == "first"
}

proptest! {
    #![proptest_config(crate::any_cases())]

    #[test]
    fn the_questions_are_the_union_of_what_is_needed_each_once(incident in incidents()) {
        let assessment = incident.assessed();
        let mut asked = Asked::new();
        for question in &assessment.questions {
            let places: BTreeSet<String> = question.needed_for.iter().cloned().collect();
            prop_assert_eq!(places.len(), question.needed_for.len(), "{} is needed twice by one", question.fact);
            let before = asked.insert(question.fact.clone(), (question.need, places));
            prop_assert!(before.is_none(), "{} is asked twice", question.fact);
        }
        prop_assert_eq!(asked, needed(&incident, &assessment));
    }

    #[test]
    fn nothing_that_an_open_report_requires_is_missing(incident in incidents()) {
        let assessment = incident.assessed();
        let asked: BTreeSet<&str> = assessment.questions.iter().map(|question| question.fact.as_str()).collect();
        for open in opened(&incident) {
            let decides = |regime: &varsel_rules::RegimeAssessment| {
                regime.id == open.regime && regime.need_to_know.iter().any(|fact| asked.contains(fact.as_str()))
            };
            for fact in strings(&open.stage["facts"]["X"]) {
                let there = incident.knows(fact) || asked.contains(fact);
                // Where it is not known whether the law is on the organisation, that is asked first.
                let later = !open.covered && assessment.regimes.iter().any(decides);
                prop_assert!(there || later, "{}/{} requires {fact}", open.regime, open.stage["id"]);
            }
        }
    }

    #[test]
    fn questions_come_strongest_need_first_and_within_it_in_the_order_of_the_catalogue(incident in incidents()) {
        let place = |fact: &str| {
            LAW.catalogue["facts"].as_array().unwrap().iter().position(|listed| listed["id"] == fact).unwrap()
        };
        let questions = incident.assessed().questions;
        let order: Vec<_> = questions.iter().map(|question| (question.need, place(&question.fact))).collect();
        prop_assert!(order.is_sorted(), "{order:?}");
    }
}
