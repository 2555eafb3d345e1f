//! Whether an erasure has erased: rows, keys, and one record of it.

use std::path::Path;

use sea_orm::ConnectionTrait;
use serde_json::Value;
use varsel_services::domain::authz::Scope;
use varsel_storage::{Store, testing};

use super::rounds::copied;
use super::scene::{REPORTS, Scene};
use super::whole::{get, rows};
use super::worker::{keys_url, url};

/// Tables whose rows belong to an incident, whatever they are called.
const TABLES: &str = "SELECT t.name AS name FROM sqlite_master t, pragma_table_info(t.name) c
    WHERE t.type = 'table' AND c.name = 'incident_id'";

/// The log of use, whose entries have a deadline of their own.
const LOG: &str = "access_entry";

/// What is wrong in a directory where so many reports were said to be erased, which were all.
pub(super) async fn faults(data: &Path, reports: usize) -> Vec<String> {
    let mut faults = of_rows_and_record(data, reports).await;
    faults.extend(of_keys(data, reports).await);
    faults
}

async fn of_rows_and_record(data: &Path, reports: usize) -> Vec<String> {
    let store = Store::connect(&url(data)).await.unwrap();
    let tx = testing::bare(&store, &Scope::system()).await.unwrap();
    let mut faults = Vec::new();
    let tables = rows(&tx, TABLES).await;
    let tables = tables.iter().map(|row| get::<String>(row, "name")).filter(|name| name != LOG);
    for table in tables.chain(["incident".to_owned()]) {
        let left: i64 = get(&rows(&tx, &format!("SELECT count(*) AS n FROM {table}")).await[0], "n");
        if left > 0 {
            faults.push(format!("{left} rows of {table} are left"));
        }
    }
    let entries = rows(&tx, "SELECT text FROM access_entry WHERE use_kind = 'erased'").await;
    let entries =
        entries.iter().map(|row| serde_json::from_str::<Value>(&get::<String>(row, "text")).unwrap());
    let said: Vec<u64> = entries.filter_map(|entry| entry["detail"]["incidents"].as_u64()).collect();
    if said != [u64::try_from(reports).unwrap()] {
        faults.push(format!("the log says that {said:?} were erased"));
    }
    tx.rollback().await.unwrap();
    store.close().await.unwrap();
    faults
}

async fn of_keys(data: &Path, reports: usize) -> Vec<String> {
    let vault = Store::connect(&keys_url(data)).await.unwrap();
    let tx = testing::bare(&vault, &Scope::system()).await.unwrap();
    let sql = "SELECT count(*) AS all_of_them, count(wrapped) AS left_over FROM incident_key";
    let row = &rows(&tx, sql).await[0];
    let (all, left): (i64, i64) = (get(row, "all_of_them"), get(row, "left_over"));
    tx.rollback().await.unwrap();
    vault.close().await.unwrap();
    let mut faults = Vec::new();
    if left > 0 {
        faults.push(format!("{left} keys are left"));
    }
    if all != i64::try_from(reports).unwrap() {
        faults.push(format!("{all} keys are known of {reports} reports"));
    }
    faults
}

/// Changes to a database that keep an erasure from being whole, and what is told of each.
const PLANTED: [(&str, &str); 3] = [
    (
        // A table that a later version has, and that nobody thought of.
        "CREATE TABLE remark (incident_id BLOB); INSERT INTO remark SELECT id FROM incident",
        "4 rows of remark are left",
    ),
    (
        "CREATE TRIGGER twice AFTER INSERT ON access_entry WHEN NEW.use_kind = 'erased'
         BEGIN INSERT INTO erasure_under_way (what, \"rows\") VALUES ('incidents', 4); END",
        "the log says that [4, 4] were erased",
    ),
    (
        "CREATE TRIGGER unsaid AFTER INSERT ON erasure_under_way WHEN NEW.what = 'incidents'
         BEGIN DELETE FROM erasure_under_way WHERE what = 'incidents'; END",
        "the log says that [] were erased",
    ),
];

#[tokio::test]
async fn an_erasure_that_is_not_whole_is_found() {
    let scene = Scene::erase();
    let template = scene.template().await;
    let mut sent = scene.sent();
    sent.finish();
    for (plant, told) in PLANTED {
        let data = copied(template.path());
        let store = Store::connect(&url(data.path())).await.unwrap();
        store.connection().execute_unprepared(plant).await.unwrap();
        store.close().await.unwrap();
        // As somebody does who got no answer, twice.
        scene.again(data.path(), &sent).await;
        let faults = scene.again(data.path(), &sent).await;
        assert!(faults.iter().any(|fault| fault.contains(told)), "{plant}: {faults:?}");
    }
    let data = copied(template.path());
    let faults = scene.faults(data.path(), &sent).await;
    let told = format!("{REPORTS} keys are left");
    assert!(faults.contains(&told), "{faults:?}");
}
