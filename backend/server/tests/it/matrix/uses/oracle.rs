//! What must be in the log of use when an answer has left: an entry of the same request for every record that it shows.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use varsel_services::domain::access::{AccessEntry, UseKind};
use varsel_services::domain::{IncidentId, PersonId};

use super::super::table::fields;
use super::document::Types;
use super::people::People;

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
    /// Whom it was given to.
    pub(super) by: Option<PersonId>,
    /// The person or unit that the entry of a mail must name; nobody for what was asked for.
    pub(super) to: Option<String>,
    pub(super) request: String,
    pub(super) text: String,
    /// The fields in it that are personal or confidential.
    pub(super) fields: BTreeSet<String>,
}

impl Left {
    /// Everybody knows themself.
    pub(super) fn is_of_oneself(&self, record: &Record) -> bool {
        matches!(record, Record::Person(person) if self.by == Some(*person))
    }
}

/// What is in the log, by request.
pub(super) struct Log<'a> {
    by_request: BTreeMap<String, Vec<AccessEntry>>,
    people: &'a People,
    /// Operations whose data no entry is needed for.
    unlogged: BTreeMap<String, String>,
}

impl<'a> Log<'a> {
    pub(super) fn of(entries: impl IntoIterator<Item = AccessEntry>, people: &'a People) -> Self {
        let mut by_request: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for entry in entries {
            by_request.entry(entry.request_id.clone()).or_default().push(entry);
        }
        Self { by_request, people, unlogged: fields().unlogged }
    }

    fn entries(&self, left: &Left) -> &[AccessEntry] {
        self.by_request.get(&left.request).map_or(&[], Vec::as_slice)
    }

    /// What the answer shows without an entry that says so.
    pub(super) fn missing(&self, left: &Left, canaries: &[Canary]) -> Vec<String> {
        let entries = self.entries(left);
        let seen = canaries.iter().filter(|canary| left.text.contains(&canary.text));
        let mut missing: Vec<_> = seen
            .filter(|canary| !left.is_of_oneself(&canary.of) && !self.is_told(left, &canary.of))
            .map(|canary| format!("{}: {} ({:?})", left.operation, canary.text, canary.of))
            .collect();
        if entries.is_empty() && !left.fields.is_empty() && !self.unlogged.contains_key(&left.operation) {
            missing.push(format!("{}: {:?}", left.operation, left.fields));
        }
        missing
    }

    /// Whether one of the entries tells of it.
    fn is_told(&self, left: &Left, record: &Record) -> bool {
        let entries = self.entries(left);
        let of = |incident: &IncidentId| {
            let incident = *incident;
            // A mail has one entry, which says to whom it went.
            let went = |entry: &&AccessEntry| left.operation != "mail" || is_to(entry, left.to.as_deref());
            entries.iter().filter(move |entry| entry.incident == Some(incident)).filter(went)
        };
        // Who reads the log sees which incidents it names.
        let reads_log =
            entries.iter().any(|it| matches!(it.use_kind, UseKind::UsesRead | UseKind::UsesExported));
        match record {
            Record::Incident(id) => reads_log || of(id).next().is_some(),
            Record::Number(id) => reads_log || of(id).any(names_number),
            Record::Fact(id, fact) => of(id).any(|entry| names(entry, "facts", fact)),
            Record::Person(person) => entries.iter().any(|entry| self.people.are_told(*person, entry)),
        }
    }
}

fn is_to(entry: &AccessEntry, to: Option<&str>) -> bool {
    entry.use_kind == UseKind::Mailed && to.is_some_and(|to| entry.detail["to"] == to)
}

fn names(entry: &AccessEntry, list: &str, name: &str) -> bool {
    entry.detail[list].as_array().is_some_and(|names| names.iter().any(|it| it == name))
}

/// A prepared report and a mail have the number in them; of what is shown otherwise, the entry names the parts.
fn names_number(entry: &AccessEntry) -> bool {
    let has_it = matches!(entry.use_kind, UseKind::Exported | UseKind::Mailed);
    has_it || names(entry, "parts", "number") || names(entry, "parts", "receipt")
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
            for value in values {
                gather(types, (ty, value), found);
            }
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
