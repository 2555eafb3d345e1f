//! Keys are replaced while everybody works (I2), and a server without the right root key says which it needs.

use varsel_domain::OrganisationId;
use varsel_domain::authz::Scope;
use varsel_storage::Error;
use varsel_storage::testing::{on_each_database, vault_of};

use super::{ROOT, fill, incident, minute, name, read, run, server};

#[tokio::test]
async fn another_root_key_is_refused_by_name_and_changes_nothing() {
    on_each_database(async |store| {
        let ids = fill(&store).await;
        let refused = server(&store, 12, &[]).await.unwrap_err();
        assert!(
            refused.to_string().contains(&name(ROOT)) && refused.to_string().contains(&name(12)),
            "{refused}"
        );
        assert!(matches!(refused, Error::RootMissing { .. }), "{refused:?}");
        assert_eq!(read(&server(&store, ROOT, &[]).await.unwrap(), &ids).await.unwrap().len(), 4);
    })
    .await;
}

#[tokio::test]
async fn a_retired_root_key_is_needed_until_everything_is_wrapped_anew() {
    on_each_database(async |store| {
        let ids = fill(&store).await;
        let both = server(&store, 12, &[ROOT]).await.unwrap();
        assert_eq!(read(&both, &ids).await.unwrap().len(), 4);
        let before = both.vault().unwrap().status().await.unwrap();
        assert_eq!((before.owners.get(&name(ROOT)), before.incidents), (Some(&2), 4));
        assert_eq!(both.vault().unwrap().rewrap().await.unwrap(), 2);
        assert_eq!(
            both.vault().unwrap().rewrap().await.unwrap(),
            0,
            "the second time there is nothing to do"
        );
        let after = both.vault().unwrap().status().await.unwrap();
        assert_eq!((after.owners.len(), after.owners.get(&name(12))), (1, Some(&2)));
        let new = server(&store, 12, &[]).await.unwrap();
        assert_eq!(read(&new, &ids).await.unwrap().len(), 4);
        assert!(matches!(server(&store, ROOT, &[]).await, Err(Error::RootMissing { .. })));
    })
    .await;
}

#[tokio::test]
async fn an_organisation_gets_a_new_key_while_it_reports_from_two_servers() {
    on_each_database(async |store| {
        let ids = fill(&store).await;
        let north = OrganisationId(uuid::Uuid::from_u128(1));
        // The other server has unwrapped the old key, and hears of no other.
        let other = server(&store, ROOT, &[]).await.unwrap();
        assert_eq!(read(&other, &ids).await.unwrap().len(), 4);
        let tx = other.begin(&Scope::system()).await.unwrap();
        incident(&tx, north, 20).await;
        tx.commit().await.unwrap();

        let reporting = tokio::spawn({
            let other = other.clone();
            async move {
                for n in 21..41 {
                    let tx = other.begin(&Scope::system()).await.unwrap();
                    incident(&tx, north, n).await;
                    tx.commit().await.unwrap();
                }
            }
        });
        let vault = store.vault().unwrap();
        assert!(vault.renew(north, minute(100)).await.unwrap() >= 4);
        assert!(vault.renew(north, minute(101)).await.unwrap() >= 4);
        reporting.await.unwrap();
        let all: Vec<_> = ids
            .into_iter()
            .chain((20..41).map(|n| varsel_domain::IncidentId(uuid::Uuid::from_u128(n))))
            .collect();
        for reader in [&store, &other] {
            reader.vault().unwrap().forget();
            assert_eq!(read(reader, &all).await.unwrap().len(), 25);
        }
        vault.renew(north, minute(102)).await.unwrap();
        let status = vault.status().await.unwrap();
        assert_eq!(
            (status.owners.values().sum::<u64>(), status.incidents),
            (2, 25),
            "the keys before are gone"
        );
        store.vault().unwrap().forget();
        assert_eq!(read(&store, &all).await.unwrap().len(), 25);
        assert_eq!(vault.organisations().await.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_lost_key_of_an_organisation_is_named() {
    on_each_database(async |store| {
        let ids = fill(&store).await;
        let vault = vault_of(&store);
        if store.is_shared() {
            run(&vault, "ALTER TABLE incident_key DROP CONSTRAINT incident_key_wrapped_by").await;
        } else {
            run(&vault, "UPDATE incident_key SET wrapped_by = NULL").await;
            assert_eq!(read(&server(&store, ROOT, &[]).await.unwrap(), &ids).await.unwrap(), [0; 0]);
            return;
        }
        run(&vault, "DELETE FROM owner_key").await;
        let fresh = server(&store, ROOT, &[]).await.unwrap();
        let lost = read(&fresh, &ids).await.unwrap_err();
        assert!(lost.to_string().contains("restore the newest backup of the vault"), "{lost}");
    })
    .await;
}
