//! Whether the reports in a database are whole.

use std::collections::{HashMap, HashSet};

use sea_orm::{ConnectionTrait, DatabaseTransaction, QueryResult, Statement, TryGetable};
use serde_json::Value;
use uuid::Uuid;
use varsel_services::domain::{CaseId, IncidentId};
use varsel_storage::testing::Clear;

/// Tables that hold parts of a report.
const PARTS: [&str; 6] =
    ["obligation", "unit_case", "guidance_issued", "timeline_entry", "change", "access_entry"];

/// What is in a database.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// The number of each report, by its key.
    pub(crate) numbers: HashMap<String, String>,
    /// How many entries say that an incident was shown, by its number.
    pub(crate) opened: HashMap<String, usize>,
    /// What is wrong.
    pub(crate) faults: Vec<String>,
    /// What belongs to nothing: wrong, too, unless incidents are being erased, which leave jobs and the log behind for a while.
    pub(crate) orphans: Vec<String>,
}

impl Found {
    /// Notes a fault unless all is `well`.
    fn expect(&mut self, well: bool, fault: impl FnOnce() -> String) {
        if !well {
            self.faults.push(fault());
        }
    }
}

/// Which reports are there, and how often each was shown, without a look at what belongs to them.
pub(crate) async fn numbers(tx: &DatabaseTransaction) -> Found {
    let opened = count(tx, "access_entry WHERE use_kind = 'opened'").await;
    let mut found = Found::default();
    let sql = "SELECT incident.id AS id, number, idempotency_key FROM filing JOIN incident ON incident.id = incident_id";
    for row in rows(tx, sql).await {
        let (id, number, key): (Uuid, String, String) =
            (get(&row, "id"), get(&row, "number"), get(&row, "idempotency_key"));
        found.opened.insert(number.clone(), opened.get(&id).copied().unwrap_or_default());
        let before = found.numbers.insert(key.clone(), number);
        found.expect(before.is_none(), || format!("{key} was filed twice"));
    }
    found
}

/// Looks at every row that belongs to a report; `revisions` are those of the same database, in clear.
pub(crate) async fn reports(tx: &DatabaseTransaction, revisions: &[Clear]) -> Found {
    let filings = rows(tx, "SELECT incident_id, revision_id, idempotency_key FROM filing").await;
    let incidents = rows(tx, "SELECT id, number FROM incident").await;
    let incidents: HashMap<Uuid, String> =
        incidents.iter().map(|row| (get(row, "id"), get(row, "number"))).collect();
    let revisions: HashMap<Uuid, &Clear> = revisions.iter().map(|it| (it.revision, it)).collect();
    let parts = Parts::read(tx).await;

    let mut found = Found::default();
    let unique: HashSet<&String> = incidents.values().collect();
    found.expect(unique.len() == incidents.len(), || "a number was given twice".to_owned());
    let counts = (incidents.len(), revisions.len(), filings.len());
    found.expect(counts.0 == counts.2 && counts.1 == counts.2, || {
        format!("{counts:?} incidents, revisions, filings")
    });
    parts.orphans(&incidents, &mut found);
    for filing in &filings {
        let (id, key): (Uuid, String) = (get(filing, "incident_id"), get(filing, "idempotency_key"));
        match (incidents.get(&id), revisions.get(&get::<Uuid>(filing, "revision_id"))) {
            (Some(number), Some(revision)) if revision.incident.0 == id => {
                parts.check(id, &revision.assessment, &mut found);
                found.opened.insert(number.clone(), parts.opened.get(&id).copied().unwrap_or_default());
                let before = found.numbers.insert(key.clone(), number.clone());
                found.expect(before.is_none(), || format!("{key} was filed twice"));
            }
            _ => found.faults.push(format!("{key} has no incident or no revision")),
        }
    }
    found
}

/// What belongs to the incidents, counted.
struct Parts {
    counts: HashMap<&'static str, HashMap<Uuid, usize>>,
    submitted: HashMap<Uuid, usize>,
    opened: HashMap<Uuid, usize>,
    /// Mails to be sent: a receipt names its incident, a notice its case.
    receipts: HashMap<String, usize>,
    notices: HashMap<String, usize>,
    cases: HashMap<String, Uuid>,
}

impl Parts {
    async fn read(tx: &DatabaseTransaction) -> Self {
        let mut counts = HashMap::new();
        for table in PARTS {
            counts.insert(table, count(tx, &format!("{table} WHERE incident_id IS NOT NULL")).await);
        }
        let cases = rows(tx, "SELECT id, incident_id FROM unit_case").await;
        let case = |row: &QueryResult| (CaseId(get(row, "id")).to_string(), get(row, "incident_id"));
        Self {
            counts,
            submitted: count(tx, "access_entry WHERE use_kind = 'submitted'").await,
            opened: count(tx, "access_entry WHERE use_kind = 'opened'").await,
            receipts: jobs(tx, "report_received", "incident").await,
            notices: jobs(tx, "case_opened", "case").await,
            cases: cases.iter().map(case).collect(),
        }
    }

    /// Nothing is there that belongs to nothing.
    fn orphans(&self, incidents: &HashMap<Uuid, String>, found: &mut Found) {
        let names: HashSet<String> = incidents.keys().map(|id| IncidentId(*id).to_string()).collect();
        let mut orphaned = |known: bool, what: &str| {
            if !known {
                found.orphans.push(format!("{what} of nothing that is there"));
            }
        };
        for (table, counts) in &self.counts {
            orphaned(counts.keys().all(|id| incidents.contains_key(id)), table);
        }
        orphaned(self.receipts.keys().all(|name| names.contains(name)), "a receipt by mail");
        orphaned(self.notices.keys().all(|case| self.cases.contains_key(case)), "a notice by mail");
    }

    /// Everything that the assessment gave rise to is there.
    fn check(&self, incident: Uuid, assessment: &Value, found: &mut Found) {
        let expected = |field: &str| assessment[field].as_array().map_or(0, Vec::len);
        let routes = assessment["routes"].as_array().into_iter().flatten();
        let units: HashSet<&str> = routes.filter_map(|route| route["unit"].as_str()).collect();
        let count = |table: &str| self.counts[table].get(&incident).copied().unwrap_or_default();
        let one = |of: &HashMap<Uuid, usize>| of.get(&incident).copied().unwrap_or_default();
        let receipts = self.receipts.get(&IncidentId(incident).to_string()).copied().unwrap_or_default();
        let cases = self.cases.iter().filter(|(_, of)| **of == incident);
        let told = cases.filter(|(case, _)| self.notices.get(*case) == Some(&1)).count();
        for (what, there, expected) in [
            ("obligations", count("obligation"), expected("obligations")),
            ("guidance", count("guidance_issued"), expected("guidance")),
            ("cases", count("unit_case"), units.len()),
            ("changes", count("change"), units.len()),
            ("entries of the filing", one(&self.submitted), 1),
            ("receipts by mail", receipts, 1),
            ("notices by mail", told, units.len()),
        ] {
            let well = there == expected && expected > 0;
            found.expect(well, || format!("{incident}: {there} {what}, and {expected} expected"));
        }
        let told = count("timeline_entry");
        found.expect(told > units.len(), || format!("{incident}: {told} entries of the timeline"));
    }
}

/// How many jobs of a kind name each subject.
async fn jobs(tx: &DatabaseTransaction, kind: &str, subject: &str) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for row in rows(tx, &format!("SELECT payload FROM job WHERE kind = '{kind}'")).await {
        let payload: Value = get(&row, "payload");
        *counts.entry(payload[subject].as_str().unwrap_or_default().to_owned()).or_default() += 1;
    }
    counts
}

pub(super) async fn rows(tx: &DatabaseTransaction, sql: &str) -> Vec<QueryResult> {
    tx.query_all_raw(Statement::from_string(tx.get_database_backend(), sql)).await.unwrap()
}

async fn count(tx: &DatabaseTransaction, table: &str) -> HashMap<Uuid, usize> {
    let sql = format!("SELECT incident_id, count(*) AS n FROM {table} GROUP BY incident_id");
    let counted = rows(tx, &sql).await;
    counted
        .iter()
        .map(|row| (get(row, "incident_id"), usize::try_from(get::<i64>(row, "n")).unwrap()))
        .collect()
}

pub(super) fn get<T: TryGetable>(row: &QueryResult, column: &str) -> T {
    row.try_get("", column).unwrap()
}
