//! Proposed severity: rather too high than too low.

use serde_json::{Value, json};

use crate::{assessed, pack, railway};

fn level(others: Value) -> u8 {
    let severity = assessed(&railway(others), &[], "2026-11-24T12:00:00+01:00").severity;
    assert!(!severity.because.is_empty());
    assert!(pack().severity_name(severity.level).is_some());
    severity.level
}

#[test]
fn the_highest_rule_that_holds_decides() {
    assert_eq!(level(json!({"impact.death": true})), 5);
    assert_eq!(level(json!({"incident.member_states": ["SE", "DE"]})), 4);
    assert_eq!(level(json!({"service.sectors": ["transport.rail", "health.providers"]})), 4);
    assert_eq!(level(json!({})), 3, "an essential entity with a significant incident");
    assert_eq!(level(json!({"org.nis2_class": "important"})), 2);
    assert_eq!(level(json!({"org.nis2_class": "important", "impact.users_affected": 10_001})), 3);
    assert_eq!(level(json!({"org.nis2_class": "important", "impact.users_affected": 10_000})), 2);
    assert_eq!(level(json!({"org.nis2_class": "none"})), 1);
    assert_eq!(level(json!({"incident.near_miss": true, "impact.serious_disruption": false})), 0);
}

#[test]
fn a_duty_that_may_exist_counts() {
    assert_eq!(level(json!({"org.nis2_class": "important", "impact.serious_disruption": "unknown"})), 2);
    assert_eq!(level(json!({"impact.serious_disruption": "unknown"})), 3);
}
