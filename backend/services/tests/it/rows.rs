//! Looking into the tables behind the services' back.

use sea_orm::{ConnectionTrait, DatabaseBackend, Statement};
use serde_json::Value;
use uuid::Uuid;
use varsel_domain::IncidentId;
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

/// Has the database drop the entries of the log of use in which `name` stands, and say nothing: as whoever owns the tables can.
pub(crate) async fn swallow(house: &House, name: &str) {
    let statements = match house.services.store.connection().get_database_backend() {
        DatabaseBackend::Sqlite => vec![format!(
            "CREATE TRIGGER swallow BEFORE INSERT ON access_entry WHEN NEW.text LIKE '%{name}%' \
             BEGIN SELECT RAISE(IGNORE); END"
        )],
        _ => vec![
            format!(
                "CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS \
                 $$ BEGIN IF NEW.text LIKE '%{name}%' THEN RETURN NULL; END IF; RETURN NEW; END $$"
            ),
            "CREATE TRIGGER swallow BEFORE INSERT ON access_entry FOR EACH ROW EXECUTE FUNCTION swallow()"
                .to_owned(),
        ],
    };
    for sql in statements {
        execute(house, &sql).await;
    }
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
#[derive(Debug, PartialEq)]
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
    let sql = "SELECT text FROM access_entry ORDER BY sequence";
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    let rows = connection.query_all_raw(statement).await.unwrap();
    let entries = rows.iter().map(|row| row.try_get::<String>("", "text").unwrap());
    let entries = entries.map(|text| serde_json::from_str::<Value>(&text).unwrap());
    let word = |entry: &Value, field: &str| entry[field].as_str().unwrap().to_owned();
    let incident = |entry: &Value| entry["incident"].as_str().map(|id| id.parse::<IncidentId>().unwrap().0);
    let told = |entry: Value| Use {
        name: word(&entry, "name"),
        function: word(&entry, "function"),
        kind: word(&entry, "use"),
        incident_id: incident(&entry),
        request_id: word(&entry, "request"),
        detail: entry["detail"].clone(),
    };
    entries.map(told).collect()
}
