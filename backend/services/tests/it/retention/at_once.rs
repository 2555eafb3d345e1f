//! Erasing at once: two administrators, and nothing opens any more, in no copy either (R2).

use std::path::Path;

use chrono::TimeDelta;
use sea_orm::ConnectionTrait as _;
use serde_json::Value;
use varsel_domain::change::{ChangeStatus, Refusal};
use varsel_services::job::run_due;
use varsel_services::testing::{House, in_each_house, mails_in};
use varsel_services::{Error, change, incident, keys, retention};
use varsel_storage::Store;
use varsel_storage::testing::revisions;

use crate::rows::{count, uses};

const REASON: &str = "They are at the door.";

async fn proposed(house: &House, cvr: Option<&str>) -> varsel_services::change::ChangeView {
    let first = house.request("administrator").await;
    retention::propose_erasure(&house.services, &first, cvr, REASON).await.unwrap().unwrap()
}

async fn approve(house: &House, view: &change::ChangeView) {
    decide(house, view).await;
    work(house, view).await;
}

async fn decide(house: &House, view: &change::ChangeView) {
    let second = house.request("administrator-second").await;
    let (id, digest) = (view.change.id, &view.change.payload_sha256);
    let decided = change::approve(&house.services, &second, id, digest).await.unwrap().unwrap();
    assert_eq!(decided.change.status, ChangeStatus::Executed);
}

async fn work(house: &House, view: &change::ChangeView) {
    let mail = mails_in(std::env::temp_dir().join(format!("varsel_at_once_{}", view.change.id)));
    while run_due(&house.services, &mail).await.unwrap() > 0 {}
}

/// The database as a thief or a backup has it, with the keys there are; on SQLite.
async fn copy(house: &House, path: &Path) -> Option<Store> {
    let store = &house.services.store;
    if store.is_shared() {
        return None;
    }
    store.connection().execute_unprepared(&format!("VACUUM INTO '{}'", path.display())).await.unwrap();
    Some(Store::connect(&format!("sqlite://{}", path.display())).await.unwrap().with_vault_of(store))
}

#[tokio::test]
async fn a_row_that_says_that_one_person_decided_erases_nothing() {
    in_each_house(async |house| {
        house.file("reporter-energy", "first-report").await;
        let view = proposed(&house, None).await;
        decide(&house, &view).await;
        let forged = "UPDATE change_proposal SET decider_id = proposer_id WHERE kind = 'erase_at_once'";
        crate::rows::execute(&house, forged).await;
        work(&house, &view).await;
        assert_eq!(count(&house, "incident").await, 1);
        let status = house.services.store.vault().unwrap().status().await.unwrap();
        assert_eq!((status.incidents, status.destroyed), (1, 0));
    })
    .await;
}

#[tokio::test]
async fn two_erase_what_one_organisation_reported_at_once_and_nothing_else() {
    in_each_house(async |house| {
        let (theirs, _) = house.file("reporter-energy", "first-report").await;
        let (held, _) = house.file("reporter-energy", "second-report").await;
        let (other, _) = house.file("reporter-bank", "third-report").await;
        let cvr = theirs.organisation.cvr.clone().unwrap();
        let until = house.now() + TimeDelta::days(30);
        let administrator = house.request("administrator").await;
        let placed =
            retention::propose_hold(&house.services, &administrator, (&held.number, until), REASON).await;
        approve(&house, &placed.unwrap().unwrap()).await;
        let view = proposed(&house, Some(&cvr)).await;
        assert_eq!(count(&house, "incident").await, 3, "one alone erases nothing");
        let own =
            change::approve(&house.services, &administrator, view.change.id, &view.change.payload_sha256)
                .await;
        assert_eq!(own.unwrap().unwrap_err(), Refusal::OwnProposal);
        approve(&house, &view).await;
        assert_eq!(count(&house, "incident").await, 1, "the hold keeps nothing from it");
        let reporter = house.request("reporter-energy").await;
        for id in [theirs.id, held.id] {
            assert!(incident::open(&house.services, &reporter, id).await.unwrap().is_none());
        }
        let bank = house.request("reporter-bank").await;
        assert!(incident::open(&house.services, &bank, other.id).await.unwrap().is_some());
        let status = house.services.store.vault().unwrap().status().await.unwrap();
        assert_eq!((status.incidents, status.destroyed), (1, 2));
        // Whoever reports afterwards begins anew.
        let (after, _) = house.file("reporter-energy", "fourth-report").await;
        assert!(incident::open(&house.services, &reporter, after.id).await.unwrap().is_some());
        keys::check(&house.services).await.unwrap();
        assert_eq!(count(&house, "incident").await, 2);
        // A server that died before it wrote down that the job was done begins it again.
        crate::rows::execute(
            &house,
            "UPDATE job SET state = 'queued', finished_at = NULL WHERE kind = 'erase_at_once'",
        )
        .await;
        let mail = mails_in(std::env::temp_dir().join(format!("varsel_at_once_again_{}", view.change.id)));
        while run_due(&house.services, &mail).await.unwrap() > 0 {}
        assert_eq!(count(&house, "incident").await, 2, "what was reported since is no part of it");
        let said: Vec<_> = uses(&house).await.into_iter().filter(|it| it.kind == "erased").collect();
        assert_eq!(said.len(), 1);
        assert_eq!(
            (&said[0].detail["at_once"], &said[0].detail["incidents"]),
            (&Value::Bool(true), &Value::from(2))
        );
    })
    .await;
}

#[tokio::test]
async fn two_erase_everything_and_a_copy_of_the_database_opens_nothing() {
    in_each_house(async |house| {
        for (number, handle) in
            ["reporter-energy", "reporter-bank", "reporter-municipality"].iter().enumerate()
        {
            house.file(handle, &format!("report-{number}")).await;
        }
        let folder = tempfile::tempdir().unwrap();
        let copy = copy(&house, &folder.path().join("copy.db")).await;
        if let Some(copy) = &copy {
            assert_eq!(revisions(copy).await.unwrap().len(), 3, "a copy opens as long as the keys are there");
        }
        approve(&house, &proposed(&house, None).await).await;
        house.services.store.vault().unwrap().forget();
        if let Some(copy) = &copy {
            assert_eq!(revisions(copy).await.unwrap().len(), 0);
        }
        for table in ["incident", "facts_revision", "filing", "obligation", "unit_case", "timeline_entry"] {
            assert_eq!(count(&house, table).await, 0, "{table}");
        }
        let vault = house.services.store.vault().unwrap();
        let status = vault.status().await.unwrap();
        assert_eq!((status.incidents, status.destroyed), (0, 3));
        assert_eq!(vault.organisations().await.unwrap(), [], "what wrapped them is gone, too");
        // Again, with nothing left, harms nothing.
        approve(&house, &proposed(&house, None).await).await;
    })
    .await;
}

#[tokio::test]
async fn erasing_at_once_needs_the_right_and_an_organisation_that_is_there() {
    in_each_house(async |house| {
        let (own, _) = house.file("reporter-energy", "first-report").await;
        for handle in ["reporter-energy", "officer-sektorcert", "coordinator", "security-officer"] {
            let request = house.request(handle).await;
            let asked = retention::propose_erasure(&house.services, &request, None, REASON).await;
            assert!(matches!(asked, Err(Error::NotFound { .. })), "{handle}: {asked:?}");
        }
        let administrator = house.request("administrator").await;
        let unknown =
            retention::propose_erasure(&house.services, &administrator, Some("00000000"), REASON).await;
        assert_eq!(unknown.unwrap().unwrap_err(), Refusal::UnknownOrganisation);
        let reason = retention::propose_erasure(
            &house.services,
            &administrator,
            own.organisation.cvr.as_deref(),
            "No",
        )
        .await;
        assert_eq!(reason.unwrap().unwrap_err(), Refusal::ReasonLength);
        assert_eq!(count(&house, "incident").await, 1);
    })
    .await;
}

#[tokio::test]
async fn whoever_administers_and_may_not_erase_neither_proposes_nor_approves_it() {
    in_each_house(async |house| {
        house.file("reporter-energy", "first-report").await;
        let view = proposed(&house, None).await;
        let take = "UPDATE authorisation SET functions = 'administer' WHERE holder_id IN \
             (SELECT id FROM person WHERE demo_handle = 'administrator-second')";
        crate::rows::execute(&house, take).await;
        let second = house.request("administrator-second").await;
        let (id, digest) = (view.change.id, &view.change.payload_sha256);
        let refused = change::approve(&house.services, &second, id, digest).await.unwrap();
        assert_eq!(refused.unwrap_err(), Refusal::LostRight);
        let noted: Vec<_> = second.trail.take().into_iter().map(|noted| noted.code).collect();
        assert_eq!(noted, ["LOST_RIGHT"], "it is a rejected attempt");
        let own = retention::propose_erasure(&house.services, &second, None, REASON).await;
        assert!(matches!(own, Err(Error::NotFound { kind: "change" })), "{own:?}");
        work(&house, &view).await;
        assert_eq!(count(&house, "incident").await, 1);
    })
    .await;
}
