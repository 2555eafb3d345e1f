//! A key that is destroyed erases, one that is missing is said, and the two are never taken for each other.

use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, DatabaseBackend, Statement};
use varsel_domain::authz::Scope;
use varsel_storage::keys::{destroy_orphans, destroyed_incidents, without_key};
use varsel_storage::retention::erase_again;
use varsel_storage::testing::{on_each_database, vault_of};
use varsel_storage::{Error, dossier};

use super::{ROOT, fill, incident, minute, read, run, server};

#[tokio::test]
async fn what_was_sealed_with_a_destroyed_key_is_gone_in_every_copy() {
    on_each_database(async |store| {
        let ids = fill(&store).await;
        // The rows stay, as they would in a backup of yesterday.
        store.vault().unwrap().destroy(ids[1], minute(50)).await.unwrap();
        for server in [store.clone(), server(&store, ROOT, &[]).await.unwrap()] {
            assert_eq!(read(&server, &ids).await.unwrap(), [10, 12, 13]);
            let tx = server.begin(&Scope::system()).await.unwrap();
            assert!(dossier::find(&tx, &Scope::system(), ids[1]).await.unwrap().is_none());
        }
        let status = store.vault().unwrap().status().await.unwrap();
        assert_eq!((status.incidents, status.destroyed), (3, 1));
        assert_eq!(destroyed_incidents(&store).await.unwrap(), [ids[1]]);
        let tx = store.begin(&Scope::system()).await.unwrap();
        erase_again(&tx, ids[1]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(destroyed_incidents(&store).await.unwrap(), []);
        assert_eq!(without_key(&store).await.unwrap(), [], "an erased incident is not one without a key");
    })
    .await;
}

#[tokio::test]
async fn a_destroyed_key_leaves_no_byte_in_the_file_of_the_vault() {
    on_each_database(async |store| {
        if store.is_shared() {
            return;
        }
        let ids = fill(&store).await;
        let vault = vault_of(&store);
        let column = async |sql: &str| -> String {
            let statement = Statement::from_string(DatabaseBackend::Sqlite, sql);
            let row = vault.connection().query_one_raw(statement).await.unwrap().unwrap();
            row.try_get_by_index(0).unwrap()
        };
        let wrapped = column("SELECT wrapped FROM incident_key ORDER BY made_at LIMIT 1").await;
        let file = column("SELECT file FROM pragma_database_list").await;
        let remains = || {
            let mut bytes = std::fs::read(&file).unwrap();
            bytes.extend(std::fs::read(format!("{file}-wal")).unwrap_or_default());
            bytes.windows(wrapped.len()).any(|window| window == wrapped.as_bytes())
        };
        assert!(remains(), "the control: there it is");
        store.vault().unwrap().destroy(ids[0], minute(50)).await.unwrap();
        store.vault().unwrap().scrub().await.unwrap();
        assert!(!remains());
    })
    .await;
}

#[tokio::test]
async fn an_incident_without_a_key_is_said_and_is_no_erased_one() {
    on_each_database(async |store| {
        let ids = fill(&store).await;
        run(
            &vault_of(&store),
            "DELETE FROM incident_key WHERE made_at = (SELECT min(made_at) FROM incident_key)",
        )
        .await;
        store.vault().unwrap().forget();
        let missing = read(&store, &ids).await.unwrap_err();
        assert!(
            matches!(&missing, Error::KeyMissing { incident } if *incident == ids[0].0.to_string()),
            "{missing:?}"
        );
        assert!(missing.to_string().contains("keys.database"), "{missing}");
        assert_eq!(without_key(&store).await.unwrap(), [ids[0]]);
        assert_eq!(destroyed_incidents(&store).await.unwrap(), []);
        assert_eq!(read(&store, &ids[1..]).await.unwrap(), [11, 12, 13]);
    })
    .await;
}

#[tokio::test]
async fn a_key_whose_report_was_never_committed_is_destroyed_and_no_other() {
    on_each_database(async |store| {
        let ids = fill(&store).await;
        let tx = store.begin(&Scope::system()).await.unwrap();
        let north = varsel_domain::OrganisationId(uuid::Uuid::from_u128(1));
        incident(&tx, north, 30).await;
        drop(tx);
        let made = minute(30);
        assert_eq!(
            destroy_orphans(&store, made, minute(99)).await.unwrap(),
            0,
            "it may be about to be committed"
        );
        assert_eq!(destroy_orphans(&store, made + TimeDelta::seconds(1), minute(99)).await.unwrap(), 1);
        assert_eq!(destroy_orphans(&store, made + TimeDelta::seconds(1), minute(99)).await.unwrap(), 0);
        store.vault().unwrap().forget();
        assert_eq!(read(&store, &ids).await.unwrap().len(), 4);
        let tx = store.begin(&Scope::system()).await.unwrap();
        let again = varsel_storage::incident::find(&tx, &Scope::system(), ids[0]).await.unwrap().unwrap();
        let reused = varsel_domain::incident::Incident {
            id: varsel_domain::IncidentId(uuid::Uuid::from_u128(30)),
            ..again
        };
        let outcome = varsel_storage::incident::insert(&tx, &reused).await;
        assert!(
            matches!(outcome, Err(Error::AlreadyExists { .. })),
            "a destroyed key is never used again: {outcome:?}"
        );
    })
    .await;
}
