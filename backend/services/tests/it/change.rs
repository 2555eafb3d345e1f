//! Four eyes: whatever one person tries alone is refused, and whatever two decide happens once (attack D9).

use chrono::TimeDelta;
use serde_json::{Value, json};
use varsel_domain::ChangeId;
use varsel_domain::change::{ChangeStatus, LIFETIME, Refusal, sha256};
use varsel_domain::organisation::Language;
use varsel_services::attempt::Trail;
use varsel_services::authorisation::{self, Grants};
use varsel_services::change::{self, ChangeView, Outcome};
use varsel_services::session::{self, Claims};
use varsel_services::testing::{House, in_each_house};
use varsel_services::view::PageRequest;
use varsel_services::{Error, Request};

use crate::rows::{break_table, count, execute, mend_table, uses};

const REASON: &str = "The thresholds of the regulation have changed.";

async fn propose(house: &House, by: &Request) -> ChangeView {
    let outcome = change::propose(&house.services, by, &house.publication(), REASON).await;
    outcome.unwrap().unwrap()
}

async fn approve(house: &House, by: &Request, view: &ChangeView) -> Outcome {
    let change = &view.change;
    change::approve(&house.services, by, change.id, &change.payload_sha256).await.unwrap()
}

/// An administrator who signs in through a provider.
async fn administrator(house: &House, subject: &str, name: &str, natural: Option<&str>) -> Request {
    let claims = Claims {
        issuer: "https://id.example".to_owned(),
        subject: subject.to_owned(),
        name: name.to_owned(),
        email: None,
        cvr: None,
        organisation_name: None,
        unit: None,
        function: Some("administrator".to_owned()),
        natural_person: natural.map(str::to_owned),
        language: Language::Da,
        grants: Grants::Claims,
        voucher: session::Voucher { authenticated_at: Some(house.now()), ..session::Voucher::default() },
    };
    let browser = session::Browser::default();
    let token = session::open_for_claims(&house.services, claims, &browser).await.unwrap();
    let (actor, session) = session::find(&house.services, &token, None).await.unwrap().unzip();
    Request { actor, session, ..Request::by_nobody(Trail::default(), format!("test-{subject}")) }
}

async fn status(house: &House, id: ChangeId) -> ChangeStatus {
    let by = house.request("administrator").await;
    change::find(&house.services, &by, id).await.unwrap().unwrap().status
}

/// The same detail, of an act that their only authorisation let them do.
async fn under(house: &House, by: &Request, detail: &Value) -> Value {
    let held = authorisation::own(&house.services, by).await.unwrap();
    let mut detail = detail.clone();
    detail["under"] = json!([held[0].authorisation.id]);
    detail
}

fn refused(refusal: Refusal) -> Outcome {
    Err(refusal)
}

#[tokio::test]
async fn one_proposes_another_approves_and_it_is_carried_out() {
    in_each_house(async |house| {
        let (first, second) =
            (house.request("administrator").await, house.request("administrator-second").await);
        let proposed = propose(&house, &first).await;
        assert_eq!((proposed.status, proposed.approvable), (ChangeStatus::Open, false));
        assert!(proposed.withdrawable);
        let seen = change::find(&house.services, &second, proposed.change.id).await.unwrap().unwrap();
        assert!(seen.approvable && !seen.withdrawable);
        assert_eq!(seen.change, proposed.change);

        let approved = approve(&house, &second, &seen).await.unwrap();
        assert_eq!(approved.status, ChangeStatus::Executed);
        assert!(!approved.approvable && !approved.withdrawable);
        let decision = approved.change.decision.unwrap();
        assert_eq!((decision.by_name.as_deref(), decision.at), (Some("Henrik Rask"), house.now()));
        assert_eq!(status(&house, proposed.change.id).await, ChangeStatus::Executed);
    })
    .await;
}

#[tokio::test]
async fn the_log_says_who_did_what_with_which_payload() {
    in_each_house(async |house| {
        let (first, second) =
            (house.request("administrator").await, house.request("administrator-second").await);
        let proposed = propose(&house, &first).await;
        assert_eq!(approve(&house, &first, &proposed).await, refused(Refusal::OwnProposal));
        approve(&house, &second, &proposed).await.unwrap();
        let page = PageRequest { first: 10, after: None };
        change::list(&house.services, &second, page).await.unwrap();
        let told: Vec<_> = uses(&house).await.into_iter().map(|it| (it.name, it.kind, it.detail)).collect();
        let (id, sha) = (proposed.change.id, proposed.change.payload_sha256);
        let what = json!({ "change": id, "kind": "publish_pack", "payload_sha256": sha });
        let mut tried = what.clone();
        tried["attempt"] = json!("approve");
        tried["code"] = json!("OWN_PROPOSAL");
        let (by_first, by_second) = (under(&house, &first, &what).await, under(&house, &second, &what).await);
        let read = under(&house, &second, &json!({ "changes": [id] })).await;
        let row = |name: &str, kind: &str, detail| (name.to_owned(), kind.to_owned(), detail);
        assert_eq!(
            told,
            [
                row("Birgit Skov", "change_proposed", by_first),
                row("Birgit Skov", "change_refused", tried),
                row("Henrik Rask", "change_approved", by_second),
                row("Henrik Rask", "change_read", read),
            ]
        );
        assert_eq!(uses(&house).await[0].function, "administrator");
    })
    .await;
}

#[tokio::test]
async fn a_second_account_of_the_same_person_is_the_same_person() {
    in_each_house(async |house| {
        let one = administrator(&house, "work", "Ida Berg", Some("cpr-uuid-1")).await;
        let married = administrator(&house, "other-work", "Ida Lind", Some("cpr-uuid-1")).await;
        let unknown = administrator(&house, "third-work", "ida  BERG", None).await;
        let namesake = administrator(&house, "elsewhere", "Ida Berg", Some("cpr-uuid-2")).await;
        let proposed = propose(&house, &one).await;
        assert_eq!(approve(&house, &married, &proposed).await, refused(Refusal::OwnProposal));
        assert_eq!(approve(&house, &unknown, &proposed).await, refused(Refusal::OwnProposal));
        assert_eq!(status(&house, proposed.change.id).await, ChangeStatus::Open);
        assert!(approve(&house, &namesake, &proposed).await.is_ok(), "another person of the same name");
    })
    .await;
}

#[tokio::test]
async fn what_was_altered_in_the_table_is_not_carried_out() {
    in_each_house(async |house| {
        let (first, second) =
            (house.request("administrator").await, house.request("administrator-second").await);
        let proposed = propose(&house, &first).await;
        let altered = proposed.change.payload.replace("2026.2", "2026.9");
        execute(&house, &format!("UPDATE change_proposal SET payload = '{altered}'")).await;
        assert_eq!(approve(&house, &second, &proposed).await, refused(Refusal::PayloadDiffers));
        let digest = sha256(&altered);
        execute(&house, &format!("UPDATE change_proposal SET payload_sha256 = '{digest}'")).await;
        assert_eq!(approve(&house, &second, &proposed).await, refused(Refusal::PayloadDiffers));
        assert_eq!(status(&house, proposed.change.id).await, ChangeStatus::Open);
    })
    .await;
}

#[tokio::test]
async fn rights_are_those_of_the_moment_of_the_approval() {
    in_each_house(async |house| {
        let (first, second) =
            (house.request("administrator").await, house.request("administrator-second").await);
        let proposed = propose(&house, &first).await;
        let functions = async |handle: &str, functions: &str| {
            let holder = format!("(SELECT id FROM person WHERE demo_handle = '{handle}')");
            let sql =
                format!("UPDATE authorisation SET functions = '{functions}' WHERE holder_id = {holder}");
            execute(&house, &sql).await;
        };
        for handle in ["administrator", "administrator-second"] {
            functions(handle, "audit").await;
            assert_eq!(approve(&house, &second, &proposed).await, refused(Refusal::LostRight), "{handle}");
            functions(handle, "administer").await;
        }
        execute(&house, "UPDATE change_proposal SET target_version = '2025.9'").await;
        assert_eq!(approve(&house, &second, &proposed).await, refused(Refusal::TargetChanged));
    })
    .await;
}

#[tokio::test]
async fn an_approval_cannot_be_repeated_and_a_late_one_is_none() {
    in_each_house(async |house| {
        let (first, second) =
            (house.request("administrator").await, house.request("administrator-second").await);
        let rejected = propose(&house, &first).await;
        let id = rejected.change.id;
        let short = change::reject(&house.services, &second, id, "No.").await.unwrap();
        assert_eq!(short, refused(Refusal::ReasonLength));
        let view = change::reject(&house.services, &second, id, REASON).await.unwrap().unwrap();
        assert_eq!(view.change.decision.unwrap().reason.as_deref(), Some(REASON));
        assert_eq!(approve(&house, &second, &rejected).await, refused(Refusal::NotOpen));

        let withdrawn = propose(&house, &first).await;
        let by_another = change::withdraw(&house.services, &second, withdrawn.change.id).await.unwrap();
        assert_eq!(by_another, refused(Refusal::LostRight));
        change::withdraw(&house.services, &first, withdrawn.change.id).await.unwrap().unwrap();
        assert_eq!(approve(&house, &second, &withdrawn).await, refused(Refusal::NotOpen));

        let late = propose(&house, &first).await;
        house.advance(LIFETIME);
        assert_eq!(approve(&house, &second, &late).await, refused(Refusal::Expired));
        assert_eq!(status(&house, late.change.id).await, ChangeStatus::Expired);
    })
    .await;
}

#[tokio::test]
async fn of_many_decisions_at_once_one_counts() {
    for _ in 0..3 {
        in_each_house(decide_all_at_once).await;
    }
}

async fn decide_all_at_once(house: House) {
    let first = house.request("administrator").await;
    let second = house.request("administrator-second").await;
    let third = administrator(&house, "third", "Ida Berg", Some("cpr-uuid-1")).await;
    let proposed = propose(&house, &first).await;
    let id = proposed.change.id;
    let (one, other, no, back) = tokio::join!(
        approve(&house, &second, &proposed),
        approve(&house, &third, &proposed),
        change::reject(&house.services, &third, id, REASON),
        change::withdraw(&house.services, &first, id),
    );
    let outcomes = [one, other, no.unwrap(), back.unwrap()];
    let done = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    let late = outcomes.iter().filter(|outcome| **outcome == refused(Refusal::NotOpen)).count();
    assert_eq!((done, late), (1, 3), "{outcomes:?}");
    let uses = uses(&house).await;
    let ended = ["change_approved", "change_rejected", "change_withdrawn"];
    assert_eq!(uses.iter().filter(|it| ended.contains(&it.kind.as_str())).count(), 1, "{uses:?}");
}

#[tokio::test]
async fn without_its_entry_in_the_log_nothing_is_proposed_decided_or_shown() {
    in_each_house(async |house| {
        let (first, second) =
            (house.request("administrator").await, house.request("administrator-second").await);
        let proposed = propose(&house, &first).await;
        let id = proposed.change.id;
        let jobs = count(&house, "job").await;
        break_table(&house, "access_entry").await;
        let again = change::propose(&house.services, &first, &house.publication(), REASON).await;
        assert!(matches!(again, Err(Error::Storage(_))));
        let sha = &proposed.change.payload_sha256;
        for by in [&second, &first] {
            let approved = change::approve(&house.services, by, id, sha).await;
            assert!(matches!(approved, Err(Error::Storage(_))), "approved or refused");
        }
        assert!(change::find(&house.services, &second, id).await.is_err());
        let page = PageRequest { first: 10, after: None };
        assert!(change::list(&house.services, &second, page).await.is_err());
        mend_table(&house, "access_entry").await;
        assert_eq!(status(&house, id).await, ChangeStatus::Open);
        assert_eq!((count(&house, "change_proposal").await, count(&house, "job").await), (1, jobs));
    })
    .await;
}

#[tokio::test]
async fn to_everybody_else_there_are_no_changes() {
    in_each_house(async |house| {
        let proposed = propose(&house, &house.request("administrator").await).await;
        let id = proposed.change.id;
        let never = ChangeId(uuid::Uuid::from_u128(7));
        for handle in ["reporter-energy", "officer-sektorcert", "coordinator", "security-officer"] {
            let by = house.request(handle).await;
            assert_eq!(change::find(&house.services, &by, id).await.unwrap(), None, "{handle}");
            let page = PageRequest { first: 10, after: None };
            let listed = change::list(&house.services, &by, page).await.map(|page| page.total);
            assert!(matches!(listed, Err(Error::NotFound { .. })), "{handle}");
            for id in [id, never] {
                let withdrawn = change::withdraw(&house.services, &by, id).await;
                assert!(matches!(withdrawn, Err(Error::NotFound { kind: "change" })), "{handle}");
            }
            let new = change::propose(&house.services, &by, &house.publication(), REASON).await;
            assert!(matches!(new, Err(Error::NotFound { kind: "change" })), "{handle}");
        }
        assert_eq!(status(&house, id).await, ChangeStatus::Open);
    })
    .await;
}

#[tokio::test]
async fn the_list_is_paged_newest_first() {
    in_each_house(async |house| {
        let first = house.request("administrator").await;
        let mut expected = Vec::new();
        for _ in 0..5 {
            expected.insert(0, propose(&house, &first).await.change.id);
            house.advance(TimeDelta::minutes(1));
        }
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let page = change::list(&house.services, &first, PageRequest { first: 2, after }).await.unwrap();
            assert_eq!(page.total, 5);
            found.extend(page.rows.iter().map(|(_, view)| view.change.id));
            after = page.rows.last().map(|(cursor, _)| cursor.clone());
            if !page.has_next {
                break;
            }
        }
        assert_eq!(found, expected);
    })
    .await;
}
