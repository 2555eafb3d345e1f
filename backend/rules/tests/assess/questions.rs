//! What is asked next: few things first, and nothing of a law that is not theirs.

use serde_json::{Value, json};
use varsel_rules::{AskedFrom, Facts, Need, discharged, missing};

use crate::{assessed, at, pack, read};

const NOW: &str = "2026-11-24T12:00:00+01:00";

fn asked(facts: &Facts) -> Vec<(String, Need)> {
    assessed(facts, &[], NOW).questions.into_iter().map(|question| (question.fact, question.need)).collect()
}

#[test]
fn everybody_is_asked_the_first_facts_and_little_else() {
    let questions = asked(&read(&json!({})));
    let first: Vec<&str> = pack()
        .facts()
        .iter()
        .filter(|fact| fact.asked_from == AskedFrom::First)
        .map(|fact| fact.id.as_str())
        .collect();
    assert!(first.iter().all(|id| questions.iter().any(|(fact, _)| fact == id)));
    let others = questions.iter().filter(|(fact, _)| !first.contains(&fact.as_str()));
    assert!(others.clone().all(|(_, need)| *need == Need::Decides), "{others:?}");
}

#[test]
fn nobody_is_asked_a_banks_questions_before_it_is_known_to_be_a_bank() {
    let facts = |sectors| read(&json!({"incident.kind": "ransomware", "service.sectors": sectors}));
    let asks_for_lei = |facts: &Facts| asked(facts).iter().any(|(fact, _)| fact == "entity_lei");
    assert!(!asks_for_lei(&facts(json!("unknown"))));
    assert!(asks_for_lei(&facts(json!(["banking.credit_institutions"]))));
}

#[test]
fn who_does_not_know_the_sector_is_stopped_only_by_what_everybody_is_asked() {
    let mut facts = json!({
        "incident.kind": "unknown", "service.sectors": "unknown", "incident.aware_at": "2026-11-24T10:10:00+01:00",
        "description": "The screens are black.", "contact_primary": "The night watch, +45 00 00 00 00",
    });
    let lacking = |facts: &Value| -> Vec<String> {
        missing(pack(), &read(facts), &[], at(NOW)).into_iter().map(|question| question.fact).collect()
    };
    // The early warning, which may be owed, says these two; with them, the filing meets it.
    assert_eq!(lacking(&facts), ["incident.suspected_malicious", "incident.cross_border"]);
    facts["incident.suspected_malicious"] = json!(true);
    facts["incident.cross_border"] = json!("unknown");
    assert_eq!(lacking(&facts), [""; 0]);
    let met = discharged(pack(), &read(&facts), &[], at(NOW));
    assert!(met.iter().any(|filing| filing.stage == "early_warning"), "{met:?}");
}
