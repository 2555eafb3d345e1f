//! Reasons: each regime says why, in both languages, with a citation.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{assessed, pack, railway, read, regime};

const NOW: &str = "2026-11-24T12:00:00+01:00";

fn danish(facts: &varsel_rules::Facts, id: &str) -> Vec<String> {
    regime(&assessed(facts, &[], NOW), id).because.iter().map(|reason| reason.text.da.clone()).collect()
}

#[test]
fn a_yes_says_what_made_it_so() {
    let said = danish(&railway(json!({})), "nis2_dk");
    assert_eq!(said[0], "I er omfattet af NIS 2-loven.");
    assert!(said.contains(&"Hændelsen udløser en pligt efter NIS 2-loven.".to_owned()), "{said:#?}");
    assert!(
        said.contains(&"Hændelsen har medført eller kan medføre alvorlig driftsforstyrrelse.".to_owned())
    );
}

#[test]
fn a_class_that_was_computed_says_from_what() {
    let facts =
        json!({"service.sectors": ["health.providers"], "org.employees": 50, "incident.kind": "ddos"});
    let said = danish(&read(&facts), "nis2_dk");
    assert!(said.contains(&"I har mindst 50 ansatte.".to_owned()), "{said:#?}");
}

#[test]
fn a_no_says_what_is_missing() {
    let said = danish(&railway(json!({"org.nis2_class": "none"})), "nis2_dk");
    assert_eq!(said[0], "I er ikke omfattet af NIS 2-loven her.");
    assert!(said.contains(&"I er hverken en væsentlig eller en vigtig enhed.".to_owned()), "{said:#?}");
}

#[test]
fn cannot_tell_says_what_to_answer() {
    let assessment = assessed(&railway(json!({"personal_data.involved": "unknown"})), &[], NOW);
    let gdpr = regime(&assessment, "gdpr_33");
    let question = &pack().fact("personal_data.involved").unwrap().label;
    let last = gdpr.because.last().unwrap();
    assert!(last.text.da.contains(&question.da) && last.text.en.contains(&question.en), "{last:?}");
    assert_eq!(last.facts, ["personal_data.involved"]);
    assert_eq!(gdpr.need_to_know, ["personal_data.involved"]);
}

#[test]
fn every_regime_has_reasons_with_citations_whatever_is_known() {
    let every_sector: Vec<Value> =
        pack().fact("service.sectors").unwrap().options.iter().map(|option| json!([option.id])).collect();
    for sectors in every_sector.iter().chain([&json!("unknown")]) {
        let assessment = assessed(&railway(json!({"service.sectors": sectors})), &[], NOW);
        for regime in &assessment.regimes {
            assert!(!regime.because.is_empty(), "{}", regime.id);
            let mut texts = BTreeSet::new();
            for reason in &regime.because {
                assert!(!reason.cite.is_empty(), "{}: {reason:?}", regime.id);
                assert!(texts.insert(&reason.text.en), "{}: said twice: {}", regime.id, reason.text.en);
                assert!(!reason.text.en.contains('{') && !reason.text.da.contains('{'), "{reason:?}");
            }
        }
    }
}
