//! What must be in the log of use when an answer has left: an entry of the same request for every record that it shows.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use varsel_services::domain::access::{AccessEntry, UseKind};
use varsel_services::domain::shown::Part;
use varsel_services::domain::{IncidentId, PersonId};

use super::super::table::{Sdl, fields};
use super::document::Types;
use super::people::People;

/// How the log tells that a field was shown: by this word among the `parts` of the entry of its incident; by none where it says enough that
/// the entry names the incident. Kept by hand, because what the product makes of a field is what is tried.
pub(super) const PARTS: [(&str, Option<&str>); 18] = [
    ("Incident.id", None),
    // Which law it was read by, and whether the reader may read it by another: nothing of what was reported.
    ("Incident.packVersion", None),
    ("Incident.reassessable", None),
    ("Incident.requestable", Some("requestable")),
    ("Incident.number", Some("number")),
    ("Incident.organisation", Some("organisation")),
    ("Incident.receivedAt", Some("received_at")),
    ("Incident.severity", Some("severity")),
    ("Incident.facts", Some("facts")),
    ("Incident.obligations", Some("obligations")),
    ("Incident.cases", Some("cases")),
    ("Incident.guidance", Some("guidance")),
    ("Incident.timeline", Some("timeline")),
    ("Incident.receipt", Some("receipt")),
    ("Incident.receipts", Some("receipt")),
    ("Incident.assessment", Some("assessment")),
    ("ReportSubmitted.receipt", Some("receipt")),
    ("ReportKeyUsed.receipt", Some("receipt")),
];

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
        missing.extend(self.missing_parts(left));
        missing
    }

    /// The parts of incidents that the answer shows, and that no entry of theirs names.
    fn missing_parts(&self, left: &Left) -> Vec<String> {
        let mut shown = BTreeSet::new();
        if PARTS.iter().any(|(field, _)| left.fields.contains(*field)) {
            gather_parts(&serde_json::from_str(&left.text).unwrap(), &mut shown);
        }
        let is_named = |(incident, part): &(Option<String>, &str)| {
            let of = |entry: &&AccessEntry| match incident {
                Some(id) => entry.incident.is_some_and(|it| it.to_string() == *id),
                None => entry.incident.is_some(),
            };
            self.entries(left).iter().filter(of).any(|entry| names(entry, "parts", part))
        };
        let unnamed = shown.into_iter().filter(|it| !is_named(it));
        unnamed.map(|(incident, part)| format!("{}: {part} of {incident:?}", left.operation)).collect()
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

/// The parts that an answer shows, each with its incident; a receipt beside one does not say of which it is. Every object names its type.
fn gather_parts(value: &Value, found: &mut BTreeSet<(Option<String>, &'static str)>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| gather_parts(value, found)),
        Value::Object(object) => {
            let said = |name: &str| object.get(name).and_then(Value::as_str);
            let (ty, id) = (said("__typename").unwrap_or_default(), said("id"));
            for (field, value) in object.iter().filter(|(_, value)| says_something(value)) {
                let name = format!("{ty}.{field}");
                let part = PARTS.iter().find(|(known, _)| *known == name).and_then(|(_, part)| *part);
                found.extend(part.map(|part| (id.map(str::to_owned), part)));
                gather_parts(value, found);
            }
        }
        _ => {}
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

/// A new field of an incident is told by a part, or stands here because it need not be; and every part is asked for.
#[test]
fn every_field_that_shows_something_of_an_incident_says_how_the_log_tells_it() {
    let known: BTreeSet<_> = PARTS.iter().map(|(field, _)| (*field).to_owned()).collect();
    assert_eq!(known.len(), PARTS.len(), "each once");
    let receipts = Sdl::read().fields().into_iter().filter(|(.., gives)| gives == "Receipt");
    let receipts = receipts.map(|(ty, field, _)| format!("{ty}.{field}"));
    let sensitive = Types::read().sensitive.into_iter().filter(|name| name.starts_with("Incident."));
    let shown: BTreeSet<_> = sensitive.chain(receipts).collect();
    assert_eq!(known, shown, "say in PARTS by which word the log tells it");
    let words: BTreeSet<_> = PARTS.iter().filter_map(|(_, part)| part.map(str::to_owned)).collect();
    let parts: BTreeSet<String> = serde_json::from_value(serde_json::to_value(Part::ALL).unwrap()).unwrap();
    assert_eq!(words, parts);
}
