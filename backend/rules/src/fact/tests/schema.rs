use serde_json::json;

use super::*;
use crate::fact::facts_schema;

#[test]
fn each_type_of_fact_has_its_schema() {
    let schema = facts_schema("dk", "2026.1", &facts());
    let known = |id: &str| schema["properties"][id]["anyOf"][0].clone();
    assert_eq!(known("incident.cross_border"), json!({ "type": "boolean" }));
    assert_eq!(known("incident.aware_at"), json!({ "type": "string", "format": "date-time" }));
    assert_eq!(known("org.nis2_class"), json!({ "enum": ["essential", "important", "none"] }));
    assert_eq!(known("org.energy_level"), json!({ "type": "integer", "minimum": 1, "maximum": 5 }));
    assert_eq!(known("impact.users_affected_pct"), json!({ "type": "number", "minimum": 0, "maximum": 100 }));
    assert_eq!(known("description"), json!({ "type": "string", "maxLength": 10_000 }));
    assert_eq!(known("org.cvr"), json!({ "type": "string", "pattern": "^[0-9]{8}$" }));
    assert_eq!(known("service.kinds")["items"]["enum"][0], "dns");
    assert_eq!(known("incident.member_states")["items"], json!({ "$ref": "#/$defs/country" }));
}

#[test]
fn every_fact_may_be_unknown_or_null_and_nothing_else_may_be_sent() {
    let schema = facts_schema("dk", "2026.1", &facts());
    assert_eq!(schema["additionalProperties"], false);
    assert_eq!(schema["$defs"]["unknown"]["const"], "unknown");
    for fact in facts() {
        let any_of = &schema["properties"][&fact.id]["anyOf"];
        assert_eq!(any_of[1], json!({ "$ref": "#/$defs/unknown" }));
        assert_eq!(any_of[2], json!({ "type": "null" }));
    }
    let alias = json!({ "$ref": "#/properties/incident.aware_at", "description": "Another name of incident.aware_at." });
    assert_eq!(schema["properties"]["detected_at"], alias);
    assert_eq!(schema["properties"].as_object().unwrap().len(), facts().len() + 1);
}

#[test]
fn texts_are_english_with_the_danish_beside_them() {
    let schema = facts_schema("dk", "2026.1", &facts());
    let aware = &schema["properties"]["incident.aware_at"];
    assert_eq!(aware["title"], "incident.aware_at");
    assert_eq!(aware["x-label-da"], "incident.aware_at (da)");
    assert_eq!(
        (&aware["description"], &aware["x-help-da"]),
        (&json!("When you knew."), &json!("When you knew. (da)"))
    );
}
