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

async fn pragma(store: &Store, name: &str) -> String {
    let sql = format!("SELECT CAST({name} AS TEXT) AS value FROM pragma_{name}");
    let row = store.connection().query_one_raw(Statement::from_string(DatabaseBackend::Sqlite, sql)).await;
    row.unwrap().unwrap().try_get("", "value").unwrap()
}

#[tokio::test]
async fn a_database_in_a_folder_that_is_not_there_yet_is_made() {
    let folder = std::env::temp_dir().join(format!("varsel-folder-{}", std::process::id()));
    let url = format!("sqlite://{}/deeper/varsel.db", folder.display());
    let store = Store::connect(&url).await.unwrap();
    store.connection().clone().close().await.unwrap();
    assert!(folder.join("deeper/varsel.db").is_file());
    std::fs::remove_dir_all(folder).unwrap();
}
