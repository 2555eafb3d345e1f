//! How the severity was confirmed: kept as it was, the last one holds, and only whoever sees the incident sees it.

use uuid::Uuid;
use varsel_domain::authorisation::Rights;
use varsel_domain::authz::Scope;
use varsel_domain::organisation::Person;
use varsel_domain::severity::SeverityConfirmation;
use varsel_domain::{Actor, AuthorisationId, ConfirmationId, IncidentId, PersonId, Role, UnitId};
use varsel_storage::queue::{self, Criteria};
use varsel_storage::testing::on_each_database;
use varsel_storage::{Error, Store, Tx, dossier, incident, revision, severity_confirmation};

use crate::builder::{a_case, a_person, an_incident, an_organisation, first_revision, minute};

fn officer_of(unit: &str) -> Scope {
    let role = Role::Officer { unit: unit.into() };
    let rights = Rights::usual(AuthorisationId(Uuid::nil()), &role);
    Scope::of(&Actor { person: PersonId(Uuid::nil()), name: String::new(), role, rights })
}

fn confirmed(incident: IncidentId, number: u32, level: u8, by: &Person) -> SeverityConfirmation {
    SeverityConfirmation {
        id: ConfirmationId(Uuid::from_u128(u128::from(number) + incident.0.as_u128() * 100)),
        incident,
        number,
        level,
        proposed: 1,
        revision: 1,
        justification: (level != 1).then(|| "Fordi backuppen virker: æøå.".to_owned()),
        unit: "csirt".into(),
        by: by.id,
        by_name: by.name.clone(),
        at: minute(number.into()),
    }
}

/// Two incidents of level 1, due alike; the cyber centre has a case in both, the sector's unit in the first.
async fn fill(store: &Store) -> (IncidentId, IncidentId, Person) {
    let tx = store.begin(&Scope::system()).await.unwrap();
    let north = an_organisation(&tx, 1, "Nord").await;
    let (first, second) = (an_incident(&tx, north, 10, 1).await, an_incident(&tx, north, 11, 1).await);
    for (incident, unit, n) in [(first, "csirt", 20), (second, "csirt", 21), (first, "sektorcert", 22)] {
        a_case(&tx, (incident, unit), n, None).await;
    }
    for id in [first, second] {
        revision::insert(&tx, &first_revision(id, 1)).await.unwrap();
    }
    let officer = a_person(&tx, 30, "Thomas Vang").await;
    tx.commit().await.unwrap();
    (first, second, officer)
}

async fn order(tx: &Tx, least: Option<u8>) -> Vec<IncidentId> {
    let criteria = Criteria { min_severity: least, ..Criteria::default() };
    let (scope, unit) = (officer_of("csirt"), UnitId::from("csirt"));
    let rows = queue::list(tx, (&scope, &unit), &criteria, None, 10).await.unwrap();
    let count = queue::count(tx, &scope, &unit, &criteria).await.unwrap();
    assert_eq!(usize::try_from(count).unwrap(), rows.len());
    for row in &rows {
        assert_eq!(row.key.severity, row.incident.effective_severity());
    }
    rows.into_iter().map(|row| row.incident.id).collect()
}

#[tokio::test]
async fn the_last_confirmation_holds_and_queues_go_by_it_whatever_is_proposed_later() {
    on_each_database(async |store| {
        let (first, second, officer) = fill(&store).await;
        let csirt = officer_of("csirt");
        let tx = store.begin(&csirt).await.unwrap();
        assert_eq!(order(&tx, None).await, [first, second], "equal, so the oldest first");
        let (one, two) = (confirmed(second, 1, 4, &officer), confirmed(second, 2, 2, &officer));
        for it in [&one, &two] {
            severity_confirmation::insert(&tx, it).await.unwrap();
        }
        assert_eq!(order(&tx, None).await, [second, first]);
        assert_eq!(order(&tx, Some(2)).await, [second]);
        assert_eq!(order(&tx, Some(3)).await, []);
        incident::set_assessed(&tx, second, 5, "2026.1").await.unwrap();
        incident::set_assessed(&tx, first, 3, "2026.1").await.unwrap();
        assert_eq!(order(&tx, None).await, [first, second], "a proposal does not undo a confirmation");
        let known = dossier::find(&tx, &csirt, second).await.unwrap().unwrap();
        assert_eq!((known.incident.severity, known.incident.confirmed_severity), (5, Some(2)));
        assert_eq!(known.confirmation(), Some(&two));
        assert_eq!(known.confirmations, [one, two], "the first one is still there");
        let other = dossier::find(&tx, &csirt, first).await.unwrap().unwrap();
        assert_eq!((other.confirmation(), other.incident.confirmed_severity), (None, None));
    })
    .await;
}

#[tokio::test]
async fn two_at_once_cannot_both_be_the_next_and_nobody_confirms_what_they_do_not_see() {
    on_each_database(async |store| {
        let (first, second, officer) = fill(&store).await;
        let sector = officer_of("sektorcert");
        let tx = store.begin(&sector).await.unwrap();
        severity_confirmation::insert(&tx, &confirmed(first, 1, 2, &officer)).await.unwrap();
        tx.commit().await.unwrap();
        let tx = store.begin(&sector).await.unwrap();
        let twin = SeverityConfirmation {
            id: ConfirmationId(Uuid::from_u128(9)),
            ..confirmed(first, 1, 3, &officer)
        };
        let again = severity_confirmation::insert(&tx, &twin).await;
        assert!(matches!(again, Err(Error::AlreadyExists { .. })), "{again:?}");
        drop(tx);
        // The wall of the database, where nothing has asked for whom it writes.
        let tx = store.begin(&sector).await.unwrap();
        let hidden = severity_confirmation::insert(&tx, &confirmed(second, 1, 2, &officer)).await;
        assert_eq!(hidden.is_err(), store.is_shared(), "{hidden:?}");
        drop(tx);
        let outside = officer_of("finanstilsynet");
        let tx = store.begin_snapshot(&outside).await.unwrap();
        assert!(dossier::find(&tx, &outside, first).await.unwrap().is_none());
        let leaked = dossier::confirmations(&tx, &Scope::system(), first).await.unwrap();
        assert_eq!(leaked.len(), usize::from(!store.is_shared()));
    })
    .await;
}
