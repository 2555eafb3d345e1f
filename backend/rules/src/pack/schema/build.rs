//! The few forms of which the schemas are made.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

/// A field: its name, its schema, and what it is for.
pub(super) struct Field {
    name: &'static str,
    schema: Value,
    required: bool,
}

/// A field that must be there.
pub(super) fn must(name: &'static str, schema: Value) -> Field {
    Field { name, schema, required: true }
}

/// A field that may be there.
pub(super) fn may(name: &'static str, schema: Value) -> Field {
    Field { name, schema, required: false }
}

/// An object with these fields and no others.
pub(super) fn object(fields: Vec<Field>) -> Value {
    let required: Vec<&str> = fields.iter().filter(|field| field.required).map(|field| field.name).collect();
    let properties: Map<String, Value> =
        fields.into_iter().map(|field| (field.name.to_owned(), field.schema)).collect();
    json!({ "type": "object", "additionalProperties": false, "required": required, "properties": properties })
}

/// An object that may have fields which the engine does not read.
pub(super) fn open(fields: Vec<Field>) -> Value {
    let mut schema = object(fields);
    if let Value::Object(keywords) = &mut schema {
        keywords.remove("additionalProperties");
    }
    schema
}

/// An object from ids to things.
pub(super) fn map(of: &Value) -> Value {
    json!({ "type": "object", "additionalProperties": of })
}

pub(super) fn list(of: &Value) -> Value {
    json!({ "type": "array", "items": of })
}

pub(super) fn string() -> Value {
    json!({ "type": "string", "minLength": 1 })
}

pub(super) fn boolean() -> Value {
    json!({ "type": "boolean" })
}

/// A whole number within bounds, both included.
pub(super) fn whole(least: i64, most: i64) -> Value {
    json!({ "type": "integer", "minimum": least, "maximum": most })
}

/// One of these words.
pub(super) fn words(words: &[&str]) -> Value {
    json!({ "enum": words })
}

/// A text that may be left out by writing null.
pub(super) fn or_null(schema: &Value) -> Value {
    json!({ "anyOf": [schema, { "type": "null" }] })
}

/// Something that `definitions` say.
pub(super) fn of(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

/// What an editor shows beside the field.
pub(super) fn told(mut schema: Value, description: &str) -> Value {
    if let Value::Object(keywords) = &mut schema {
        keywords.insert("description".to_owned(), description.into());
    }
    schema
}

/// A word, completed from what the pack has; another one is for the linter to refuse, who knows the whole pack.
pub(super) fn known<'a>(ids: impl Iterator<Item = &'a str>) -> Value {
    let ids: BTreeSet<&str> = ids.collect();
    json!({ "anyOf": [{ "enum": ids }, { "type": "string", "minLength": 1 }] })
}

/// A schema with those of the definitions that it uses.
pub(super) fn with_definitions(title: &str, mut schema: Value, definitions: &Map<String, Value>) -> Value {
    let mut used = Map::new();
    let mut wanted = references(&schema);
    while let Some(name) = wanted.pop() {
        if let (false, Some(definition)) = (used.contains_key(&name), definitions.get(&name)) {
            wanted.extend(references(definition));
            used.insert(name, definition.clone());
        }
    }
    if let Value::Object(keywords) = &mut schema {
        keywords.insert("$schema".to_owned(), "https://json-schema.org/draft/2020-12/schema".into());
        keywords.insert("title".to_owned(), title.into());
        if !used.is_empty() {
            keywords.insert("$defs".to_owned(), Value::Object(used));
        }
    }
    schema
}

fn references(schema: &Value) -> Vec<String> {
    match schema {
        Value::Object(keywords) => {
            let own = keywords.get("$ref").and_then(Value::as_str).and_then(|at| at.strip_prefix("#/$defs/"));
            own.map(str::to_owned).into_iter().chain(keywords.values().flat_map(references)).collect()
        }
        Value::Array(members) => members.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}
