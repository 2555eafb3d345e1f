//! Keys are replaced by two administrators, as soon as the second approves; at the command line as they approved it, or alone with
//! a reason. Whatever one tries alone is refused (attack D9).

use std::sync::Arc;

use chrono::TimeDelta;
use serde_json::{Value, json};
use varsel_domain::RandomIds;
use varsel_domain::change::{ChangeStatus, LIFETIME, Refusal};
use varsel_services::change::{self, ChangeView};
use varsel_services::job::run_due;
use varsel_services::keys::{Replaced, What, Word};
use varsel_services::testing::{House, in_each_house, mails_in};
use varsel_services::{Error, incident, keys};
use varsel_storage::keys::{RootKey, RootKeys, Vault};
use varsel_storage::testing::vault_of;

use crate::rows::{execute, uses};

const REASON: &str = "Somebody may have seen it.";
/// The root key of the tests' vaults.
const OLD: u8 = 11;
const NEW: u8 = 12;
const NEWEST: u8 = 13;

fn root(byte: u8) -> RootKey {
    RootKey::new([byte; 32])
}

fn name(byte: u8) -> String {
    root(byte).name().to_owned()
}

/// The house as a server with these root keys has it.
async fn with_roots(house: &House, current: u8, retired: &[u8]) -> House {
    let mut house = house.clone();
    let roots = RootKeys::new(root(current), retired.iter().map(|byte| root(*byte)).collect());
    let ids = Arc::new(RandomIds::from_system());
    let vault = Vault::open(vault_of(&house.services.store), roots, ids).await.unwrap();
    house.services.store = house.services.store.clone().with_vault(Arc::new(vault));
    house
}

async fn needed(house: &House) -> Vec<String> {
    house.services.store.vault().unwrap().status().await.unwrap().owners.into_keys().collect()
}

async fn replacement(house: &House) -> ChangeView {
    let first = house.request("administrator").await;
    keys::propose_replacement(&house.services, &first, REASON).await.unwrap().unwrap()
}

async fn renewal(house: &House, cvr: Option<&str>) -> ChangeView {
    let first = house.request("administrator").await;
    keys::propose_renewal(&house.services, &first, cvr, REASON).await.unwrap().unwrap()
}

async fn decide(house: &House, handle: &str, view: &ChangeView) -> change::Outcome {
    let by = house.request(handle).await;
    change::approve(&house.services, &by, view.change.id, &view.change.payload_sha256).await.unwrap()
}

async fn approve(house: &House, view: &ChangeView) {
    let decided = decide(house, "administrator-second", view).await.unwrap();
    assert_eq!(decided.change.status, ChangeStatus::Executed);
}

async fn run_jobs(house: &House) {
    let folder = tempfile::tempdir().unwrap();
    while run_due(&house.services, &mails_in(folder.path().to_owned())).await.unwrap() > 0 {}
}

/// What the log says of replaced keys.
async fn replaced(house: &House) -> Vec<(String, Value)> {
    let told = uses(house).await.into_iter().filter(|entry| entry.kind == "keys_replaced");
    told.map(|entry| (entry.function, entry.detail)).collect()
}

#[tokio::test]
async fn two_put_a_root_key_in_the_place_of_the_retired_one_and_one_alone_does_not() {
    in_each_house(async |house| {
        let (own, _) = house.file("reporter-energy", "first-report").await;
        let house = with_roots(&house, NEW, &[OLD]).await;
        for handle in ["reporter-energy", "officer-sektorcert", "coordinator", "security-officer"] {
            let request = house.request(handle).await;
            let asked = keys::propose_replacement(&house.services, &request, REASON).await;
            assert!(matches!(asked, Err(Error::NotFound { .. })), "{handle}: {asked:?}");
        }
        let view = replacement(&house).await;
        assert_eq!(
            view.change.title().en,
            format!("Put the root key {} in the place of {}", name(NEW), name(OLD))
        );
        run_jobs(&house).await;
        assert_eq!(needed(&house).await, [name(OLD)], "one alone replaces nothing");
        assert_eq!(decide(&house, "administrator", &view).await.unwrap_err(), Refusal::OwnProposal);
        assert_eq!(keys::rewrap(&house.services, Word::Two).await.unwrap(), Replaced::NotApproved);
        approve(&house, &view).await;
        run_jobs(&house).await;
        assert_eq!(needed(&house).await, [name(NEW)]);
        let detail = json!({ "change": view.change.id, "root": name(NEW), "keys": 1 });
        assert_eq!(replaced(&house).await, [("system".to_owned(), detail)]);
        // Done: neither the command nor the job does it again, and there is none to propose.
        assert_eq!(keys::rewrap(&house.services, Word::Two).await.unwrap(), Replaced::NotApproved);
        let first = house.request("administrator").await;
        let again = keys::propose_replacement(&house.services, &first, REASON).await.unwrap();
        assert_eq!(again.unwrap_err(), Refusal::NothingRetired);
        let without = with_roots(&house, NEW, &[]).await;
        let reporter = without.request("reporter-energy").await;
        assert!(incident::open(&without.services, &reporter, own.id).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn a_server_that_wraps_with_another_root_key_waits_for_one_that_has_it() {
    in_each_house(async |house| {
        house.file("reporter-energy", "first-report").await;
        let new = with_roots(&house, NEW, &[OLD]).await;
        let view = replacement(&new).await;
        // The old server approves what the new one proposed: it must not do it.
        approve(&house, &view).await;
        run_jobs(&house).await;
        assert_eq!(needed(&house).await, [name(OLD)]);
        assert_eq!(replaced(&house).await, []);
        let told = keys::rewrap(&house.services, Word::Two).await.unwrap();
        assert_eq!(told, Replaced::OtherRoot { approved: name(NEW) });
        let administrator = new.request("administrator").await;
        let waits = keys::read(&new.services, &administrator).await.unwrap().approved;
        assert_eq!(waits.iter().map(|it| it.change).collect::<Vec<_>>(), [view.change.id]);
        house.advance(TimeDelta::minutes(1));
        run_jobs(&new).await;
        assert_eq!(needed(&house).await, [name(NEW)]);
        assert_eq!(keys::read(&new.services, &administrator).await.unwrap().approved, []);
    })
    .await;
}

/// An approval that nobody could carry out yet is void once another root key was approved and put in.
#[tokio::test]
async fn an_older_approval_replaces_no_root_key_that_was_put_in_since() {
    in_each_house(async |house| {
        house.file("reporter-energy", "first-report").await;
        let first = replacement(&with_roots(&house, NEW, &[OLD]).await).await;
        approve(&house, &first).await;
        run_jobs(&house).await;
        house.advance(TimeDelta::minutes(1));
        let newest = with_roots(&house, NEWEST, &[OLD]).await;
        let second = replacement(&newest).await;
        approve(&newest, &second).await;
        run_jobs(&newest).await;
        assert_eq!(needed(&newest).await, [name(NEWEST)]);
        let back = with_roots(&house, NEW, &[NEWEST]).await;
        for _ in 0..3 {
            house.advance(TimeDelta::hours(1));
            run_jobs(&back).await;
        }
        assert_eq!(keys::rewrap(&back.services, Word::Two).await.unwrap(), Replaced::NotApproved);
        assert_eq!(needed(&back).await, [name(NEWEST)]);
    })
    .await;
}

#[tokio::test]
async fn an_approval_is_of_the_root_keys_that_were_needed_when_it_was_proposed() {
    in_each_house(async |house| {
        house.file("reporter-energy", "first-report").await;
        let new = with_roots(&house, NEW, &[OLD]).await;
        let (view, twice) = (replacement(&new).await, replacement(&new).await);
        // A server with the new root key goes on wrapping meanwhile: the retired ones are the same.
        new.file("reporter-bank", "second-report").await;
        assert_eq!(needed(&new).await.len(), 2);
        approve(&new, &view).await;
        run_jobs(&new).await;
        assert_eq!(decide(&new, "administrator-second", &twice).await.unwrap_err(), Refusal::TargetChanged);
    })
    .await;
}

#[tokio::test]
async fn two_renew_the_keys_of_one_organisation_and_nobody_elses() {
    in_each_house(async |house| {
        let (own, _) = house.file("reporter-energy", "first-report").await;
        house.file("reporter-bank", "second-report").await;
        let cvr = own.organisation.cvr.clone().unwrap();
        house.advance(TimeDelta::minutes(1));
        let view = renewal(&house, Some(&cvr)).await;
        assert_eq!(decide(&house, "administrator", &view).await.unwrap_err(), Refusal::OwnProposal);
        approve(&house, &view).await;
        // The command does what was approved, and for whom, before a server comes to it.
        let command = async |cvr| keys::renew(&house.services, cvr, Word::Two).await.unwrap();
        assert_eq!(command(None).await, Replaced::NotApproved);
        assert_eq!(command(Some("00000000")).await, Replaced::UnknownOrganisation);
        assert_eq!(command(Some(&cvr)).await, Replaced::Keys(1));
        assert_eq!(command(Some(&cvr)).await, Replaced::NotApproved, "once");
        run_jobs(&house).await;
        let detail = json!({ "change": view.change.id, "organisations": 1, "keys": 1 });
        assert_eq!(replaced(&house).await, [("command line".to_owned(), detail)], "and the server not again");
        let all = renewal(&house, None).await;
        approve(&house, &all).await;
        run_jobs(&house).await;
        assert_eq!(replaced(&house).await[1].1["keys"], 2);
        let reporter = house.request("reporter-energy").await;
        assert!(incident::open(&house.services, &reporter, own.id).await.unwrap().is_some());
        let administrator = house.request("administrator").await;
        for (cvr, reason, refusal) in [
            (Some("00000000"), REASON, Refusal::UnknownOrganisation),
            (Some(""), REASON, Refusal::UnknownOrganisation),
            (None, "No", Refusal::ReasonLength),
        ] {
            let asked = keys::propose_renewal(&house.services, &administrator, cvr, reason).await.unwrap();
            assert_eq!(asked.unwrap_err(), refusal, "{cvr:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_no_two_approved_is_not_done_whatever_the_table_says() {
    in_each_house(async |house| {
        house.file("reporter-energy", "first-report").await;
        let view = renewal(&house, None).await;
        let id = view.change.id.0.simple();
        let is_it =
            if house.services.store.is_shared() { format!("id = '{id}'") } else { format!("id = x'{id}'") };
        // Whoever proposed writes the approval in the table.
        let forged = format!(
            "UPDATE change_proposal SET status = 'executed', decider_id = proposer_id, decided_at = proposed_at WHERE {is_it}"
        );
        execute(&house, &forged).await;
        assert_eq!(keys::renew(&house.services, None, Word::Two).await.unwrap(), Replaced::NotApproved);
        // An approval that nobody carried out lapses.
        let second = renewal(&house, None).await;
        approve(&house, &second).await;
        house.advance(LIFETIME + TimeDelta::seconds(1));
        assert_eq!(keys::renew(&house.services, None, Word::Two).await.unwrap(), Replaced::NotApproved);
        assert_eq!(replaced(&house).await, []);
    })
    .await;
}

#[tokio::test]
async fn whoever_runs_the_server_does_it_alone_with_a_reason_that_the_log_keeps() {
    in_each_house(async |house| {
        house.file("reporter-energy", "first-report").await;
        let house = with_roots(&house, NEW, &[OLD]).await;
        let word = Word::Alone { reason: REASON };
        assert_eq!(keys::rewrap(&house.services, word).await.unwrap(), Replaced::Keys(1));
        assert_eq!(keys::renew(&house.services, None, word).await.unwrap(), Replaced::Keys(1));
        let said = replaced(&house).await;
        assert!(
            said.iter().all(|(function, detail)| function == "command line" && detail["reason"] == REASON)
        );
        let officer = house.request("security-officer").await;
        let state = keys::read(&house.services, &officer).await.unwrap();
        assert_eq!((state.root.as_str(), state.incidents, state.without_key), (name(NEW).as_str(), 1, 0));
        assert_eq!(state.roots.iter().map(|root| (root.keys, root.known)).collect::<Vec<_>>(), [(1, true)]);
        let told: Vec<_> = state.replacements.iter().map(|it| (it.what, it.reason.as_deref())).collect();
        assert_eq!(told, [(What::Renewed, Some(REASON)), (What::RootReplaced, Some(REASON))], "newest first");
        assert_eq!(uses(&house).await.last().unwrap().kind, "vault_read");
        for handle in ["reporter-energy", "officer-sektorcert", "coordinator"] {
            let request = house.request(handle).await;
            let asked = keys::read(&house.services, &request).await;
            assert!(matches!(asked, Err(Error::NotFound { .. })), "{handle}: {asked:?}");
        }
    })
    .await;
}
