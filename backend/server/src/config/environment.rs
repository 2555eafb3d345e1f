//! Settings from environment variables: `VARSEL_HTTP__PORT`, and secrets from files: `VARSEL_..._FILE`.

use serde_json::{Map, Value};

use super::Mistake;

const PREFIX: &str = "VARSEL_";

/// The tree that the variables give. Those without a section (`VARSEL_CONFIG`) are not settings, except `VARSEL_DATA`.
pub(super) fn read(
    schema: &Value,
    environment: impl IntoIterator<Item = (String, String)>,
    mistakes: &mut Vec<Mistake>,
) -> Value {
    let mut tree = Map::new();
    let mut variables: Vec<(String, String)> = environment.into_iter().collect();
    // `PORT` comes first, so that our own variable wins.
    variables.sort();
    for (name, value) in variables {
        let Some(path) = path_of(&name) else { continue };
        let secret_of = path.strip_suffix("_file").filter(|secret| is_secret(schema, secret));
        let (path, value) = match secret_of {
            None => (path.as_str(), Ok(value)),
            Some(secret) => (secret, std::fs::read_to_string(&value)),
        };
        match value {
            Ok(value) => insert(&mut tree, path, value.trim_end_matches(['\n', '\r']).to_owned()),
            Err(error) => mistakes.push(Mistake {
                key: path.to_owned(),
                source: name,
                problem: format!("its file cannot be read: {error}"),
            }),
        }
    }
    Value::Object(tree)
}

/// `VARSEL_HTTP__PUBLIC_URL` is `http.public_url`.
fn path_of(name: &str) -> Option<String> {
    if name == "PORT" {
        return Some("http.port".to_owned());
    }
    let key = name.strip_prefix(PREFIX)?.to_lowercase();
    (key == "data" || key.contains("__")).then(|| key.replace("__", "."))
}

/// The variable that a key was read from, for messages.
pub(super) fn variable(key: &str) -> String {
    format!("{PREFIX}{}", key.replace('.', "__").to_uppercase())
}

fn is_secret(schema: &Value, path: &str) -> bool {
    let found = path.split('.').try_fold(schema, |schema, name| {
        let named = schema.get("properties").and_then(|fields| fields.get(name));
        named.or_else(|| schema.get("additionalProperties"))
    });
    found.and_then(|schema| schema.get("writeOnly")) == Some(&Value::Bool(true))
}

fn insert(tree: &mut Map<String, Value>, path: &str, value: String) {
    match path.split_once('.') {
        None => {
            tree.insert(path.to_owned(), Value::String(value));
        }
        Some((section, rest)) => {
            let inner = tree.entry(section).or_insert_with(|| Value::Object(Map::new()));
            if let Some(inner) = inner.as_object_mut() {
                insert(inner, rest, value);
            }
        }
    }
}
