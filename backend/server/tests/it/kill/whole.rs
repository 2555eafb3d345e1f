//! Whether the reports in a database are whole.

use std::collections::{HashMap, HashSet};

use sea_orm::{DatabaseConnection, FromQueryResult, JsonValue, Statement};
use serde_json::Value;
use varsel_storage::Store;

/// The number of each report by its key, after a look at every row that belongs to it.
pub async fn reports(store: &Store) -> HashMap<String, String> {
    let database = Database(store.connection());
    let filings = database.rows("SELECT id, incident_id, revision_id, idempotency_key FROM filing").await;
    let incidents = database.rows("SELECT id, number FROM incident").await;
    let revisions = database.rows("SELECT id, incident_id, assessment FROM facts_revision").await;
    let mut parts = HashMap::new();
    for table in ["obligation", "unit_case", "guidance_issued", "timeline_entry", "change"] {
        parts.insert(
            table,
            database
                .counts(&format!("SELECT incident_id, count(*) AS n FROM {table} GROUP BY incident_id"))
                .await,
        );
    }
    let submitted = "SELECT incident_id, count(*) AS n FROM access_entry WHERE use_kind = 'submitted' GROUP BY incident_id";
    parts.insert("access_entry", database.counts(submitted).await);
    let jobs = database.rows("SELECT payload FROM job").await;

    let unique: HashSet<String> = incidents.iter().map(|incident| text(&incident["number"])).collect();
    assert_eq!(unique.len(), incidents.len(), "a number was given twice");
    assert_eq!(
        (incidents.len(), revisions.len()),
        (filings.len(), filings.len()),
        "a report without its filing"
    );
    for (table, counts) in &parts {
        assert!(counts.len() <= incidents.len(), "{table} has rows of no incident");
    }
    let mut found = HashMap::new();
    for filing in &filings {
        let id = text(&filing["incident_id"]);
        let incident = incidents.iter().find(|incident| text(&incident["id"]) == id).unwrap();
        let revision = revisions.iter().find(|revision| revision["id"] == filing["revision_id"]).unwrap();
        assert_eq!(text(&revision["incident_id"]), id);
        let assessment = json(&revision["assessment"]);
        let expected = |field: &str| assessment[field].as_array().unwrap().len();
        let count = |table: &str| parts[table].get(&id).copied().unwrap_or_default();
        let number = text(&incident["number"]);
        assert_eq!(count("obligation"), expected("obligations"), "{number}: obligations");
        assert_eq!(count("guidance_issued"), expected("guidance"), "{number}: guidance");
        assert_eq!(count("unit_case"), units(&assessment), "{number}: cases");
        assert_eq!(count("change"), count("unit_case"), "{number}: change feed");
        assert_eq!(count("access_entry"), 1, "{number}: access log");
        assert!(count("timeline_entry") > count("unit_case"), "{number}: timeline");
        assert!(jobs_of(&jobs, &id) > count("unit_case"), "{number}: a receipt and a notice to each unit");
        assert_eq!(found.insert(text(&filing["idempotency_key"]), number), None, "a key was filed twice");
    }
    found
}

fn units(assessment: &Value) -> usize {
    let routes = assessment["routes"].as_array().unwrap().iter();
    routes.map(|route| route["unit"].as_str().unwrap()).collect::<HashSet<_>>().len()
}

/// Jobs that name the incident.
fn jobs_of(jobs: &[Value], incident: &str) -> usize {
    let id = format!("incident_{}", incident.replace('-', ""));
    jobs.iter().filter(|job| json(&job["payload"]).to_string().contains(&id)).count()
}

struct Database<'a>(&'a DatabaseConnection);

impl Database<'_> {
    async fn rows(&self, sql: &str) -> Vec<Value> {
        let statement = Statement::from_string(self.0.get_database_backend(), sql);
        JsonValue::find_by_statement(statement).all(self.0).await.unwrap()
    }

    async fn counts(&self, sql: &str) -> HashMap<String, usize> {
        let rows = self.rows(sql).await;
        let one =
            |row: &Value| (text(&row["incident_id"]), usize::try_from(row["n"].as_i64().unwrap()).unwrap());
        rows.iter().map(one).collect()
    }
}

/// SQLite has ids as bytes, PostgreSQL as UUIDs: both as text.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(bytes) => {
            let bytes: Vec<u8> =
                bytes.iter().map(|byte| u8::try_from(byte.as_u64().unwrap()).unwrap()).collect();
            uuid::Uuid::from_slice(&bytes).unwrap().to_string()
        }
        other => panic!("{other}"),
    }
}

/// SQLite has JSON as text.
fn json(value: &Value) -> Value {
    match value {
        Value::String(text) => serde_json::from_str(text).unwrap(),
        other => other.clone(),
    }
}
