//! What a filing needs, and what it discharges.

use serde_json::json;
use varsel_rules::{Facts, Filing, discharged, missing};

use crate::{at, filing, pack, railway, read};

const NOW: &str = "2026-11-24T12:00:00+01:00";

fn lacking(facts: &Facts, filings: &[Filing]) -> Vec<String> {
    missing(pack(), facts, filings, at(NOW)).into_iter().map(|question| question.fact).collect()
}

fn stages(facts: &Facts, filings: &[Filing]) -> Vec<String> {
    let filed = discharged(pack(), facts, filings, at(NOW));
    filed.into_iter().map(|filing| format!("{}/{}", filing.regime, filing.stage)).collect()
}

#[test]
fn an_empty_report_lacks_what_every_report_needs() {
    let lacking = lacking(&read(&json!({})), &[]);
    for fact in ["incident.kind", "description", "incident.aware_at", "service.sectors", "contact_primary"] {
        assert!(lacking.contains(&fact.to_owned()), "{fact} is not asked for in {lacking:?}");
    }
}

#[test]
fn not_known_yet_is_an_answer_except_for_when_one_became_aware() {
    let facts = json!({
        "incident.kind": "unknown", "description": "unknown", "incident.aware_at": "unknown",
        "service.sectors": ["other.company"], "contact_primary": "Vagt", "incident.cyber": false,
    });
    assert_eq!(lacking(&read(&facts), &[]), ["incident.aware_at"]);
}

#[test]
fn the_first_open_stage_says_what_is_required() {
    let facts = railway(json!({"description": "Skærmene er sorte.", "contact_primary": "Vagt"}));
    assert_eq!(lacking(&facts, &[]), ["incident.suspected_malicious", "incident.cross_border"]);
    assert!(stages(&facts, &[]).is_empty());
}

#[test]
fn one_filing_discharges_every_stage_that_it_is_complete_for() {
    let warning = railway(json!({
        "description": "Skærmene er sorte.", "contact_primary": "Vagt",
        "incident.suspected_malicious": "unknown", "incident.cross_border": "unknown",
    }));
    assert_eq!(lacking(&warning, &[]), Vec::<String>::new());
    assert_eq!(stages(&warning, &[]), ["nis2_dk/early_warning"]);

    let both = railway(json!({
        "incident.suspected_malicious": true, "incident.cross_border": false, "severity_impact_initial": "Alt står.",
    }));
    assert_eq!(stages(&both, &[]), ["nis2_dk/early_warning", "nis2_dk/incident_notification"]);
    let warned = [filing("nis2_dk", "early_warning", NOW)];
    assert_eq!(stages(&both, &warned), ["nis2_dk/incident_notification"]);
}

#[test]
fn telling_the_people_affected_is_not_done_by_a_report() {
    let facts = |informed: &str| {
        railway(json!({
            "personal_data.involved": true, "personal_data.risk": "high", "personal_data.unintelligible": false,
            "personal_data.high_risk_removed": false, "subjects_informed": informed,
        }))
    };
    let told = |informed| stages(&facts(informed), &[]).contains(&"gdpr_34/communication".to_owned());
    assert!(!told("unknown"));
    assert!(told("Brev til alle kunder den 24. november."));
}

#[test]
fn what_is_filed_elsewhere_is_shown_and_never_discharged_here() {
    let facts = railway(json!({
        "org.manufacturer": true, "product.severe_incident": true, "incident.suspected_malicious": true,
        "severity_impact_initial": "Ondsindet opdatering.",
    }));
    let assessment = crate::assessed(&facts, &[], NOW);
    assert!(crate::duty(&assessment, "cra_incident/early_warning").is_some());
    assert_eq!(crate::part(&assessment, "enisa"), None);
    assert!(stages(&facts, &[]).iter().all(|stage| !stage.starts_with("cra_")));
}

#[test]
fn what_nobody_is_told_of_is_not_discharged() {
    let facts = railway(json!({
        "personal_data.involved": "unknown", "dpo_contact": "dpo@example.dk", "consequences": "unknown",
        "mitigation_applied": "unknown",
    }));
    assert!(stages(&facts, &[]).iter().all(|stage| !stage.starts_with("gdpr_")));
}
