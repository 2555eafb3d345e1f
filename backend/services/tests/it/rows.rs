//! Looking into the tables behind the services' back.

use sea_orm::{ConnectionTrait, DatabaseBackend, FromQueryResult, Statement};
use serde_json::Value;
use uuid::Uuid;
use varsel_domain::authz::Scope;
use varsel_services::testing::House;
use varsel_storage::testing;

/// Tables that a filing writes.
pub(crate) const WRITTEN: [&str; 11] = [
    "incident_counter",
    "incident",
    "facts_revision",
    "filing",
    "obligation",
    "unit_case",
    "guidance_issued",
    "timeline_entry",
    "change",
    "job",
    "access_entry",
];

/// How many rows a table has.
pub(crate) async fn count(house: &House, table: &str) -> i64 {
    let tx = testing::bare(&house.services.store, &Scope::system()).await.unwrap();
    let sql = format!("SELECT COUNT(*) AS rows FROM {table}");
    let row = tx.query_one_raw(Statement::from_string(tx.get_database_backend(), sql)).await;
    row.unwrap().unwrap().try_get("", "rows").unwrap()
}

/// Runs a statement.
pub(crate) async fn execute(house: &House, sql: &str) {
    let tx = testing::bare(&house.services.store, &Scope::system()).await.unwrap();
    tx.execute_unprepared(sql).await.unwrap();
    tx.commit().await.unwrap();
}

/// Makes every further insert into a table fail, however far the transaction has come.
pub(crate) async fn break_table(house: &House, table: &str) {
    let sql = match house.services.store.connection().get_database_backend() {
        DatabaseBackend::Sqlite => {
            let refuse = "BEGIN SELECT RAISE(ABORT, 'broken'); END";
            format!("CREATE TRIGGER broken_{table} BEFORE INSERT ON {table} {refuse}")
        }
        _ => format!("ALTER TABLE {table} ADD CONSTRAINT broken CHECK (false) NOT VALID"),
    };
    execute(house, &sql).await;
}

/// Ends what [`break_table`] began.
pub(crate) async fn mend_table(house: &House, table: &str) {
    let sql = match house.services.store.connection().get_database_backend() {
        DatabaseBackend::Sqlite => format!("DROP TRIGGER broken_{table}"),
        _ => format!("ALTER TABLE {table} DROP CONSTRAINT broken"),
    };
    execute(house, &sql).await;
}

/// An entry of the access log.
#[derive(Debug, PartialEq, FromQueryResult)]
pub(crate) struct Use {
    pub(crate) name: String,
    pub(crate) function: String,
    pub(crate) kind: String,
    pub(crate) incident_id: Option<Uuid>,
    pub(crate) detail: Value,
    pub(crate) request_id: String,
}

/// The access log, oldest first.
pub(crate) async fn uses(house: &House) -> Vec<Use> {
    let connection = house.services.store.connection();
    let sql = "SELECT name, function, use_kind AS kind, incident_id, detail, request_id FROM access_entry ORDER BY sequence";
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    Use::find_by_statement(statement).all(connection).await.unwrap()
}
