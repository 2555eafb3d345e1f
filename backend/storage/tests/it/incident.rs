//! Incidents: numbers, and who finds them.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta};
use sea_orm::ConnectionTrait as _;
use uuid::Uuid;
use varsel_domain::authorisation::Rights;
use varsel_domain::authz::Scope;
use varsel_domain::{Actor, AuthorisationId, PersonId, RandomIds, Role};
use varsel_storage::testing::on_each_database;
use varsel_storage::{Error, case, dossier, incident, testing};

use crate::builder::{a_case, an_incident, an_organisation};

fn scope(role: Role) -> Scope {
    let rights = Rights::usual(AuthorisationId(Uuid::nil()), &role);
    Scope::of(&Actor { person: PersonId(Uuid::nil()), name: String::new(), role, rights })
}

/// Always the same key.
fn ids() -> RandomIds {
    RandomIds::seeded(7)
}

#[tokio::test]
async fn numbers_are_given_out_once_each_to_twenty_writers_at_once() {
    on_each_database(async |store| {
        let writers: Vec<_> = (0..20)
            .map(|_| {
                let store = store.clone();
                tokio::spawn(async move {
                    let tx = store.begin(&Scope::system()).await.unwrap();
                    let number = incident::next_number(&tx, &ids(), DateTime::UNIX_EPOCH).await.unwrap();
                    tx.commit().await.unwrap();
                    number
                })
            })
            .collect();
        let mut numbers = BTreeSet::new();
        for writer in writers {
            numbers.insert(writer.await.unwrap());
        }
        assert_eq!(numbers.len(), 20);
    })
    .await;
}

#[tokio::test]
async fn a_number_that_was_not_committed_is_given_out_again_and_each_year_begins_anew() {
    on_each_database(async |store| {
        let tx = store.begin(&Scope::system()).await.unwrap();
        let first = incident::next_number(&tx, &ids(), DateTime::UNIX_EPOCH).await.unwrap();
        assert!(first.starts_with("V-1970-"), "{first}");
        drop(tx);
        let tx = store.begin(&Scope::system()).await.unwrap();
        assert_eq!(incident::next_number(&tx, &ids(), DateTime::UNIX_EPOCH).await.unwrap(), first);
        let next_year = DateTime::UNIX_EPOCH + TimeDelta::days(365);
        assert_eq!(
            incident::next_number(&tx, &ids(), next_year).await.unwrap(),
            first.replace("1970", "1971"),
            "the first of its year, too, and the same key here"
        );
        // The key is made once: what another call brings along changes nothing.
        let other = RandomIds::seeded(8);
        let second = incident::next_number(&tx, &other, DateTime::UNIX_EPOCH).await.unwrap();
        drop(tx);
        let tx = store.begin(&Scope::system()).await.unwrap();
        incident::next_number(&tx, &ids(), DateTime::UNIX_EPOCH).await.unwrap();
        assert_eq!(incident::next_number(&tx, &ids(), DateTime::UNIX_EPOCH).await.unwrap(), second);
    })
    .await;
}

#[tokio::test]
async fn a_year_that_began_without_a_key_goes_on_as_it_began() {
    on_each_database(async |store| {
        let begun = "INSERT INTO incident_counter (year, last) VALUES (1970, 41)";
        store.connection().execute_unprepared(begun).await.unwrap();
        let tx = store.begin(&Scope::system()).await.unwrap();
        let next = incident::next_number(&tx, &ids(), DateTime::UNIX_EPOCH).await.unwrap();
        assert_eq!(next, "V-1970-00042");
    })
    .await;
}

#[tokio::test]
async fn a_scope_finds_its_own_incidents_and_no_others() {
    on_each_database(async |store| {
        let tx = store.begin(&Scope::system()).await.unwrap();
        let north = an_organisation(&tx, 1, "Nord").await;
        let south = an_organisation(&tx, 2, "Syd").await;
        let of_north = an_incident(&tx, north, 11, 1).await;
        let of_south = an_incident(&tx, south, 12, 1).await;
        let case_of_south = a_case(&tx, (of_south, "csirt"), 21, None).await;

        let found = async |role: Role| {
            let scope = scope(role);
            let listed = incident::list(&tx, &scope, None, 10).await.unwrap();
            let listed: Vec<_> = listed.into_iter().map(|it| it.id).collect();
            assert_eq!(incident::count(&tx, &scope).await.unwrap(), u64::try_from(listed.len()).unwrap());
            for id in [of_north, of_south] {
                let is_listed = listed.contains(&id);
                assert_eq!(incident::find(&tx, &scope, id).await.unwrap().is_some(), is_listed);
                assert_eq!(incident::lock(&tx, &scope, id).await.unwrap().is_some(), is_listed);
            }
            listed
        };
        assert_eq!(found(Role::Reporter { organisation: north }).await, [of_north]);
        assert_eq!(found(Role::Reporter { organisation: south }).await, [of_south]);
        assert_eq!(found(Role::Officer { unit: "csirt".into() }).await, [of_south]);
        assert_eq!(found(Role::Officer { unit: "sektorcert".into() }).await, []);
        assert_eq!(found(Role::SecurityOfficer).await, []);
        let all = incident::list(&tx, &Scope::system(), None, 10).await.unwrap();
        assert_eq!(all.into_iter().map(|it| it.id).collect::<Vec<_>>(), [of_south, of_north]);

        for (role, sees) in [
            (Role::Officer { unit: "csirt".into() }, true),
            (Role::Officer { unit: "sektorcert".into() }, false),
            (Role::Reporter { organisation: south }, true),
            (Role::Reporter { organisation: north }, false),
        ] {
            assert_eq!(case::find(&tx, &scope(role), case_of_south.id).await.unwrap().is_some(), sees);
        }
    })
    .await;
}

#[tokio::test]
async fn a_unit_gets_one_case_in_an_incident() {
    on_each_database(async |store| {
        let tx = store.begin(&Scope::system()).await.unwrap();
        let organisation = an_organisation(&tx, 1, "Nord").await;
        let incident = an_incident(&tx, organisation, 11, 1).await;
        let mut twin = a_case(&tx, (incident, "csirt"), 21, None).await;
        twin.id = varsel_domain::CaseId(Uuid::from_u128(22));
        let again = case::insert(&tx, &twin, None).await;
        assert!(matches!(again, Err(Error::AlreadyExists { table: "unit_case" })), "{again:?}");
    })
    .await;
}

#[tokio::test]
async fn a_stored_row_that_cannot_be_read_is_an_error_that_names_it() {
    use sea_orm::ConnectionTrait as _;
    on_each_database(async |store| {
        let tx = store.begin(&Scope::system()).await.unwrap();
        let organisation = an_organisation(&tx, 1, "Nord").await;
        let incident = an_incident(&tx, organisation, 11, 1).await;
        let case = a_case(&tx, (incident, "csirt"), 21, None).await;
        let without_facts = dossier::find(&tx, &Scope::system(), incident).await;
        assert!(matches!(without_facts, Err(Error::UnreadableRow { table: "incident", .. })));
        tx.commit().await.unwrap();

        let bare = testing::bare(&store, &Scope::system()).await.unwrap();
        bare.execute_unprepared("UPDATE unit_case SET part = 'spectator'").await.unwrap();
        bare.commit().await.unwrap();
        let tx = store.begin(&Scope::system()).await.unwrap();
        match case::find(&tx, &Scope::system(), case.id).await {
            Err(Error::UnreadableRow { table: "unit_case", id, problem }) => {
                assert_eq!(id, case.id.0.to_string());
                assert!(problem.contains("spectator"), "{problem}");
            }
            other => panic!("{other:?}"),
        }
    })
    .await;
}
