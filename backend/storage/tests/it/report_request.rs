//! What authorities asked for: kept as it was asked, and seen by whoever sees the incident.

use uuid::Uuid;
use varsel_domain::authorisation::Rights;
use varsel_domain::authz::Scope;
use varsel_domain::incident::ReportRequest;
use varsel_domain::organisation::Person;
use varsel_domain::rules::Request;
use varsel_domain::{Actor, AuthorisationId, IncidentId, PersonId, ReportRequestId, Role};
use varsel_storage::testing::on_each_database;
use varsel_storage::{Error, Store, dossier, report_request};

use crate::builder::{a_case, a_person, an_incident, an_organisation, minute};

fn scope(role: Role) -> Scope {
    let rights = Rights::usual(AuthorisationId(Uuid::nil()), &role);
    Scope::of(&Actor { person: PersonId(Uuid::nil()), name: String::new(), role, rights })
}

fn asked(n: u128, incident: IncidentId, by: &Person, due: Option<i64>) -> ReportRequest {
    let (regime, stage) = ("nis2_dk".to_owned(), "intermediate_report".to_owned());
    let at = minute(i64::try_from(n).unwrap());
    ReportRequest {
        id: ReportRequestId(Uuid::from_u128(n)),
        incident,
        unit: "csirt".into(),
        asked: Request { regime, stage, at, due: due.map(minute) },
        by: by.id,
        by_name: by.name.clone(),
    }
}

/// Two incidents of two organisations; the first has a case of the cyber centre.
async fn fill(store: &Store) -> (IncidentId, IncidentId, Person) {
    let tx = store.begin(&Scope::system()).await.unwrap();
    let north = an_organisation(&tx, 1, "Nord").await;
    let south = an_organisation(&tx, 2, "Syd").await;
    let (first, second) = (an_incident(&tx, north, 10, 1).await, an_incident(&tx, south, 11, 1).await);
    a_case(&tx, (first, "csirt"), 20, None).await;
    let officer = a_person(&tx, 30, "Thomas Vang").await;
    tx.commit().await.unwrap();
    (first, second, officer)
}

#[tokio::test]
async fn a_request_is_read_as_it_was_asked_oldest_first_by_whoever_sees_the_incident() {
    on_each_database(async |store| {
        let (first, second, officer) = fill(&store).await;
        let csirt = scope(Role::Officer { unit: "csirt".into() });
        let (later, earlier) = (asked(41, first, &officer, Some(99)), asked(40, first, &officer, None));
        let tx = store.begin(&csirt).await.unwrap();
        report_request::insert(&tx, &later).await.unwrap();
        report_request::insert(&tx, &earlier).await.unwrap();
        tx.commit().await.unwrap();
        let tx = store.begin_snapshot(&csirt).await.unwrap();
        assert_eq!(dossier::requests(&tx, &csirt, first).await.unwrap(), [earlier, later]);
        assert_eq!(dossier::requests(&tx, &csirt, second).await.unwrap(), []);
        drop(tx);
        let other = scope(Role::Officer { unit: "sektorcert".into() });
        let tx = store.begin_snapshot(&other).await.unwrap();
        assert_eq!(dossier::requests(&tx, &other, first).await.unwrap(), []);
        // The wall of the database, where a query has forgotten whom it is for.
        let leaked = dossier::requests(&tx, &Scope::system(), first).await.unwrap();
        assert_eq!(leaked.len(), if store.is_shared() { 0 } else { 2 });
    })
    .await;
}

#[tokio::test]
async fn nobody_asks_for_a_report_on_an_incident_that_is_not_there_or_not_seen() {
    on_each_database(async |store| {
        let (_, second, officer) = fill(&store).await;
        let tx = store.begin(&Scope::system()).await.unwrap();
        let nowhere = asked(50, IncidentId(Uuid::from_u128(999)), &officer, None);
        assert!(matches!(report_request::insert(&tx, &nowhere).await, Err(Error::Database(_))));
        drop(tx);
        let csirt = scope(Role::Officer { unit: "csirt".into() });
        let tx = store.begin(&csirt).await.unwrap();
        let hidden = report_request::insert(&tx, &asked(51, second, &officer, None)).await;
        assert_eq!(hidden.is_err(), store.is_shared(), "{hidden:?}");
    })
    .await;
}
