//! Rejected attempts: all are registered, too many close a way in, and a task is opened that must be closed with a reason.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::TimeDelta;
use varsel_domain::attempt::{Cause, Client, Subject};
use varsel_domain::{IncidentId, UnitId};
use varsel_services::attempt::{self, BlockView, Origin, Patterns, Proof, Refused, Tried};
use varsel_services::job::run_due;
use varsel_services::testing::{House, in_each_house, mails_in};
use varsel_services::view::PageRequest;
use varsel_services::{Error, Services, change, incident, queue};

use crate::rows::{count, execute};

fn from(client: &str) -> Origin {
    Origin { client: Client(client.to_owned()), device: None }
}

fn page() -> PageRequest {
    PageRequest { first: 100, after: None }
}

pub(crate) async fn person(house: &House, handle: &str) -> Tried<'static> {
    Tried::Person(house.request(handle).await.person().unwrap())
}

/// One attempt with a proof that is right or wrong: whether the proof was looked at at all.
pub(crate) async fn try_in(services: &Services, who: Tried<'_>, client: &str, right: bool) -> bool {
    try_on(services, (who, None), client, right).await
}

async fn try_on(
    services: &Services,
    (who, known_device): (Tried<'_>, Option<&str>),
    client: &str,
    right: bool,
) -> bool {
    let origin = from(client);
    let known_device = known_device.map(str::to_owned);
    let proof = Proof { who, known_device, origin: &origin, request_id: "test" };
    match attempt::check(services, proof).await {
        Ok(ticket) if right => ticket.succeeded(services).await.map(|()| true).unwrap(),
        Ok(ticket) => {
            let cause = if matches!(who, Tried::Name(_)) { Cause::UnknownUser } else { Cause::SignInRefused };
            ticket.refused(services, cause, "WRONG_PASSWORD").await.map(|()| true).unwrap()
        }
        Err(Error::Blocked { .. }) => false,
        Err(error) => panic!("{error:?}"),
    }
}

pub(crate) async fn patterns(house: &House) -> Patterns {
    let request = house.request("security-officer").await;
    attempt::patterns(&house.services, &request, 14).await.unwrap()
}

async fn open_blocks(house: &House) -> Vec<BlockView> {
    let request = house.request("security-officer").await;
    let page = attempt::blocks(&house.services, &request, true, page()).await.unwrap();
    page.rows.into_iter().map(|(_, view)| view).collect()
}

/// 200 at once; how many proofs were looked at.
async fn at_once(
    house: &House,
    client: impl Fn(usize) -> String,
    who: impl Fn(usize) -> Tried<'static>,
) -> usize {
    let looked_at = Arc::new(AtomicUsize::new(0));
    let tasks: Vec<_> = (0..200)
        .map(|n| {
            let (services, looked_at, client, who) =
                (house.services.clone(), Arc::clone(&looked_at), client(n), who(n));
            tokio::spawn(async move {
                if try_in(&services, who, &client, false).await {
                    looked_at.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    looked_at.load(Ordering::Relaxed)
}

#[tokio::test(flavor = "multi_thread")]
async fn of_200_wrong_passwords_at_once_five_are_looked_at_and_all_are_registered() {
    in_each_house(async |house| {
        let victim = person(&house, "reporter-energy").await;
        let looked_at = at_once(&house, |n| format!("192.0.2.{n}"), |_| victim).await;
        assert!((1..=5).contains(&looked_at), "on one account: {looked_at}");
        let names: Vec<&'static str> =
            (0..200).map(|n| &*Box::leak(format!("nobody {n}").into_boxed_str())).collect();
        let looked_at = at_once(&house, |_| "198.51.100.7".to_owned(), |n| Tried::Name(names[n])).await;
        assert!((1..=5).contains(&looked_at), "from one client: {looked_at}");
        assert_eq!(patterns(&house).await.total, 400);
    })
    .await;
}

#[tokio::test]
async fn after_five_failures_even_the_right_password_waits_a_quarter_of_an_hour() {
    in_each_house(async |house| {
        let (services, victim) = (&house.services, person(&house, "reporter-energy").await);
        for n in 0..5 {
            assert!(try_in(services, victim, &format!("192.0.2.{n}"), false).await);
        }
        assert!(!try_in(services, victim, "192.0.2.99", true).await, "from anywhere");
        assert!(
            try_in(services, person(&house, "reporter-bank").await, "192.0.2.99", true).await,
            "somebody else"
        );
        house.advance(TimeDelta::minutes(15));
        assert!(try_in(services, victim, "192.0.2.99", true).await);
        assert_eq!(patterns(&house).await.total, 6);
    })
    .await;
}

#[tokio::test]
async fn a_block_is_no_weapon() {
    in_each_house(async |house| {
        let (services, victim) = (&house.services, person(&house, "reporter-energy").await);
        for n in 0..1_000 {
            try_in(services, victim, &format!("203.0.{}.{}", n / 250, n % 250), false).await;
        }
        assert!(!try_in(services, victim, "192.0.2.1", true).await, "the password is closed");
        let at_home = (victim, Some("laptop"));
        assert!(
            try_on(services, at_home, "192.0.2.1", true).await,
            "a device the person has used before is not"
        );
        let handle = house.request("reporter-energy").await.person().unwrap();
        let browser = varsel_services::session::Browser::default();
        // What stands for the identity provider here: it opens a session and asks no counter.
        assert!(varsel_services::session::open(services, handle, &browser).await.is_ok());
        for _ in 0..5 {
            try_on(services, at_home, "192.0.2.1", false).await;
        }
        assert!(!try_on(services, at_home, "192.0.2.1", true).await, "but it is counted itself");
        house.advance(TimeDelta::minutes(15));
        assert!(try_in(services, victim, "192.0.2.1", true).await, "the attack made the block no longer");
    })
    .await;
}

#[tokio::test]
async fn one_address_with_a_thousand_names_is_closed_after_five() {
    in_each_house(async |house| {
        let mut looked_at = 0;
        for n in 0..1_000 {
            let name = format!("user{n}@example.dk");
            looked_at +=
                usize::from(try_in(&house.services, Tried::Name(&name), "198.51.100.7", false).await);
        }
        assert_eq!(looked_at, 5);
        let patterns = patterns(&house).await;
        assert_eq!(patterns.total, 1_000);
        let source = |cause| patterns.sources.iter().find(|it| it.cause == cause).map(|it| it.count);
        assert_eq!((source(Cause::UnknownUser), source(Cause::Blocked)), (Some(5), Some(995)));
        let request = house.request("administrator").await;
        let kept = attempt::latest(&house.services, &request, page()).await.unwrap();
        assert_eq!(kept.total, 5 + 50, "a flood is counted, and not kept one by one");
        let text = format!("{:?}", kept.rows);
        assert!(!text.contains("user0") && text.contains("Unknown"), "a name may be a password: {text}");
        assert_eq!(open_blocks(&house).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_name_that_nobody_has_is_treated_as_an_account_is() {
    in_each_house(async |house| {
        let known = person(&house, "reporter-energy").await;
        let mut answers = [Vec::new(), Vec::new()];
        for n in 0..8 {
            for (who, answers) in [known, Tried::Name("hunter2")].into_iter().zip(&mut answers) {
                answers.push(try_in(&house.services, who, &format!("192.0.2.{n}"), false).await);
            }
        }
        assert_eq!(answers[0], answers[1]);
    })
    .await;
}

pub(crate) fn mails_of(directory: &std::path::Path) -> Vec<String> {
    let files = std::fs::read_dir(directory).into_iter().flatten();
    files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect()
}

#[tokio::test]
async fn whoever_was_tried_is_told_once_a_day_and_a_name_that_nobody_has_costs_the_same() {
    in_each_house(async |house| {
        let services = &house.services;
        let mails = tempfile::tempdir().unwrap();
        let victim = person(&house, "reporter-energy").await;
        let jobs = async |who: Tried<'_>, from: &str| {
            let before = count(&house, "job").await;
            for n in 0..5 {
                try_in(services, who, &format!("{from}.{n}"), false).await;
            }
            let written = count(&house, "job").await - before;
            house.advance(TimeDelta::minutes(1));
            run_due(services, &mails_in(mails.path())).await.unwrap();
            written
        };
        let told =
            || mails_of(mails.path()).iter().filter(|mail| mail.contains("Subject: Nogen har")).count();
        // The first of the day puts down its summary, too.
        jobs(Tried::Name("first@example.dk"), "192.0.3").await;
        let known = jobs(victim, "192.0.2").await;
        assert_eq!(told(), 1);
        assert_eq!(jobs(Tried::Name("nobody@example.dk"), "198.51.100").await, known);
        house.advance(TimeDelta::minutes(20));
        jobs(victim, "203.0.113").await;
        assert_eq!(told(), 1, "once a day, and nobody else");
        house.advance(TimeDelta::days(1));
        jobs(victim, "203.0.113").await;
        assert_eq!(told(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_block_is_an_alarm_within_a_minute_and_a_task_until_somebody_says_why() {
    in_each_house(async |house| {
        let services = &house.services;
        let directory = std::env::temp_dir().join(format!("varsel_alarm_{}", services.ids.next(house.now())));
        let mail = mails_in(directory.clone());
        for n in 0..50 {
            for _ in 0..5 {
                try_in(services, Tried::Nobody, &format!("192.0.2.{n}"), false).await;
            }
        }
        house.advance(TimeDelta::seconds(60));
        run_due(services, &mail).await.unwrap();
        let sent = mails_of(&directory);
        let to = |name: &str| sent.iter().filter(|mail| mail.contains(name)).count();
        assert!(
            sent.iter()
                .all(|mail| mail.contains("https://varsel.example/attempts") && !mail.contains("192.0.2"))
        );
        let watchers: BTreeSet<_> = ["security-officer", "administrator", "administrator-second"].into();
        assert_eq!(sent.len(), watchers.len(), "one each, not fifty");
        assert!(to("Subject: Varsel") > 0);
        std::fs::remove_dir_all(&directory).unwrap();

        let blocks = open_blocks(&house).await;
        assert_eq!(blocks.len(), 50);
        assert!(blocks.iter().all(|block| block.owner.is_some() && block.closed_off && !block.marked));
        house.advance(TimeDelta::days(7));
        assert!(open_blocks(&house).await.iter().all(|block| block.marked && !block.closed_off));
        assert_eq!(patterns(&house).await.marked, 50);

        let request = house.request("administrator").await;
        let ids: Vec<_> = blocks.iter().map(|view| view.block.id).collect();
        for (ids, why, field) in [(&ids[..1], "too short", "reason"), (&[], "A long enough reason.", "ids")] {
            let refused = attempt::close(services, &request, ids, why).await;
            assert!(matches!(refused, Err(Error::Invalid { field: f, .. }) if f == field), "{refused:?}");
        }
        let taken = attempt::take(services, &request, ids[0]).await.unwrap();
        assert_eq!(taken.block.owner, request.person());
        let closed =
            attempt::close(services, &request, &ids, "The monitoring had an old password.").await.unwrap();
        assert!(closed.iter().all(|view| view.block.closing.is_some()));
        assert!(open_blocks(&house).await.is_empty());
        let again = attempt::close(services, &request, &ids[..1], "Once more, for good measure.").await;
        assert!(matches!(again, Err(Error::Invalid { field: "ids", .. })), "{again:?}");
    })
    .await;
}

#[tokio::test]
async fn a_way_in_is_opened_before_its_time_by_somebody_else_than_its_owner() {
    in_each_house(async |house| {
        let services = &house.services;
        for handle in ["administrator", "reporter-energy"] {
            let victim = person(&house, handle).await;
            for n in 0..5 {
                try_in(services, victim, &format!("{handle} {n}"), false).await;
            }
        }
        let request = house.request("administrator").await;
        for view in open_blocks(&house).await {
            let own = view.block.subject == Subject::Person(request.person().unwrap());
            let lifted = attempt::lift(services, &request, view.block.id).await;
            assert_eq!(matches!(lifted, Err(Error::Invalid { field: "id", .. })), own, "{lifted:?}");
            assert!(own || !lifted.unwrap().closed_off);
        }
        assert!(try_in(services, person(&house, "reporter-energy").await, "elsewhere", true).await);
        // A second account of the same human being is no somebody else.
        let sql = "UPDATE person SET email = (SELECT email FROM person WHERE demo_handle = 'administrator') \
                   WHERE demo_handle = 'administrator-second'";
        execute(&house, sql).await;
        let second = house.request("administrator-second").await;
        let blocks = open_blocks(&house).await;
        let own =
            blocks.iter().find(|it| it.block.subject == Subject::Person(request.person().unwrap())).unwrap();
        let lifted = attempt::lift(services, &second, own.block.id).await;
        assert!(matches!(lifted, Err(Error::Invalid { field: "id", .. })), "{lifted:?}");
        assert!(!try_in(services, person(&house, "administrator").await, "elsewhere", true).await);
        let reporter = house.request("reporter-energy").await;
        let refused = attempt::patterns(services, &reporter, 14).await;
        assert!(matches!(refused, Err(Error::NotFound { .. })));
        let own = attempt::on_own_account(services, &reporter).await.unwrap();
        assert_eq!(own.len(), 5, "what was tried on one's account one is told");
    })
    .await;
}

#[tokio::test]
async fn every_denial_is_noted_and_what_is_not_there_looks_the_same_and_is_none() {
    in_each_house(async |house| {
        let (view, _) = house.file("reporter-energy", "attempt-1").await;
        let services = &house.services;
        let missing = IncidentId(services.ids.next(house.now()));
        let stranger = house.request("reporter-bank").await;
        for (id, expected) in [(view.id, Cause::NoRight), (missing, Cause::NothingThere)] {
            assert!(incident::open(services, &stranger, id).await.unwrap().is_none());
            let noted: Vec<_> = stranger.trail.take().into_iter().map(|it| (it.cause, it.code)).collect();
            assert_eq!(noted, [(expected, "incident")]);
        }
        let owner = house.request("reporter-energy").await;
        assert!(incident::open(services, &owner, view.id).await.unwrap().is_some());
        assert!(owner.trail.take().is_empty());
        let case = view.cases[0].id;
        assert!(queue::open(services, &stranger, case).await.unwrap().is_none());
        let unit = UnitId("sektorcert".to_owned());
        assert!(queue::newest_change(services, &stranger, &unit).await.is_err());
        assert!(change::list(services, &stranger, page()).await.is_err());
        assert!(attempt::latest(services, &stranger, page()).await.is_err());
        let noted = stranger.trail.take();
        assert_eq!(noted.len(), 4);
        assert!(noted.iter().all(|it| it.cause == Cause::NoRight), "{noted:?}");
    })
    .await;
}

#[tokio::test]
async fn what_a_day_had_too_many_of_is_told_in_the_night_after() {
    in_each_house(async |house| {
        let services = &house.services;
        let register = async |count: usize| {
            for _ in 0..count {
                let refused = Refused::new(Cause::Gate, "DOCUMENT_TOO_DEEP", Tried::Nobody);
                attempt::register(services, &from("192.0.2.7"), "test", refused).await.unwrap();
            }
        };
        let directory = std::env::temp_dir().join(format!("varsel_day_{}", services.ids.next(house.now())));
        let mail = mails_in(directory.clone());
        for (count, expected) in [(19, 0), (20, 3)] {
            register(count).await;
            house.advance(TimeDelta::days(1));
            run_due(services, &mail).await.unwrap();
            assert_eq!(mails_of(&directory).len(), expected, "{count}");
        }
        let _ = std::fs::remove_dir_all(&directory);
        let found = patterns(&house).await;
        assert_eq!((found.total, found.yesterday[0].count, found.yesterday[0].deviates), (39, 20, true));
    })
    .await;
}

#[tokio::test]
async fn a_source_with_more_than_is_usual_for_it_is_told_though_the_sum_is_as_always() {
    in_each_house(async |house| {
        let services = &house.services;
        let register = async |client: &str, who: Tried<'_>, count: usize| {
            for _ in 0..count {
                let refused = Refused::new(Cause::Gate, "DOCUMENT_TOO_DEEP", who);
                attempt::register(services, &from(client), "test", refused).await.unwrap();
            }
        };
        let victim = house.request("reporter-energy").await.actor.unwrap().person;
        // 400 in the four weeks before, from one client: 20 of a day are as always, and 19 from another are too few to say.
        register("192.0.2.7", Tried::Nobody, 400).await;
        house.advance(TimeDelta::days(2));
        register("192.0.2.7", Tried::Nobody, 20).await;
        register("198.51.100.1", Tried::Nobody, 19).await;
        assert!(patterns(&house).await.unusual.is_empty());
        register("198.51.100.1", Tried::Nobody, 1).await;
        for n in 0..20 {
            register(&format!("203.0.113.{n}"), Tried::Person(victim), 1).await;
        }
        house.advance(TimeDelta::days(1));
        let found = patterns(&house).await;
        assert!(!found.yesterday[0].deviates, "{:?}", found.yesterday);
        let unusual: Vec<_> =
            found.unusual.iter().map(|it| (it.unusual.subject.to_string(), it.unusual.count)).collect();
        assert_eq!(unusual, [("client 198.51.100.1".to_owned(), 20), (format!("person {victim}"), 20)]);
        assert_eq!(found.unusual[1].name.as_deref(), Some("Karen Holm"));
        // To find nothing is no rejection.
        for _ in 0..20 {
            let nothing = Refused::new(Cause::NothingThere, "NOT_FOUND", Tried::Nobody);
            attempt::register(services, &from("192.0.2.99"), "test", nothing).await.unwrap();
        }
        assert_eq!(patterns(&house).await.unusual.len(), 2);
    })
    .await;
}
