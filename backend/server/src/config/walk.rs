//! Holds a tree of settings against the schema: what does not fit is taken out and named.

use serde_json::{Map, Value, json};

use super::Mistake;
use crate::nearest::nearest;

/// Keys that stood under `identity` when there could be one provider only.
const MOVED: [&str; 6] = ["issuer", "client_id", "client_secret", "scopes", "acr", "claims"];

/// Finds out where a key stands: in which file or variable.
pub(super) type SourceOf<'a> = &'a dyn Fn(&str) -> String;

/// The part of `tree` that fits; the rest goes into `mistakes`.
pub(super) fn sound_part(
    schema: &Value,
    tree: Value,
    source: SourceOf<'_>,
    mistakes: &mut Vec<Mistake>,
) -> Value {
    let mut walk = Walk { source, mistakes };
    walk.object(schema, tree, "").unwrap_or_else(|| json!({}))
}

struct Walk<'a> {
    source: SourceOf<'a>,
    mistakes: &'a mut Vec<Mistake>,
}

impl Walk<'_> {
    fn wrong(&mut self, key: &str, problem: String) -> Option<Value> {
        self.mistakes.push(Mistake { key: key.to_owned(), source: (self.source)(key), problem });
        None
    }

    fn value(&mut self, schema: &Value, value: Value, key: &str) -> Option<Value> {
        if schema.get("properties").is_some()
            || schema.get("additionalProperties").is_some_and(Value::is_object)
        {
            return self.object(schema, value, key);
        }
        let choices = choices(schema);
        if !choices.is_empty() {
            let fits = value.as_str().is_some_and(|value| choices.contains(&value));
            return if fits {
                Some(value)
            } else {
                self.wrong(key, format!("must be {}", choices.join(" or ")))
            };
        }
        match kind(schema) {
            "integer" => self.integer(schema, &value, key),
            "boolean" => match value {
                Value::Bool(choice) => Some(Value::Bool(choice)),
                Value::String(word) if word == "true" || word == "false" => Some(Value::Bool(word == "true")),
                _ => self.wrong(key, "must be true or false".to_owned()),
            },
            "array" => match value {
                Value::Array(items) if items.iter().all(Value::is_string) => Some(Value::Array(items)),
                // A variable holds a list as words.
                Value::String(words) => {
                    Some(words.split([',', ' ']).filter(|word| !word.is_empty()).collect())
                }
                _ => self.wrong(key, "must be a list of texts".to_owned()),
            },
            _ => match value {
                Value::String(text) => self.text(schema, text, key),
                _ => self.wrong(key, "must be a text in quotes".to_owned()),
            },
        }
    }

    fn object(&mut self, schema: &Value, value: Value, key: &str) -> Option<Value> {
        let fields = match value {
            Value::Object(fields) => fields,
            Value::Null => return None,
            _ => return self.wrong(key, "must be a section with keys".to_owned()),
        };
        let known = schema.get("properties").and_then(Value::as_object);
        let mut sound = Map::new();
        for (name, value) in fields {
            let path = if key.is_empty() { name.clone() } else { format!("{key}.{name}") };
            let others = schema.get("additionalProperties").filter(|others| others.is_object());
            let value = match known.and_then(|known| known.get(&name)).or(others) {
                Some(schema) => self.value(schema, value, &path),
                None => self.unknown(known, &name, &path),
            };
            sound.extend(value.map(|value| (name, value)));
        }
        Some(Value::Object(sound))
    }

    fn unknown(&mut self, known: Option<&Map<String, Value>>, name: &str, path: &str) -> Option<Value> {
        if path.strip_prefix("identity.").is_some_and(|key| key == name && MOVED.contains(&key)) {
            let hint = "has moved: write it under [identity.providers.NAME], or under [identity.defaults] for all of them";
            return self.wrong(path, hint.to_owned());
        }
        let names = || known.into_iter().flat_map(Map::keys).map(String::as_str);
        let hint = match nearest(name, names()) {
            Some(near) => format!("there is no such key; did you mean {near}?"),
            None => format!("there is no such key; here are {}", names().collect::<Vec<_>>().join(", ")),
        };
        self.wrong(path, hint)
    }

    fn integer(&mut self, schema: &Value, value: &Value, key: &str) -> Option<Value> {
        let bound = |name| schema.get(name).and_then(Value::as_i64);
        let (least, most) = (bound("minimum").unwrap_or(0), bound("maximum").unwrap_or(i64::MAX));
        let number = value.as_i64().or_else(|| value.as_str().and_then(|text| text.trim().parse().ok()));
        match number {
            Some(number) if (least..=most).contains(&number) => Some(json!(number)),
            _ => self.wrong(key, format!("must be a whole number from {least} to {most}")),
        }
    }

    fn text(&mut self, schema: &Value, text: String, key: &str) -> Option<Value> {
        let is_address = schema.get("format").and_then(Value::as_str) == Some("ip");
        if is_address && text.parse::<std::net::IpAddr>().is_err() {
            return self.wrong(key, "must be an IP address, e.g. 127.0.0.1 or 0.0.0.0".to_owned());
        }
        Some(Value::String(text))
    }
}

/// The first type that is not null.
fn kind(schema: &Value) -> &str {
    match schema.get("type") {
        Some(Value::Array(types)) => types.iter().filter_map(Value::as_str).find(|name| *name != "null"),
        other => other.and_then(Value::as_str),
    }
    .unwrap_or("string")
}

/// The values to choose from, where there are some.
fn choices(schema: &Value) -> Vec<&str> {
    let one_of = schema.get("oneOf").and_then(Value::as_array).into_iter().flatten();
    let constants = one_of.filter_map(|choice| choice.get("const"));
    let listed = schema.get("enum").and_then(Value::as_array).into_iter().flatten();
    constants.chain(listed).filter_map(Value::as_str).collect()
}

/// A file need not say everything, and may say nothing else.
pub(super) fn close(schema: &mut Value) {
    let Some(fields) = schema.as_object_mut() else { return };
    fields.retain(|name, _| name != "required");
    if fields.contains_key("properties") {
        fields.insert("additionalProperties".to_owned(), json!(false));
    }
    if let Some(properties) = fields.get_mut("properties").and_then(Value::as_object_mut) {
        properties.values_mut().for_each(close);
    }
    if let Some(others) = fields.get_mut("additionalProperties").filter(|others| others.is_object()) {
        close(others);
    }
}
