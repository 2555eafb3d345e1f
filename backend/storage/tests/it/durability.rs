//! What a commit promises, and what a transaction that was dropped leaves behind.

use sea_orm::{ConnectionTrait, DatabaseBackend, Statement};
use varsel_domain::authz::Scope;
use varsel_storage::testing::{self, on_each_database};
use varsel_storage::{Store, incident, organisation};

use crate::builder::{an_incident, an_organisation};

#[tokio::test]
async fn a_dropped_transaction_leaves_nothing() {
    on_each_database(async |store| {
        let tx = store.begin(&Scope::system()).await.unwrap();
        let organisation = an_organisation(&tx, 1, "Nord").await;
        an_incident(&tx, organisation, 11, 1).await;
        drop(tx);
        let tx = store.begin(&Scope::system()).await.unwrap();
        assert_eq!(organisation::find(&tx, organisation).await.unwrap(), None);
        assert_eq!(incident::count(&tx, &Scope::system()).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_row_without_what_it_refers_to_is_refused() {
    on_each_database(async |store| {
        let orphan = "INSERT INTO incident_counter (year, last) VALUES (1, 1); \
            INSERT INTO change (at, kind, incident_id, case_id, unit) \
            SELECT received_at, 'case_opened', id, id, 'csirt' FROM incident";
        let tx = store.begin(&Scope::system()).await.unwrap();
        let organisation = an_organisation(&tx, 1, "Nord").await;
        an_incident(&tx, organisation, 11, 1).await;
        tx.commit().await.unwrap();
        let bare = testing::bare(&store, &Scope::system()).await.unwrap();
        let refused = bare.execute_unprepared(orphan).await;
        assert!(refused.unwrap_err().to_string().to_uppercase().contains("FOREIGN KEY"));
    })
    .await;
}

#[tokio::test]
async fn sqlite_writes_every_commit_to_disk_before_it_is_answered() {
    on_each_database(async |store| {
        if store.connection().get_database_backend() != DatabaseBackend::Sqlite {
            return;
        }
        assert_eq!(pragma(&store, "synchronous").await, "2");
        assert_eq!(pragma(&store, "journal_mode").await, "wal");
        assert_eq!(pragma(&store, "foreign_keys").await, "1");
    })
    .await;
}

#[tokio::test]
async fn postgresql_reads_what_is_committed_whatever_the_settings_of_the_database_are() {
    on_each_database(async |store| {
        if !store.is_shared() {
            return;
        }
        let otherwise = "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_isolation = serializable', \
            current_database()); END $$";
        store.connection().execute_unprepared(otherwise).await.unwrap();
        let server = testing::as_server(&store).await.unwrap();
        let tx = testing::bare(&server, &Scope::nothing()).await.unwrap();
        let show = Statement::from_string(DatabaseBackend::Postgres, "SHOW transaction_isolation");
        let level: String =
            tx.query_one_raw(show).await.unwrap().unwrap().try_get("", "transaction_isolation").unwrap();
        assert_eq!(level, "read committed");
    })
    .await;
}

async fn pragma(store: &Store, name: &str) -> String {
    let sql = format!("SELECT CAST({name} AS TEXT) AS value FROM pragma_{name}");
    let row = store.connection().query_one_raw(Statement::from_string(DatabaseBackend::Sqlite, sql)).await;
    row.unwrap().unwrap().try_get("", "value").unwrap()
}

/// More rows than fit into a database that may not grow.
const TOO_MUCH: &str = "INSERT INTO incident_counter (year, last) \
    WITH RECURSIVE years(year) AS (SELECT 1 UNION ALL SELECT year + 1 FROM years WHERE year < 50000) SELECT year, 1 FROM years";

#[tokio::test]
async fn what_is_committed_after_the_disk_was_full_is_committed() {
    on_each_database(async |store| {
        if store.connection().get_database_backend() != DatabaseBackend::Sqlite {
            return;
        }
        store.connection().execute_unprepared("PRAGMA max_page_count = 1").await.unwrap();
        let full = testing::bare(&store, &Scope::nothing()).await.unwrap();
        let refused = full.execute_unprepared(TOO_MUCH).await.unwrap_err();
        assert!(varsel_storage::Error::from(refused).is_full());
        drop(full);
        let tx = testing::bare(&store, &Scope::nothing()).await.unwrap();
        tx.execute_unprepared("INSERT INTO incident_counter (year, last) VALUES (9999, 1)").await.unwrap();
        tx.commit().await.unwrap();
        let list = Statement::from_string(DatabaseBackend::Sqlite, "PRAGMA database_list");
        let file = store.connection().query_one_raw(list).await.unwrap().unwrap();
        let file: String = file.try_get("", "file").unwrap();
        // Another connection sees what is committed, and nothing else.
        let other = Store::connect(&format!("sqlite://{file}")).await.unwrap();
        let years = Statement::from_string(DatabaseBackend::Sqlite, "SELECT year FROM incident_counter");
        assert_eq!(other.connection().query_all_raw(years).await.unwrap().len(), 1);
        other.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_database_in_a_folder_that_is_not_there_yet_is_made() {
    let folder = std::env::temp_dir().join(format!("varsel-folder-{}", std::process::id()));
    let url = format!("sqlite://{}/deeper/varsel.db", folder.display());
    let store = Store::connect(&url).await.unwrap();
    store.close().await.unwrap();
    assert!(folder.join("deeper/varsel.db").is_file());
    std::fs::remove_dir_all(folder).unwrap();
}
