//! The people, and the records that show them: what an entry of the log must name where somebody was shown.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sea_orm::{ConnectionTrait, DatabaseTransaction, QueryResult, Statement, TryGetable};
use serde_json::Value;
use uuid::Uuid;
use varsel_services::domain::access::{AccessEntry, UseKind};
use varsel_services::domain::authz::Scope;
use varsel_services::domain::{AttemptId, AuthorisationId, BlockId, ChangeId, IncidentId, PersonId};
use varsel_storage::Store;
use varsel_storage::testing::bare;

use super::super::table::fields;

/// Whom each record shows: the word before its id in the log of use, and where that stands.
const SHOWN: [(&str, &str); 12] = [
    (AuthorisationId::PREFIX, "holder_id AS person, id AS record FROM authorisation"),
    (AuthorisationId::PREFIX, "step_person_id AS person, id AS record FROM authorisation"),
    (AuthorisationId::PREFIX, "decider_id AS person, authorisation_id AS record FROM review_item"),
    (ChangeId::PREFIX, "proposer_id AS person, id AS record FROM change_proposal"),
    (ChangeId::PREFIX, "decider_id AS person, id AS record FROM change_proposal"),
    (ChangeId::PREFIX, "holder_id AS person, id AS record FROM change_proposal"),
    (AttemptId::PREFIX, "person_id AS person, id AS record FROM attempt"),
    (BlockId::PREFIX, "owner_id AS person, id AS record FROM attempt_block"),
    (BlockId::PREFIX, "closer_id AS person, id AS record FROM attempt_block"),
    (IncidentId::PREFIX, "person_id AS person, incident_id AS record FROM filing"),
    (IncidentId::PREFIX, "person_id AS person, incident_id AS record FROM severity_confirmation"),
    (IncidentId::PREFIX, "person_id AS person, incident_id AS record FROM report_request"),
];

/// The parts of an incident and the answer that name people.
const BY_WHOM: [&str; 4] = ["receipt", "severity", "timeline", "contact_primary"];

/// Somebody.
pub(super) struct Known {
    pub(super) name: String,
    email: Option<String>,
    /// Their own id, and those of the records that show them.
    records: BTreeSet<String>,
}

/// Everybody there is.
pub(super) struct People {
    pub(super) known: BTreeMap<PersonId, Known>,
    /// Uses in which whoever was shown is told by the criterion alone, and why; see `fields.yaml`.
    by_criterion: HashMap<UseKind, String>,
}

impl People {
    pub(super) async fn read(store: &Store) -> Self {
        let tx = bare(store, &Scope::system()).await.unwrap();
        let mut known = BTreeMap::new();
        for row in rows(&tx, "SELECT id, name, email FROM person").await {
            let id = PersonId(get(&row, "id"));
            let records = BTreeSet::from([id.to_string()]);
            known.insert(id, Known { name: get(&row, "name"), email: get(&row, "email"), records });
        }
        for (prefix, shown) in SHOWN {
            for row in rows(&tx, &format!("SELECT {shown}")).await {
                let (person, record): (Option<Uuid>, Uuid) = (get(&row, "person"), get(&row, "record"));
                if let Some(known) = person.and_then(|person| known.get_mut(&PersonId(person))) {
                    known.records.insert(format!("{prefix}_{}", record.simple()));
                }
            }
        }
        Self { known, by_criterion: fields().by_criterion }
    }

    /// Whose address it is.
    pub(super) fn at(&self, address: &str) -> Option<PersonId> {
        let mut all = self.known.iter();
        all.find(|(_, known)| known.email.as_deref() == Some(address)).map(|(id, _)| *id)
    }

    /// Whether the entry names the person, a record that shows them, or a criterion by which they are found.
    pub(super) fn are_told(&self, person: PersonId, entry: &AccessEntry) -> bool {
        let Some(known) = self.known.get(&person) else { return false };
        let mut named = Vec::new();
        words(&entry.detail, &mut named);
        if named.iter().any(|word| known.records.contains(*word)) {
            return true;
        }
        if entry.incident.is_some_and(|id| known.records.contains(&id.to_string())) {
            return named.iter().any(|word| BY_WHOM.contains(word));
        }
        let said = |name: &str| entry.detail.get(name).and_then(Value::as_str);
        match said("text").filter(|_| entry.use_kind == UseKind::PeopleSearched) {
            Some(text) => {
                let found = |words: &str| words.to_lowercase().contains(text);
                found(&known.name) || known.email.as_deref().is_some_and(found)
            }
            None => said("person").is_none() && self.by_criterion.contains_key(&entry.use_kind),
        }
    }
}

async fn rows(tx: &DatabaseTransaction, sql: &str) -> Vec<QueryResult> {
    tx.query_all_raw(Statement::from_string(tx.get_database_backend(), sql)).await.unwrap()
}

fn get<T: TryGetable>(row: &QueryResult, column: &str) -> T {
    row.try_get("", column).unwrap()
}

/// Every text in it.
fn words<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => found.push(text),
        Value::Array(values) => values.iter().for_each(|value| words(value, found)),
        Value::Object(fields) => fields.values().for_each(|value| words(value, found)),
        _ => {}
    }
}
