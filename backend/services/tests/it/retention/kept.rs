//! Entries of the log of use that two administrators keep for a special need: to the day, and no other entry.

use chrono::{DateTime, Months, TimeDelta, Utc};
use varsel_domain::change::{ChangeStatus, Refusal};
use varsel_domain::organisation::Language;
use varsel_domain::{ChangeId, PersonId};
use varsel_services::change::ChangeView;
use varsel_services::log::{self, Depth, Form, Inquiry};
use varsel_services::retention::{Keep, propose_keeping, propose_releasing, report};
use varsel_services::testing::{House, in_each_house, in_each_separated_house};
use varsel_services::{Error, change, demo, retention};

use super::oracle::World;
use crate::rows::{count, uses};

const REASON: &str = "The police have asked for it in case 0042.";
const WHOSE: &str = "officer-sektorcert";

async fn person(house: &House, handle: &str) -> PersonId {
    demo::find(&house.services, handle).await.unwrap().id
}

async fn approve(house: &House, view: &ChangeView) -> ChangeId {
    let second = house.request("administrator-second").await;
    let decided =
        change::approve(&house.services, &second, view.change.id, &view.change.payload_sha256).await;
    assert_eq!(decided.unwrap().unwrap().change.status, ChangeStatus::Executed);
    view.change.id
}

/// Two administrators keep what `WHOSE` did in `[from, to)`.
pub(crate) async fn keep(
    house: &House,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
    until: DateTime<Utc>,
) -> ChangeId {
    let first = house.request("administrator").await;
    let keep = Keep { person: person(house, WHOSE).await, from, to, until };
    let view = propose_keeping(&house.services, &first, keep, REASON).await.unwrap().unwrap();
    let own =
        change::approve(&house.services, &first, view.change.id, &view.change.payload_sha256).await.unwrap();
    assert_eq!(own.unwrap_err(), Refusal::OwnProposal, "one alone keeps nothing");
    approve(house, &view).await
}

pub(crate) async fn release(house: &House) {
    let first = house.request("administrator").await;
    let whose = person(house, WHOSE).await;
    let view = propose_releasing(&house.services, &first, whose, REASON).await.unwrap().unwrap();
    approve(house, &view).await;
}

#[tokio::test]
async fn what_somebody_did_in_a_time_is_kept_until_the_day_or_until_two_let_go() {
    in_each_separated_house(async |house| {
        let mut world = World::new(house.clone()).await;
        let begun = house.now();
        let used = |month: u32| begun + Months::new(month) + TimeDelta::hours(7);
        for month in 0..24_u32 {
            while house.now() < begun + Months::new(month) {
                world.pass(world.next(begun + Months::new(month)) - house.now()).await;
                assert_eq!(world.faults().await, [""; 0]);
            }
            world.pass(TimeDelta::hours(7)).await;
            world.make(month).await;
            match month {
                // The use at the end of the time is not in it.
                4 => {
                    keep(&house, (used(1), used(3)), used(11)).await;
                    for canary in ["kanarie-use-001.", "kanarie-use-002."] {
                        world.hold(canary, used(11));
                    }
                }
                // What has yet to be done is kept as well, for as long as the law lets it.
                12 => {
                    keep(&house, (used(12), used(12) + TimeDelta::days(40)), used(12 + 60)).await;
                    world.hold("kanarie-use-012.", used(21));
                }
                13 => world.hold("kanarie-use-013.", used(21)),
                21 => release(&house).await,
                _ => {}
            }
            world.pass(TimeDelta::hours(17)).await;
            assert_eq!(world.faults().await, [""; 0]);
            assert_eq!(world.remains().await, [""; 0]);
        }
        assert_eq!(count(&house, "use_hold").await, 0, "what has ended is forgotten");
        let told = report(&house.services).await.unwrap();
        assert!(told.lines.iter().all(|line| line.overdue == 0), "{told:?}");
        let key = house.services.log.signer().verifier();
        while log::seal(&house.services).await.unwrap().is_some() {}
        assert_eq!(log::check(&house.services.store, key, Depth::Entries).await.unwrap().faults, []);
    })
    .await;
}

#[tokio::test]
async fn it_needs_a_person_a_time_that_has_begun_an_end_within_five_years_and_the_right() {
    in_each_house(async |house| {
        let (whose, now) = (person(&house, WHOSE).await, house.now());
        let day = |days: i64| now + TimeDelta::days(days);
        let propose = async |handle: &str, person: PersonId, (from, to): (i64, i64), until: DateTime<Utc>| {
            let by = house.request(handle).await;
            let keep = Keep { person, from: day(from), to: day(to), until };
            Ok::<_, Error>(propose_keeping(&house.services, &by, keep, REASON).await?.map(|_| ()))
        };
        let five_years = day(-30) + Months::new(60);
        for (times, until) in [
            ((-1, -1), day(30)),
            ((-1, -2), day(30)),
            ((1, 2), day(30)),
            ((-30, 0), now),
            ((-30, 31), day(30)),
            ((-30, 0), five_years + TimeDelta::seconds(1)),
        ] {
            let refused = propose("administrator", whose, times, until).await.unwrap();
            assert_eq!(refused, Err(Refusal::KeepEnd), "{times:?} until {until}");
        }
        let nobody = PersonId(uuid::Uuid::nil());
        let refused = propose("administrator", nobody, (-30, 0), day(30)).await.unwrap();
        assert_eq!(refused, Err(Refusal::UnknownHolder));
        let own = person(&house, "administrator").await;
        let refused = propose("administrator", own, (-30, 0), day(30)).await.unwrap();
        assert_eq!(refused, Err(Refusal::OwnUses));
        for handle in ["reporter-energy", WHOSE, "security-officer", "coordinator"] {
            let refused = propose(handle, whose, (-30, 0), day(30)).await;
            assert!(matches!(refused, Err(Error::NotFound { .. })), "{handle}: {refused:?}");
        }
        let first = house.request("administrator").await;
        let release = propose_releasing(&house.services, &first, whose, REASON).await.unwrap();
        assert_eq!(release.unwrap_err(), Refusal::NotKept);
        let release = propose_releasing(&house.services, &first, own, REASON).await.unwrap();
        assert_eq!(release.unwrap_err(), Refusal::OwnUses);
        assert_eq!(propose("administrator", whose, (-30, 30), five_years).await.unwrap(), Ok(()));
    })
    .await;
}

/// Whoever is looked into by it decides nothing of it, and as an officer does not learn of it.
#[tokio::test]
async fn whose_acts_they_are_neither_decides_nor_gets_to_know_through_the_list_of_their_own() {
    in_each_house(async |house| {
        let now = house.now();
        let first = house.request("administrator").await;
        let of = async |handle: &str| {
            let person = person(&house, handle).await;
            let keep =
                Keep { person, from: now - TimeDelta::days(1), to: now, until: now + TimeDelta::days(9) };
            propose_keeping(&house.services, &first, keep, REASON).await.unwrap().unwrap()
        };
        let (officers, seconds) = (of(WHOSE).await, of("administrator-second").await);
        let second = house.request("administrator-second").await;
        let change = &seconds.change;
        let decided =
            change::approve(&house.services, &second, change.id, &change.payload_sha256).await.unwrap();
        assert_eq!(decided.unwrap_err(), Refusal::OwnUses);
        let reason = "I do not want it to be kept.";
        let decided = change::reject(&house.services, &second, change.id, reason).await.unwrap();
        assert_eq!(decided.unwrap_err(), Refusal::OwnUses);
        let officer = house.request(WHOSE).await;
        let page = || varsel_services::view::PageRequest { first: 10, after: None };
        let own = change::own(&house.services, &officer, page()).await.unwrap();
        assert_eq!((own.total, own.rows.len()), (0, 0));
        assert!(change::find(&house.services, &officer, officers.change.id).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn those_who_answer_for_it_see_what_is_kept_of_whom_and_the_log_says_that_they_saw_it() {
    in_each_house(async |house| {
        let now = house.now();
        let (from, until) = (now - TimeDelta::days(30), now + TimeDelta::days(365));
        let change = keep(&house, (from, now), until).await;
        let officer = house.request("security-officer").await;
        for reader in [&officer, &house.request("administrator").await] {
            let told = retention::read(&house.services, reader).await.unwrap();
            let [kept] = told.kept.as_slice() else { panic!("{told:?}") };
            assert_eq!((kept.from, kept.to, kept.until, kept.since), (from, now, until, now));
            let by = (kept.name.as_str(), kept.proposed_by.as_deref(), kept.approved_by.as_deref());
            assert_eq!(by, ("Mads Krogh", Some("Birgit Skov"), Some("Henrik Rask")));
            assert_eq!((kept.change, kept.reason.as_str()), (change, REASON));
        }
        let said = uses(&house).await;
        let read = said.iter().filter(|it| it.kind == "retention_read");
        let whose = serde_json::json!([person(&house, WHOSE).await]);
        assert_eq!(read.map(|it| &it.detail["uses_kept_of"]).collect::<Vec<_>>(), [&whose, &whose]);
        let inquiry = Inquiry { case: "J-2026-0042".to_owned(), ..Inquiry::default() };
        let text = log::export(&house.services, &officer, &inquiry, Form::Csv, Language::En).await.unwrap();
        assert!(String::from_utf8(text).unwrap().contains("log entries kept of"));
    })
    .await;
}
