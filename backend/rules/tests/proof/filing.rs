//! What a filing lacks, and which reports it meets, worked out from the pack's files.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::Value;
use varsel_rules::{discharged, missing};

use crate::incident::{Incident, incidents};
use crate::pack;
use crate::questions::is_asked_first;
use crate::slow::{Known, LAW, OpenStage, by_id, open_stages, strings};

/// Open reports that reach somebody; what was asked for is not looked at here.
fn opened(incident: &Incident) -> Vec<OpenStage> {
    let open = open_stages(&mut Known::of(&incident.facts), &incident.filings, &[]);
    open.into_iter().filter(|open| open.told).collect()
}

fn place(open: &OpenStage) -> String {
    format!("{}/{}", open.regime, open.stage["id"].as_str().unwrap())
}

/// An answer, or "not known yet" where that is one.
fn is_answered(incident: &Incident, fact: &str, must_know: bool) -> bool {
    incident.knows(fact) || !must_know && incident.facts.contains_key(fact)
}

fn complete(incident: &Incident, stage: &Value) -> bool {
    strings(&stage["facts"]["X"]).all(|fact| {
        let must_know = strings(&stage["must_know"]).any(|known| known == fact);
        is_answered(incident, fact, must_know)
    })
}

proptest! {
    #![proptest_config(crate::any_cases())]

    #[test]
    fn a_filing_meets_the_reports_whose_required_facts_are_answered(incident in incidents()) {
        let met: Vec<String> = discharged(pack(), &incident.read(), &incident.filings, incident.now)
            .into_iter()
            .inspect(|filing| assert_eq!(filing.at, incident.now))
            .map(|filing| format!("{}/{}", filing.regime, filing.stage))
            .collect();
        let complete = opened(&incident).into_iter().filter(|open| complete(&incident, open.stage));
        prop_assert_eq!(met, complete.map(|open| place(&open)).collect::<Vec<_>>());
    }

    #[test]
    fn a_filing_lacks_what_every_report_needs_and_what_the_next_one_of_each_law_does(incident in incidents()) {
        let mut lacking: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for required in LAW.pack["required"].as_array().unwrap() {
            let fact = required["fact"].as_str().unwrap();
            if !is_answered(&incident, fact, required["must_know"] == true) {
                lacking.entry(fact).or_default();
            }
        }
        let opened = opened(&incident);
        let mut begun = BTreeSet::new();
        for open in opened.iter().filter(|open| begun.insert(open.regime)) {
            for fact in strings(&open.stage["facts"]["X"]).filter(|fact| !incident.facts.contains_key(*fact)) {
                if open.covered || is_asked_first(by_id(&LAW.catalogue["facts"], fact).unwrap()) {
                    lacking.entry(fact).or_default().push(place(open));
                }
            }
        }
        let missing = missing(pack(), &incident.read(), &incident.filings, incident.now);
        let missing: BTreeMap<&str, Vec<String>> =
            missing.iter().map(|question| (question.fact.as_str(), question.needed_for.clone())).collect();
        prop_assert_eq!(missing, lacking);
    }
}
