//! Critical settings: the first start adopts what it finds, and after that two decide what holds.

use chrono::TimeDelta;
use varsel_domain::ChangeId;
use varsel_domain::change::Refusal;
use varsel_domain::retention::Kind;
use varsel_domain::settings::{Area, Witness};
use varsel_services::settings;
use varsel_services::testing::{House, in_each_house};
use varsel_services::{Error, change, retention};

use crate::rows::{execute, uses};

const REASON: &str = "The agency has asked for shorter deadlines.";

/// The same installation, started with sign-ins kept for so many days.
fn keeping(house: &House, days: u16) -> House {
    let mut house = house.clone();
    house.services.configured.retention.sign_in_days = days;
    house
}

async fn propose(house: &House, area: Area) -> (ChangeId, String) {
    let first = house.request("administrator").await;
    let proposed = settings::propose(&house.services, &first, area, REASON).await.unwrap().unwrap();
    (proposed.change.id, proposed.change.payload_sha256)
}

async fn sign_in_days(house: &House) -> u16 {
    settings::now_in_force(&house.services).await.unwrap().retention.sign_in_days
}

#[tokio::test]
async fn the_first_start_adopts_what_it_finds_and_no_later_one_does() {
    in_each_house(async |house| {
        let first = keeping(&house, 45);
        assert_eq!(sign_in_days(&first).await, 45, "nothing was adopted yet");
        assert!(settings::adopt(&first.services).await.unwrap().is_empty());
        let later = keeping(&house, 2);
        assert_eq!(settings::adopt(&later.services).await.unwrap(), [Area::Retention]);
        assert_eq!(sign_in_days(&later).await, 45, "the file alone changes nothing");
        let logged = uses(&house).await;
        assert_eq!(logged.iter().filter(|it| it.kind == "settings_adopted").count(), 1);
    })
    .await;
}

#[tokio::test]
async fn two_adopt_settings_exactly_as_they_read_them() {
    in_each_house(async |house| {
        settings::adopt(&house.services).await.unwrap();
        let second = house.request("administrator-second").await;
        let first = house.request("administrator").await;
        let already = settings::propose(&house.services, &first, Area::Retention, REASON).await.unwrap();
        assert_eq!(already.unwrap_err(), Refusal::AlreadyAdopted);

        let house = keeping(&house, 2);
        let (id, sha256) = propose(&house, Area::Retention).await;
        let own = change::approve(&house.services, &first, id, &sha256).await.unwrap();
        assert_eq!(own.unwrap_err(), Refusal::OwnProposal);
        // The server was started with another configuration in the meantime.
        let altered = keeping(&house, 1);
        let stale = change::approve(&altered.services, &second, id, &sha256).await.unwrap();
        assert_eq!(stale.unwrap_err(), Refusal::TargetChanged);
        assert_eq!(sign_in_days(&house).await, 30);

        change::approve(&house.services, &second, id, &sha256).await.unwrap().unwrap();
        assert_eq!(sign_in_days(&house).await, 2);
        assert_eq!(sign_in_days(&altered).await, 2, "on every server");
        let views = settings::list(&house.services, &second).await.unwrap();
        let changes: Vec<_> = views.iter().map(|view| view.adopted.as_ref().unwrap().change).collect();
        assert_eq!(changes, [Some(id), None]);
        assert!(views.iter().all(|view| !view.waits()));
    })
    .await;
}

/// Whoever edits the file alone gets nothing erased earlier: the erasure goes by what was adopted.
#[tokio::test]
async fn what_is_erased_goes_by_what_two_have_adopted() {
    in_each_house(async |house| {
        settings::adopt(&house.services).await.unwrap();
        let mut house = house.clone();
        house.services.configured.retention.job_days = 7;
        house.file("reporter-energy", "one-report").await;
        execute(&house, "UPDATE job SET state = 'done', finished_at = created_at").await;
        house.advance(TimeDelta::days(10));
        let run = retention::erase(&house.services, "test").await.unwrap();
        assert_eq!(run.erased.get(&Kind::Jobs), None, "{run:?}");
        let (id, sha256) = propose(&house, Area::Retention).await;
        let second = house.request("administrator-second").await;
        change::approve(&house.services, &second, id, &sha256).await.unwrap().unwrap();
        let run = retention::erase(&house.services, "test").await.unwrap();
        assert!(run.erased.contains_key(&Kind::Jobs), "{run:?}");
    })
    .await;
}

#[tokio::test]
async fn a_witness_is_heard_until_two_send_it_away_and_separation_is_asked_for_by_one() {
    in_each_house(async |mut house| {
        let witness = Witness {
            name: "north".to_owned(),
            url: "https://witness.example".to_owned(),
            key: "a key".to_owned(),
        };
        house.services.configured.use_log.witnesses.push(witness.clone());
        settings::adopt(&house.services).await.unwrap();
        house.services.configured.use_log.witnesses.clear();
        house.services.configured.use_log.require_separation = true;
        let held = settings::now_in_force(&house.services).await.unwrap().use_log;
        assert_eq!((held.witnesses, held.require_separation), (vec![witness], true));
        assert_eq!(settings::adopt(&house.services).await.unwrap(), [Area::UseLog]);
        let (id, sha256) = propose(&house, Area::UseLog).await;
        let second = house.request("administrator-second").await;
        change::approve(&house.services, &second, id, &sha256).await.unwrap().unwrap();
        house.services.configured.use_log.require_separation = false;
        let held = settings::now_in_force(&house.services).await.unwrap().use_log;
        assert_eq!(
            (held.witnesses, held.require_separation),
            (vec![], true),
            "one alone does not take it away"
        );
    })
    .await;
}

#[tokio::test]
async fn a_decision_on_one_area_is_stale_when_another_was_decided_since() {
    in_each_house(async |house| {
        settings::adopt(&house.services).await.unwrap();
        let mut house = keeping(&house, 2);
        house.services.configured.use_log.checkpoint_mailboxes.push("dpo@authority.example".to_owned());
        let (deadlines, log) = (propose(&house, Area::Retention).await, propose(&house, Area::UseLog).await);
        let second = house.request("administrator-second").await;
        change::approve(&house.services, &second, log.0, &log.1).await.unwrap().unwrap();
        let stale = change::approve(&house.services, &second, deadlines.0, &deadlines.1).await.unwrap();
        assert_eq!(stale.unwrap_err(), Refusal::TargetChanged);
    })
    .await;
}

#[tokio::test]
async fn only_those_who_answer_for_access_see_the_settings_and_each_look_is_logged() {
    in_each_house(async |house| {
        for outsider in ["reporter-energy", "officer-sektorcert", "coordinator"] {
            let request = house.request(outsider).await;
            let refused = settings::list(&house.services, &request).await;
            assert!(matches!(refused, Err(Error::NotFound { .. })), "{outsider}");
            let refused = settings::propose(&house.services, &request, Area::UseLog, REASON).await;
            assert!(matches!(refused, Err(Error::NotFound { .. })), "{outsider}");
        }
        let officer = house.request("security-officer").await;
        settings::list(&house.services, &officer).await.unwrap();
        let refused = settings::propose(&house.services, &officer, Area::UseLog, REASON).await;
        assert!(matches!(refused, Err(Error::NotFound { .. })), "whoever watches does not decide");
        let logged = uses(&house).await;
        assert_eq!(logged.iter().filter(|it| it.kind == "settings_read").count(), 1);
    })
    .await;
}
