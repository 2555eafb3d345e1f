//! The JSON Schema of the facts' flat form, made from the catalogue.

use serde_json::{Map, Value, json};

use super::parse::MOST_ANSWERS;
use super::value::{MOST_MEMBERS, UNKNOWN};
use super::{country, number, text};
use crate::{Fact, FactType};

/// JSON Schema (2020-12) of the flat form that [`crate::Facts::parse`] reads.
///
/// Texts are English; the Danish ones stand beside them in `x-...-da`. Stricter than the reader in one thing: company
/// numbers and country codes have the form in which they are stored.
pub(crate) fn facts_schema(pack: &str, version: &str, facts: &[Fact]) -> Value {
    let mut properties = Map::new();
    for fact in facts {
        for alias in &fact.aliases {
            let schema = json!({ "$ref": format!("#/properties/{}", fact.id), "description": format!("Another name of {}.", fact.id) });
            properties.insert(alias.clone(), schema);
        }
    }
    properties.extend(facts.iter().map(|fact| (fact.id.clone(), property(fact))));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": format!("Facts of an incident, pack {pack} {version}"),
        "description": "One flat object. Every fact may be \"unknown\": not known yet. Null and absent facts are not answered.",
        "type": "object",
        "additionalProperties": false,
        "maxProperties": MOST_ANSWERS,
        "properties": properties,
        "$defs": {
            "unknown": { "const": UNKNOWN, "title": "Not known yet", "x-label-da": "Ikke kendt endnu" },
            "country": { "enum": country::CODES.as_slice(), "title": "ISO 3166-1 alpha-2 code" },
        },
    })
}

fn property(fact: &Fact) -> Value {
    let mut property = Map::new();
    property.insert("title".to_owned(), fact.label.en.clone().into());
    property.insert("x-label-da".to_owned(), fact.label.da.clone().into());
    if let Some(help) = &fact.help {
        property.insert("description".to_owned(), help.en.clone().into());
        property.insert("x-help-da".to_owned(), help.da.clone().into());
    }
    let any_of = json!([answer(fact), { "$ref": "#/$defs/unknown" }, { "type": "null" }]);
    property.insert("anyOf".to_owned(), any_of);
    Value::Object(property)
}

/// The schema of a known answer.
fn answer(fact: &Fact) -> Value {
    let range = |of: &str| {
        let (least, most) = number::bounds(fact);
        json!({ "type": of, "minimum": number::to_json(least), "maximum": number::to_json(most) })
    };
    match fact.fact_type {
        FactType::Bool => json!({ "type": "boolean" }),
        FactType::Integer => range("integer"),
        FactType::Decimal | FactType::MoneyEur | FactType::Minutes | FactType::Percent => range("number"),
        FactType::Instant => json!({ "type": "string", "format": "date-time" }),
        FactType::Enum => options(fact),
        FactType::Set => json!({ "type": "array", "maxItems": MOST_MEMBERS, "items": options(fact) }),
        FactType::Countries => {
            json!({ "type": "array", "maxItems": MOST_MEMBERS, "items": { "$ref": "#/$defs/country" } })
        }
        FactType::Text => match fact.format {
            Some(format) => json!({ "type": "string", "pattern": format.pattern() }),
            None => json!({ "type": "string", "maxLength": text::MOST_CHARACTERS }),
        },
    }
}

fn options(fact: &Fact) -> Value {
    json!({ "enum": fact.options.iter().map(|option| option.id.as_str()).collect::<Vec<_>>() })
}
