//! Whether the reports in a database are whole.

use std::collections::{HashMap, HashSet};

use sea_orm::{ConnectionTrait, QueryResult, Statement, TryGetable};
use serde_json::Value;
use uuid::Uuid;
use varsel_services::domain::authz::Scope;
use varsel_services::domain::{CaseId, IncidentId};
use varsel_storage::Store;
use varsel_storage::testing::{self, Clear};

/// Tables that hold parts of a report.
const PARTS: [&str; 5] = ["obligation", "unit_case", "guidance_issued", "timeline_entry", "change"];

/// The number of each report by its key, after a look at every row that belongs to it.
pub(crate) async fn reports(store: &Store) -> HashMap<String, String> {
    let filings = rows(store, "SELECT incident_id, revision_id, idempotency_key FROM filing").await;
    let incidents = rows(store, "SELECT id, number FROM incident").await;
    let incidents: HashMap<Uuid, String> =
        incidents.iter().map(|row| (get(row, "id"), get(row, "number"))).collect();
    let revisions = testing::revisions(store).await.unwrap();
    let revisions: HashMap<Uuid, Clear> = revisions.into_iter().map(|it| (it.revision, it)).collect();
    let parts = Parts::read(store).await;

    let unique: HashSet<&String> = incidents.values().collect();
    assert_eq!(unique.len(), incidents.len(), "a number was given twice");
    assert_eq!(
        (incidents.len(), revisions.len()),
        (filings.len(), filings.len()),
        "a report without its filing"
    );
    for (table, counts) in &parts.counts {
        assert!(counts.keys().all(|id| incidents.contains_key(id)), "{table} has rows of no incident");
    }
    let mut found = HashMap::new();
    for filing in &filings {
        let (id, key): (Uuid, String) = (get(filing, "incident_id"), get(filing, "idempotency_key"));
        let revision = &revisions[&get::<Uuid>(filing, "revision_id")];
        assert_eq!(revision.incident.0, id);
        parts.check(id, &revision.assessment);
        assert_eq!(found.insert(key, incidents[&id].clone()), None, "a key was filed twice");
    }
    found
}

/// What belongs to the incidents, counted.
struct Parts {
    counts: HashMap<&'static str, HashMap<Uuid, usize>>,
    /// Mails to be sent: a receipt names its incident, a notice its case.
    receipts: HashMap<String, usize>,
    notices: HashMap<String, usize>,
    cases: Vec<(Uuid, Uuid)>,
}

impl Parts {
    async fn read(store: &Store) -> Self {
        let mut counts = HashMap::new();
        for table in PARTS {
            counts.insert(table, count(store, table).await);
        }
        counts.insert("access_entry", count(store, "access_entry WHERE use_kind = 'submitted'").await);
        let cases = rows(store, "SELECT id, incident_id FROM unit_case").await;
        Self {
            counts,
            receipts: jobs(store, "report_received", "incident").await,
            notices: jobs(store, "case_opened", "case").await,
            cases: cases.iter().map(|row| (get(row, "id"), get(row, "incident_id"))).collect(),
        }
    }

    /// Everything that the assessment gave rise to is there.
    fn check(&self, incident: Uuid, assessment: &Value) {
        let expected = |field: &str| assessment[field].as_array().unwrap().len();
        let count = |table: &str| self.counts[table].get(&incident).copied().unwrap_or_default();
        let routes = assessment["routes"].as_array().unwrap().iter();
        let units: HashSet<&str> = routes.map(|route| route["unit"].as_str().unwrap()).collect();
        assert!(!units.is_empty() && expected("obligations") > 0 && expected("guidance") > 0, "{assessment}");
        assert_eq!(count("obligation"), expected("obligations"), "{incident}: obligations");
        assert_eq!(count("guidance_issued"), expected("guidance"), "{incident}: guidance");
        assert_eq!(count("unit_case"), units.len(), "{incident}: cases");
        assert_eq!(count("change"), units.len(), "{incident}: change feed");
        assert_eq!(count("access_entry"), 1, "{incident}: access log");
        assert!(count("timeline_entry") > units.len(), "{incident}: timeline");
        assert_eq!(
            self.receipts.get(&IncidentId(incident).to_string()),
            Some(&1),
            "{incident}: receipt by mail"
        );
        for (case, _) in self.cases.iter().filter(|(_, of)| *of == incident) {
            assert_eq!(self.notices.get(&CaseId(*case).to_string()), Some(&1), "{incident}: notice by mail");
        }
    }
}

/// How many jobs of a kind name each subject.
async fn jobs(store: &Store, kind: &str, subject: &str) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for row in rows(store, &format!("SELECT payload FROM job WHERE kind = '{kind}'")).await {
        let payload: Value = get(&row, "payload");
        *counts.entry(payload[subject].as_str().unwrap().to_owned()).or_default() += 1;
    }
    counts
}

async fn rows(store: &Store, sql: &str) -> Vec<QueryResult> {
    let tx = testing::bare(store, &Scope::system()).await.unwrap();
    tx.query_all_raw(Statement::from_string(tx.get_database_backend(), sql)).await.unwrap()
}

async fn count(store: &Store, table: &str) -> HashMap<Uuid, usize> {
    let sql = format!("SELECT incident_id, count(*) AS n FROM {table} GROUP BY incident_id");
    let counted = rows(store, &sql).await;
    counted
        .iter()
        .map(|row| (get(row, "incident_id"), usize::try_from(get::<i64>(row, "n")).unwrap()))
        .collect()
}

fn get<T: TryGetable>(row: &QueryResult, column: &str) -> T {
    row.try_get("", column).unwrap()
}
