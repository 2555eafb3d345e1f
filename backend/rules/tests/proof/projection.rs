//! Need to know: what a unit sees is its regimes' matrices and the blocks of projection.yaml, and nothing else.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::Value;
use varsel_rules::{Assessment, visible_facts};

use crate::incident::incidents;
use crate::pack;
use crate::slow::{LAW, by_id, strings};

/// What the files let a unit see of an incident so assessed.
fn granted(assessment: &Assessment, unit: &str) -> BTreeSet<&'static str> {
    let mut granted = BTreeSet::new();
    if assessment.routes.iter().all(|route| route.unit != unit) {
        return granted;
    }
    let mut receives = false;
    for obligation in &assessment.obligations {
        if !obligation.recipients.iter().any(|recipient| recipient == unit) {
            continue;
        }
        receives = true;
        let regime = LAW.regimes.iter().find(|regime| regime["id"] == obligation.regime.as_str()).unwrap();
        for stage in regime["stages"].as_array().unwrap() {
            let row = ["X", "C", "O", "I"].into_iter().flat_map(|column| strings(&stage["facts"][column]));
            granted.extend(row.filter(|fact| !is_personal(fact)));
        }
    }
    let kind = by_id(&LAW.units["units"], unit).map_or(&Value::Null, |unit| &unit["kind"]);
    for block in LAW.projection["blocks"].as_array().unwrap() {
        let to = &block["to"];
        let named = || to["kinds"].as_array().is_some_and(|kinds| kinds.contains(kind));
        if to == "everyone" || to == "recipients" && receives || named() {
            granted.extend(strings(&block["facts"]));
        }
    }
    granted
}

fn is_personal(fact: &str) -> bool {
    by_id(&LAW.catalogue["facts"], fact).unwrap()["sensitivity"] == "personal"
}

fn units() -> impl Iterator<Item = &'static str> {
    let units = LAW.units["units"].as_array().unwrap().iter().map(|unit| unit["id"].as_str().unwrap());
    units.chain(["data_subjects", "no_such_unit"])
}

proptest! {
    #![proptest_config(crate::any_cases())]

    #[test]
    fn a_unit_sees_its_matrices_and_its_blocks_and_nothing_else(incident in incidents()) {
        let assessment = incident.assessed();
        for unit in units() {
            let seen = visible_facts(pack(), &assessment, unit);
            let seen: BTreeSet<&str> = seen.iter().map(String::as_str).collect();
            prop_assert_eq!(seen, granted(&assessment, unit), "{}", unit);
        }
    }

    #[test]
    fn a_fact_about_persons_is_seen_only_where_a_block_names_it(incident in incidents()) {
        let assessment = incident.assessed();
        for unit in units() {
            let blocks = LAW.projection["blocks"].as_array().unwrap().iter();
            let kind = by_id(&LAW.units["units"], unit).map_or("", |unit| unit["kind"].as_str().unwrap());
            let may_see = |to: &Value| {
                to == "everyone" || to == "recipients" || strings(&to["kinds"]).any(|of| of == kind)
            };
            let for_it: BTreeSet<&str> =
                blocks.filter(|block| may_see(&block["to"])).flat_map(|block| strings(&block["facts"])).collect();
            for fact in visible_facts(pack(), &assessment, unit).iter().filter(|fact| is_personal(fact)) {
                prop_assert!(for_it.contains(fact.as_str()), "{} sees {}", unit, fact);
            }
        }
    }
}
