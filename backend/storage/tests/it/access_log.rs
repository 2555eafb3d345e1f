//! Entries of the log of use, committed with the grounds they came about on.

use std::collections::BTreeSet;

use serde_json::json;
use uuid::Uuid;
use varsel_domain::access::{AccessEntry, UseKind};
use varsel_domain::authorisation::{Authorisation, Function, Reach, State};
use varsel_domain::authz::Scope;
use varsel_domain::{AuthorisationId, EntryId, RandomIds};
use varsel_storage::access_log::{self, Sought};
use varsel_storage::testing::{self, on_each_database};
use varsel_storage::{Store, authorisation, authorisation_use};

use crate::builder::{a_person, an_authorisation, minute};

/// A right that somebody holds.
async fn a_right(store: &Store) -> AuthorisationId {
    let tx = store.begin(&Scope::nothing()).await.unwrap();
    let holder = a_person(&tx, 1, "Freja Holm").await.id;
    let reads = (BTreeSet::from([Function::Read]), Reach::Unit("csirt".into()));
    let held = Authorisation { holder, ..an_authorisation(0, reads, (-1, None), State::Active) };
    authorisation::insert(&tx, &held).await.unwrap();
    tx.commit().await.unwrap();
    held.id
}

fn entries(first: u128, count: u128) -> Vec<AccessEntry> {
    let entry = |n| AccessEntry {
        id: EntryId(Uuid::from_u128(n)),
        at: minute(0),
        person: None,
        name: "Freja Holm".to_owned(),
        function: "officer of csirt".to_owned(),
        use_kind: UseKind::Opened,
        incident: None,
        detail: json!({ "parts": ["number"] }),
        request_id: format!("request-{n}"),
    };
    (first..first + count).map(entry).collect()
}

/// How many entries there are, and how often the right was used.
async fn written(store: &Store, right: AuthorisationId) -> (u64, u64) {
    let tx = store.begin(&Scope::nothing()).await.unwrap();
    let logged = access_log::count(&tx, &Sought::default()).await.unwrap();
    let used = authorisation_use::of(&tx, [right]).await.unwrap();
    (logged, used.values().flat_map(|by_function| by_function.values()).map(|used| used.uses).sum())
}

#[tokio::test]
async fn entries_and_their_grounds_are_committed_together_or_not_at_all() {
    on_each_database(async |store| {
        let right = a_right(&store).await;
        let (held, unknown) =
            ((right, Function::Read), (AuthorisationId(Uuid::from_u128(9)), Function::Read));
        let at = minute(0);
        access_log::commit(&store, &RandomIds::from_system(), &entries(1, 3), &[(held, at); 2])
            .await
            .unwrap();
        assert_eq!(written(&store, right).await, (3, 2));
        let refused = access_log::commit(
            &store,
            &RandomIds::from_system(),
            &entries(10, 2),
            &[(held, at), (unknown, at)],
        )
        .await;
        assert!(refused.unwrap_err().to_string().to_uppercase().contains("FOREIGN KEY"));
        assert_eq!(written(&store, right).await, (3, 2), "neither the entries nor the right that is held");
        // An id that is there already: the grounds go with the entries.
        access_log::commit(&store, &RandomIds::from_system(), &entries(1, 1), &[(held, at)])
            .await
            .unwrap_err();
        assert_eq!(written(&store, right).await, (3, 2));
    })
    .await;
}

#[tokio::test]
async fn any_number_of_entries_and_grounds_can_be_committed() {
    on_each_database(async |store| {
        let right = a_right(&store).await;
        let grounds = vec![((right, Function::Read), minute(0)); 1_001];
        let (mut logged, mut used) = (0, 0);
        for (count, with) in [(0, 0), (1, 0), (0, 1), (500, 500), (501, 1), (1, 501), (1_001, 1_001)] {
            let these = entries(1 + u128::from(logged), count);
            access_log::commit(&store, &RandomIds::from_system(), &these, &grounds[..with]).await.unwrap();
            logged += u64::try_from(count).unwrap();
            used += u64::try_from(with).unwrap();
            assert_eq!(written(&store, right).await, (logged, used), "{count} with {with}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_role_of_the_server_may_commit_them() {
    on_each_database(async |store| {
        let right = a_right(&store).await;
        let server = testing::as_server(&store).await.unwrap();
        let grounds = [((right, Function::Read), minute(0))];
        access_log::commit(&server, &RandomIds::from_system(), &entries(1, 2), &grounds).await.unwrap();
        assert_eq!(written(&store, right).await, (2, 1));
    })
    .await;
}
