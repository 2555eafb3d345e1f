//! Entries of the log of use that two administrators keep for a special need: to the day, and no other entry.

use chrono::{DateTime, Months, TimeDelta, Utc};
use varsel_domain::change::{ChangeStatus, Refusal};
use varsel_domain::organisation::Language;
use varsel_domain::retention::Kind;
use varsel_domain::{ChangeId, PersonId};
use varsel_services::change::ChangeView;
use varsel_services::log::{self, Depth, Form, Inquiry};
use varsel_services::retention::{Keep, propose_keeping, propose_releasing, report};
use varsel_services::testing::{House, in_each_house, in_each_separated_house};
use varsel_services::{Error, change, demo, retention};
use varsel_storage::retention::Due;

use super::oracle::World;
use crate::rows::{count, execute, uses};

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
        log::seal_waiting(&house.services).await.unwrap();
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
        assert_eq!(refused, Err(Refusal::UnknownPerson));
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
        let decided = change::approve(&house.services, &second, change.id, &change.payload_sha256).await;
        assert!(matches!(decided, Err(Error::NotFound { .. })), "{decided:?}");
        let reason = "I do not want it to be kept.";
        let decided = change::reject(&house.services, &second, change.id, reason).await;
        assert!(matches!(decided, Err(Error::NotFound { .. })), "{decided:?}");
        let officer = house.request(WHOSE).await;
        let page = || varsel_services::view::PageRequest { first: 10, after: None };
        let own = change::own(&house.services, &officer, page()).await.unwrap();
        assert_eq!((own.total, own.rows.len()), (0, 0));
        assert!(change::find(&house.services, &officer, officers.change.id).await.unwrap().is_none());
        // An administrator sees every change but the one about themselves, and no gap where it is.
        let all = change::list(&house.services, &second, page()).await.unwrap();
        assert_eq!((all.total, all.rows.len(), all.rows[0].1.change.id), (1, 1, officers.change.id));
        assert!(change::find(&house.services, &second, change.id).await.unwrap().is_none());
        let all = change::list(&house.services, &first, page()).await.unwrap();
        assert_eq!((all.total, all.rows.len()), (2, 2));
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
        let by = serde_json::json!([change]);
        assert_eq!(read.map(|it| &it.detail["uses_kept_by"]).collect::<Vec<_>>(), [&by, &by]);
        let inquiry = Inquiry { case: "J-2026-0042".to_owned(), ..Inquiry::default() };
        let text = log::export(&house.services, &officer, &inquiry, Form::Csv, Language::En).await.unwrap();
        assert!(String::from_utf8(text).unwrap().contains("log entries kept by"));
    })
    .await;
}

/// What is kept of `handle`'s acts until tomorrow, proposed; nobody has decided.
async fn proposed(house: &House, handle: &str) -> ChangeView {
    let (first, now) = (house.request("administrator").await, house.now());
    let person = person(house, handle).await;
    let keep = Keep { person, from: now - TimeDelta::days(1), to: now, until: now + TimeDelta::days(1) };
    propose_keeping(&house.services, &first, keep, REASON).await.unwrap().unwrap()
}

#[tokio::test]
async fn whose_acts_are_kept_does_not_see_it_among_what_is_kept_either() {
    in_each_house(async |house| {
        for handle in ["security-officer", "administrator-second", WHOSE] {
            let view = proposed(&house, handle).await;
            if handle != "administrator-second" {
                approve(&house, &view).await;
            }
        }
        let seen = async |handle: &str| {
            let reader = house.request(handle).await;
            let kept = retention::read(&house.services, &reader).await.unwrap().kept;
            kept.into_iter().map(|kept| kept.name).collect::<Vec<_>>()
        };
        assert_eq!(seen("security-officer").await, ["Mads Krogh"]);
        assert_eq!(seen("administrator").await, ["Ole Thorup", "Mads Krogh"]);
    })
    .await;
}

#[tokio::test]
async fn approving_it_is_a_use_of_the_right_to_administer() {
    in_each_house(async |house| {
        approve(&house, &proposed(&house, WHOSE).await).await;
        let second = person(&house, "administrator-second").await.0.simple().to_string();
        let its = if house.services.store.is_shared() { format!("'{second}'") } else { format!("x'{second}'") };
        let of_second = format!("authorisation_use WHERE authorisation_id IN (SELECT id FROM authorisation WHERE holder_id = {its})");
        assert!(count(&house, &of_second).await > 0);
    })
    .await;
}

/// The table alone keeps nothing for ever, and names nobody who said no.
#[tokio::test]
async fn what_somebody_writes_into_the_table_is_kept_for_five_years_at_most_and_in_nobodys_name() {
    in_each_separated_house(async |house| {
        let mut world = World::new(house.clone()).await;
        world.make(0).await;
        let now = house.now();
        let view = proposed(&house, WHOSE).await;
        let second = house.request("administrator-second").await;
        change::reject(&house.services, &second, view.change.id, REASON).await.unwrap().unwrap();
        let forged = "INSERT INTO use_hold (change_id, person_id, from_at, to_at, placed_at, until) \
            SELECT c.id, p.id, c.proposed_at, c.proposed_at, c.proposed_at, c.proposed_at FROM change_proposal c, person p \
            WHERE p.demo_handle = 'officer-sektorcert' AND c.kind = 'keep_uses'";
        execute(&house, forged).await;
        let wide = if house.services.store.is_shared() {
            "UPDATE use_hold SET from_at = '2020-01-01Z', to_at = '2099-01-01Z', until = '2099-01-01Z'"
        } else {
            "UPDATE use_hold SET from_at = '2020-01-01T00:00:00+00:00', to_at = '2099-01-01T00:00:00+00:00', \
             until = '2099-01-01T00:00:00+00:00'"
        };
        execute(&house, wide).await;
        let told = report(&house.services).await.unwrap();
        let [kept] = told.kept.as_slice() else { panic!("{told:?}") };
        assert_eq!((&kept.proposed_by, &kept.approved_by, kept.reason.as_str()), (&None, &None, ""));
        world.hold("kanarie-use-000.", now + Months::new(60));
        house.advance(now + Months::new(59) - house.now());
        world.pass(TimeDelta::days(1)).await;
        let early = |faults: Vec<String>| faults.iter().any(|fault| fault.contains("use-000. is gone"));
        assert!(!early(world.faults().await), "it stands in the table");
        house.advance(now + Months::new(60) - house.now());
        world.pass(TimeDelta::days(1)).await;
        assert!(!world.faults().await.iter().any(|fault| fault.contains("use-000. is there")));
    })
    .await;
}

#[tokio::test]
async fn what_was_let_go_an_hour_ago_is_not_late_and_a_day_later_it_is() {
    in_each_separated_house(async |house| {
        let mut world = World::new(house.clone()).await;
        world.make(0).await;
        let now = house.now();
        keep(&house, (now, now + TimeDelta::hours(1)), now + TimeDelta::days(1_000)).await;
        house.advance(TimeDelta::days(300));
        world.pass(TimeDelta::hours(12)).await;
        release(&house).await;
        let uses = async || {
            let told = report(&house.services).await.unwrap();
            let line = told.lines.into_iter().find(|line| line.policy.kind == Kind::Uses).unwrap();
            (line.due, line.overdue)
        };
        house.advance(TimeDelta::hours(1));
        let (due, late) = uses().await;
        assert!(due >= 1 && late == 0, "{due} due, {late} late");
        house.advance(TimeDelta::hours(24));
        let (due, late) = uses().await;
        assert!(due >= 1 && late >= 1, "{due} due, {late} late");
    })
    .await;
}

/// What says whom somebody suspected goes when it is the basis of nothing: it ends after five years at the latest.
#[tokio::test]
async fn the_changes_themselves_go_when_their_time_is_over_and_those_of_holds_stay() {
    in_each_house(async |house| {
        approve(&house, &proposed(&house, WHOSE).await).await;
        let (own, _) = house.file("reporter-energy", "one-report").await;
        super::years::decide(&house, &own.number, Some(house.now() + TimeDelta::days(30))).await;
        let executed = async || {
            let due = |it: &retention::Line| it.policy.kind == Kind::Proposals && it.due > 0;
            let told = report(&house.services).await.unwrap();
            (count(&house, "change_proposal").await, told.lines.iter().any(due))
        };
        let begun = house.now();
        house.advance(begun + Months::new(60 + 24) - TimeDelta::days(1) - house.now());
        assert_eq!(executed().await, (2, false));
        house.advance(TimeDelta::days(2));
        assert_eq!(executed().await, (2, true));
        let before = house.now() - Months::new(24);
        let tx = house.services.store.begin(&varsel_domain::authz::Scope::system()).await.unwrap();
        let erased = Due { kind: Kind::Proposals, before, now: house.now() }.erase(&tx).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!((erased, executed().await), (1, (1, false)));
    })
    .await;
}
