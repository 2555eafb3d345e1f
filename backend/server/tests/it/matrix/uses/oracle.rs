//! What must be in the log of use when an answer has left: an entry of the same request for every record that it shows.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use varsel_services::domain::access::{AccessEntry, UseKind};
use varsel_services::domain::{IncidentId, PersonId};

use super::super::table::fields;
use super::document::Types;

/// Something that stands in one record only.
#[derive(Debug, Clone)]
pub(super) struct Canary {
    pub(super) text: String,
    pub(super) of: Record,
}

/// What it is a sign of.
#[derive(Debug, Clone)]
pub(super) enum Record {
    /// The incident.
    Incident(IncidentId),
    /// Its number.
    Number(IncidentId),
    /// One answer in it.
    Fact(IncidentId, &'static str),
    /// A person.
    Person(PersonId),
}

/// An answer that has left.
#[derive(Debug, Clone)]
pub(super) struct Left {
    pub(super) operation: String,
    pub(super) by: Option<PersonId>,
    pub(super) request: String,
    pub(super) text: String,
    /// The fields in it that are personal or confidential.
    pub(super) fields: BTreeSet<String>,
}

/// What is in the log, by request.
pub(super) struct Log {
    by_request: BTreeMap<String, Vec<AccessEntry>>,
    /// Operations whose data no entry is needed for.
    unlogged: BTreeMap<String, String>,
}

impl Log {
    pub(super) fn of(entries: impl IntoIterator<Item = AccessEntry>) -> Self {
        let mut by_request: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for entry in entries {
            by_request.entry(entry.request_id.clone()).or_default().push(entry);
        }
        Self { by_request, unlogged: fields().unlogged }
    }

    fn entries(&self, left: &Left) -> &[AccessEntry] {
        self.by_request.get(&left.request).map_or(&[], Vec::as_slice)
    }

    /// What the answer shows without an entry that says so.
    pub(super) fn missing(&self, left: &Left, canaries: &[Canary]) -> Vec<String> {
        let entries = self.entries(left);
        let seen = canaries.iter().filter(|canary| left.text.contains(&canary.text));
        let mut missing: Vec<_> = seen
            .filter(|canary| !is_told(entries, left.by, &canary.of))
            .map(|canary| format!("{}: {} ({:?})", left.operation, canary.text, canary.of))
            .collect();
        if entries.is_empty() && !left.fields.is_empty() && !self.unlogged.contains_key(&left.operation) {
            missing.push(format!("{}: {:?}", left.operation, left.fields));
        }
        missing
    }
}

/// Whether one of the entries tells of it.
fn is_told(entries: &[AccessEntry], by: Option<PersonId>, record: &Record) -> bool {
    let of = |incident: &IncidentId| {
        let incident = *incident;
        entries.iter().filter(move |entry| entry.incident == Some(incident))
    };
    let names = |entry: &AccessEntry, list: &str, name: &str| {
        entry.detail[list].as_array().is_some_and(|names| names.iter().any(|it| it == name))
    };
    // Who reads the log, or what a critical change is about, sees whom it names.
    let reads_names = entries.iter().any(|entry| {
        matches!(entry.use_kind, UseKind::UsesRead | UseKind::UsesExported | UseKind::ChangeRead)
    });
    match record {
        Record::Incident(id) => reads_names || of(id).next().is_some(),
        Record::Number(id) => {
            let told =
                |entry: &AccessEntry| entry.use_kind == UseKind::Exported || names(entry, "parts", "number");
            reads_names || of(id).any(|entry| told(entry) || names(entry, "parts", "receipt"))
        }
        Record::Fact(id, fact) => of(id).any(|entry| names(entry, "facts", fact)),
        // Everybody knows themself.
        Record::Person(person) => by == Some(*person) || !entries.is_empty(),
    }
}

/// The fields of a value of this type that are personal or confidential, and say something.
pub(super) fn shown(types: &Types, ty: &str, value: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    gather(types, (ty, value), &mut found);
    found
}

fn gather(types: &Types, (ty, value): (&str, &Value), found: &mut BTreeSet<String>) {
    match value {
        Value::Array(values) => {
            values.iter().for_each(|value| gather(types, (ty, value), found));
        }
        Value::Object(object) => {
            let ty = object.get("__typename").and_then(Value::as_str).unwrap_or(ty);
            for (field, gives) in types.of(ty) {
                let Some(value) = object.get(field).filter(|value| says_something(value)) else { continue };
                let name = format!("{ty}.{field}");
                if types.sensitive.contains(&name) {
                    found.insert(name);
                }
                gather(types, (gives, value), found);
            }
        }
        _ => {}
    }
}

/// Not null, not an empty list or page, not none of something.
fn says_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(said) => *said,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(values) => !values.is_empty(),
        Value::Object(object) => {
            object.iter().any(|(name, value)| name != "__typename" && says_something(value))
        }
    }
}
