//! Questions, each once; and no unit sees what no rule gives it.

use std::collections::BTreeSet;

use serde_json::json;
use varsel_rules::{Facts, Need, Pack, PackFiles, Sensitivity, assess, visible_facts};

use crate::{assessed, at, pack, railway, read};

const NOW: &str = "2026-11-24T12:00:00+01:00";

fn sees(others: serde_json::Value, unit: &str) -> BTreeSet<String> {
    visible_facts(pack(), &assessed(&railway(others), &[], NOW), unit)
}

#[test]
fn each_fact_is_asked_once_deciding_facts_first_and_nothing_known_again() {
    let facts = railway(json!({"incident.cross_border": "unknown", "personal_data.involved": "unknown"}));
    let questions = assessed(&facts, &[], NOW).questions;
    let ids: Vec<&str> = questions.iter().map(|question| question.fact.as_str()).collect();
    let each: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), each.len());
    assert!(questions.is_sorted_by_key(|question| question.need));
    assert_eq!(questions[0].need, Need::Decides);
    assert!(!each.contains("service.sectors"), "known");
    assert!(each.contains("incident.cross_border"), "not known yet, so it is asked again");
    assert!(ids.iter().all(|id| pack().fact(id).is_some()));
}

#[test]
fn the_questions_lead_to_a_decision() {
    let questions = assessed(&read(&json!({})), &[], NOW).questions;
    let asked: Vec<&str> = questions.iter().map(|question| question.fact.as_str()).collect();
    for fact in ["service.sectors", "incident.kind", "org.data_role"] {
        assert!(asked.contains(&fact), "{fact} is not among {asked:?}");
    }
    assert!(!asked.contains(&"impact.user_hours_voice"), "asked before it is known to be telecom");
}

#[test]
fn the_data_protection_authority_sees_its_part_and_no_indicators() {
    let breach = json!({"personal_data.involved": true, "personal_data.risk": "risk"});
    let seen = sees(breach.clone(), "datatilsynet");
    for fact in ["subject_categories_n", "consequences", "contact_primary", "dpo_contact", "org.cvr"] {
        assert!(seen.contains(fact), "{fact}");
    }
    for fact in ["ioc", "malicious_actor", "impact.financial_loss_eur", "impact.serious_disruption"] {
        assert!(!seen.contains(fact), "{fact}");
    }
    assert!(!sees(breach, "csirt").contains("subject_categories_n"));
}

#[test]
fn the_cyber_centre_and_the_sector_unit_see_indicators() {
    for unit in ["csirt", "dcis_transport"] {
        assert!(sees(json!({}), unit).contains("ioc"), "{unit}");
    }
}

#[test]
fn who_has_no_case_sees_nothing() {
    for unit in ["fin_dcis", "datatilsynet", "nsk_nc3", "sds", "no_such_unit"] {
        assert!(sees(json!({}), unit).is_empty(), "{unit}");
    }
}

#[test]
fn facts_about_persons_come_only_from_a_block_of_the_pack() {
    // The matrix of GDPR art. 33 names the data protection officer; that alone shows it to nobody else.
    let breach = json!({"personal_data.involved": true, "personal_data.risk": "risk"});
    for unit in ["trafik", "csirt", "dcis_transport"] {
        assert!(!sees(breach.clone(), unit).contains("dpo_contact"), "{unit}");
    }
    assert_eq!(pack().fact("dpo_contact").unwrap().sensitivity, Sensitivity::Personal);
}

#[test]
fn a_block_for_recipients_is_seen_where_there_is_a_duty_towards_the_unit() {
    let mut files = PackFiles::embedded("dk");
    let blocks = files.get("projection.yaml").unwrap().to_owned();
    let own = "\n  - {id: for_recipients, to: recipients, facts: [malicious_actor]}\n";
    files.insert("projection.yaml", blocks.trim_end().to_owned() + own);
    let pack = Pack::from_files(&files).unwrap();
    let facts = Facts::parse(&pack, &railway(json!({})).to_json()).unwrap();
    let assessment = assess(&pack, &facts, &[], at(NOW));
    let sees = |unit| visible_facts(&pack, &assessment, unit).contains("malicious_actor");
    assert!(sees("trafik"), "the authority receives the early warning");
    assert!(!sees("dcis_transport"), "the sector unit has a case, and nothing is owed to it");
    assert!(!sees("ftnet"), "it has no case");
}
