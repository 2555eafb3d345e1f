//! Schemas of the files that only an overlay has: its `pack.yaml`, and what it adds to the base's lists.

use serde_json::{Map, Value, json};

use super::build::{string, told};

/// An overlay's `pack.yaml`: what it extends, and whatever stands for what the base says.
pub(super) fn pack(whole: &Value) -> Value {
    let mut schema = whole.clone();
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        let extends = told(string(), "The pack built in over which this one stands, e.g. dk.");
        properties.insert("extends".to_owned(), extends);
    }
    if let Some(keywords) = schema.as_object_mut() {
        keywords.insert("required".to_owned(), json!(["extends"]));
    }
    schema
}

/// `add/<file>`: items for the lists of the base's file; none where it has no lists.
pub(super) fn added(file: &Value) -> Option<Value> {
    let properties = file.get("properties")?.as_object()?;
    let lists: Map<String, Value> = properties
        .iter()
        .filter(|(_, schema)| schema.get("type") == Some(&json!("array")))
        .map(|(name, schema)| (name.clone(), schema.clone()))
        .collect();
    (!lists.is_empty())
        .then(|| json!({ "type": "object", "additionalProperties": false, "properties": lists }))
}
