//! What the outbox does for critical changes: two mails, and the end of the time.

use varsel_domain::authz::Scope;
use varsel_domain::change::{ChangeStatus, LIFETIME};
use varsel_storage::change_proposal;

use super::*;
use crate::change::{self, ChangeView};

const SECOND: &str = "administrator-second@varsel.example";
const FIRST: &str = "administrator@varsel.example";
const REASON: &str = "The thresholds of the regulation have changed.";

async fn propose(house: &House) -> ChangeView {
    let by = house.request("administrator").await;
    change::propose(&house.services, &by, &house.publication(), REASON).await.unwrap().unwrap()
}

#[tokio::test]
async fn whoever_may_decide_is_told_and_then_whoever_proposed() {
    in_each_house(async |house| {
        let relay = Relay::start(Mood::Takes);
        let proposed = propose(&house).await;
        run_due(&house.services, &over(&relay)).await.unwrap();
        let second = house.request("administrator-second").await;
        let sha256 = &proposed.change.payload_sha256;
        change::approve(&house.services, &second, proposed.change.id, sha256).await.unwrap().unwrap();
        run_due(&house.services, &over(&relay)).await.unwrap();
        let mails = relay.taken();
        assert_eq!(mails.len(), 2, "one to the other administrator, one back");
        assert!(mail_to(&mails, SECOND).contains("9. december 2026 kl. 10.20"), "the end of the time");
        for mail in [mail_to(&mails, SECOND), mail_to(&mails, FIRST)] {
            let whole = mail.replace("=\n", "");
            assert!(whole.contains(&format!("https://varsel.example/rules/change/{}", proposed.change.id)));
            assert!(!whole.contains("2026.2") && !whole.contains("thresholds"), "{mail}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_proposal_that_nobody_decides_ends_by_itself() {
    in_each_house(async |house| {
        let relay = Relay::start(Mood::Takes);
        let id = propose(&house).await.change.id;
        run_due(&house.services, &over(&relay)).await.unwrap();
        let stored = async || {
            let tx = house.services.store.begin(&Scope::system()).await.unwrap();
            change_proposal::find(&tx, id).await.unwrap().unwrap()
        };
        house.advance(LIFETIME - TimeDelta::microseconds(1));
        assert_eq!(run_due(&house.services, &over(&relay)).await.unwrap(), 0);
        assert_eq!(stored().await.status, ChangeStatus::Open);
        // The server stood still for a day.
        house.advance(TimeDelta::microseconds(1) + TimeDelta::days(1));
        assert_eq!(run_due(&house.services, &over(&relay)).await.unwrap(), 2, "the end, and the mail");
        let ended = stored().await;
        assert_eq!(ended.status, ChangeStatus::Expired);
        assert_eq!(ended.decision.unwrap().at, ended.expires_at, "not when that was noticed");
        assert!(!header(mail_to(&relay.taken(), FIRST), "Subject").is_empty());
        assert!(outbox_is_empty(&house).await);
    })
    .await;
}

#[tokio::test]
async fn the_end_of_the_time_changes_nothing_that_is_decided() {
    in_each_house(async |house| {
        let relay = Relay::start(Mood::Takes);
        let id = propose(&house).await.change.id;
        let first = house.request("administrator").await;
        change::withdraw(&house.services, &first, id).await.unwrap().unwrap();
        house.advance(LIFETIME);
        run_due(&house.services, &over(&relay)).await.unwrap();
        assert_eq!(relay.taken(), Vec::<String>::new(), "there is nothing more to decide");
        let view = change::find(&house.services, &first, id).await.unwrap().unwrap();
        assert_eq!(view.status, ChangeStatus::Withdrawn);
    })
    .await;
}
