//! Versions of the rules: received once, published by two, in force at their time, and never replaced by a broken one.

use std::sync::Arc;

use chrono::TimeDelta;
use varsel_domain::change::{Payload, Refusal};
use varsel_domain::pack::PackStatus;
use varsel_domain::rules::{Pack, PackFiles};
use varsel_services::pack::{self, Brought, Content, Publication, Received, Shelf, ShelfError};
use varsel_services::testing::{House, edited, in_each_house, mails_in};
use varsel_services::{Error, change, job};

use crate::rows::{count, execute, uses};

const REASON: &str = "The periods of the regulation have changed.";

fn brought(files: &PackFiles) -> Brought {
    Brought::new(Arc::new(Pack::from_files(files).unwrap()), files)
}

/// Another server on the same database.
async fn replica(house: &House) -> Shelf {
    let own = [brought(&PackFiles::embedded("dk"))];
    Shelf::open(&house.services.store, &own, Content::Immutable, house.now()).await.unwrap()
}

async fn statuses(house: &House, handle: &str) -> Vec<(String, PackStatus)> {
    let views = pack::list(&house.services, &house.request(handle).await).await.unwrap();
    let mut found: Vec<_> = views.into_iter().map(|it| (it.version.version, it.status)).collect();
    found.sort_by(|one, other| one.0.cmp(&other.0));
    found
}

fn named(pairs: &[(&str, PackStatus)]) -> Vec<(String, PackStatus)> {
    pairs.iter().map(|(version, status)| ((*version).to_owned(), *status)).collect()
}

#[tokio::test]
async fn a_version_is_in_force_at_its_time_on_every_server() {
    in_each_house(async |house| {
        use PackStatus::{InForce, Received, Scheduled, Superseded};
        let other = replica(&house).await;
        assert_eq!(
            statuses(&house, "administrator").await,
            named(&[("2026.1", InForce), ("2026.2", Received)])
        );
        assert_eq!(statuses(&house, "officer-sektorcert").await, named(&[("2026.1", InForce)]));
        let from = house.publish(false).await;
        let public = named(&[("2026.1", InForce), ("2026.2", Scheduled)]);
        assert_eq!(statuses(&house, "officer-sektorcert").await, public);

        house.advance(TimeDelta::minutes(4));
        other.refresh(&house.services.store, house.now()).await.unwrap();
        house.advance(TimeDelta::minutes(6) - TimeDelta::microseconds(1));
        for shelf in [&house.services.packs, &other] {
            assert_eq!(shelf.in_force(house.now()).version(), "2026.1");
            assert_eq!(shelf.in_force(from).version(), "2026.2", "known before it is in force");
        }
        house.advance(TimeDelta::microseconds(1));
        for shelf in [&house.services.packs, &other] {
            shelf.refresh(&house.services.store, house.now()).await.unwrap();
            assert_eq!(shelf.in_force(house.now()).version(), "2026.2");
        }
        let now = named(&[("2026.1", Superseded), ("2026.2", InForce)]);
        assert_eq!(statuses(&house, "reporter-bank").await, now);
        assert_eq!(
            replica(&house).await.in_force(house.now()).version(),
            "2026.2",
            "a server that starts later"
        );
    })
    .await;
}

#[tokio::test]
async fn the_runner_finds_what_another_server_published() {
    in_each_house(async |house| {
        let other = replica(&house).await;
        let from = house.publish(false).await;
        assert_eq!(other.in_force(from).version(), "2026.1");
        let mail = mails_in(tempfile_directory());
        let services = varsel_services::Services { packs: other.clone(), ..house.services.clone() };
        job::run_due(&services, &mail).await.unwrap();
        assert_eq!(other.in_force(from).version(), "2026.2");
    })
    .await;
}

fn tempfile_directory() -> std::path::PathBuf {
    std::env::temp_dir().join(format!("varsel-pack-mails-{}", std::process::id()))
}

#[tokio::test]
async fn a_version_never_gets_other_files() {
    in_each_house(async |house| {
        let other = edited(&[("regimes/gdpr_33.yaml", "count: 72", "count: 36")]);
        let (store, now) = (&house.services.store, house.now());
        let refused = Shelf::open(store, &[brought(&other)], Content::Immutable, now).await;
        assert!(
            matches!(&refused, Err(ShelfError::Differs { version }) if version == "2026.1"),
            "{refused:?}"
        );
        let said = refused.err().unwrap().to_string();
        assert!(said.contains("new version in pack.yaml"), "{said}");

        let by = house.request("administrator").await;
        match pack::receive(&house.services, &by, other.clone()).await.unwrap() {
            Received::Refused(problems) => {
                assert_eq!((problems[0].file.as_str(), problems.len()), ("pack.yaml", 1));
                assert!(
                    problems[0].line > 0 && problems[0].message.contains("write a new one"),
                    "{problems:?}"
                );
            }
            stored @ Received::Stored { .. } => panic!("{stored:?}"),
        }
        // In the demo somebody is writing the law.
        let demo = Shelf::open(store, &[brought(&other)], Content::Replaceable, now).await.unwrap();
        assert_eq!(demo.in_force(now).version(), "2026.1");
        assert_eq!(count(&house, "pack_version").await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_newer_program_waits_for_its_law_to_be_published() {
    in_each_house(async |house| {
        let newer = brought(&edited(&[("pack.yaml", "version: \"2026.1\"", "version: \"2027.1\"")]));
        let shelf =
            Shelf::open(&house.services.store, &[newer], Content::Immutable, house.now()).await.unwrap();
        assert_eq!(shelf.in_force(house.now()).version(), "2026.1");
        let all = statuses(&house, "administrator").await;
        assert!(all.contains(&("2027.1".to_owned(), PackStatus::Received)), "{all:?}");
    })
    .await;
}

#[tokio::test]
async fn what_is_sent_is_checked_whole_and_only_administrators_send() {
    in_each_house(async |house| {
        let next = edited(&[("pack.yaml", "version: \"2026.1\"", "version: \"2026.3\"")]);
        for handle in ["security-officer", "officer-sektorcert", "reporter-energy", "coordinator"] {
            let by = house.request(handle).await;
            let refused = pack::receive(&house.services, &by, next.clone()).await;
            assert!(matches!(refused, Err(Error::Forbidden { .. })), "{handle}: {refused:?}");
        }
        let by = house.request("administrator").await;
        let broken = edited(&[
            ("pack.yaml", "version: \"2026.1\"", "version: \"2026.3\""),
            ("regimes/gdpr_33.yaml", "fact: personal_data.involved", "fact: personal_data.involvd"),
        ]);
        match pack::receive(&house.services, &by, broken).await.unwrap() {
            Received::Refused(problems) => {
                let near = problems.iter().any(|it| it.file == "regimes/gdpr_33.yaml" && it.line > 0);
                assert!(near, "{problems:?}");
            }
            stored @ Received::Stored { .. } => panic!("{stored:?}"),
        }
        assert_eq!(count(&house, "pack_version").await, 2, "nothing of it is kept");
        let first = pack::receive(&house.services, &by, next.clone()).await.unwrap();
        let Received::Stored { version, sha256 } = &first else { panic!("{first:?}") };
        assert_eq!((version.as_str(), sha256.len()), ("2026.3", 64));
        assert_eq!(pack::receive(&house.services, &by, next).await.unwrap(), first, "the same again");
        let logged = uses(&house).await.pop().unwrap();
        assert_eq!((logged.kind.as_str(), logged.function.as_str()), ("pack_received", "administrator"));
    })
    .await;
}

#[tokio::test]
async fn a_damaged_version_never_replaces_a_working_one() {
    in_each_house(async |house| {
        house.publish(false).await;
        let other = replica(&house).await;
        execute(
            &house,
            "UPDATE pack_version SET files = '{\"pack.yaml\":\"id: dk\"}' WHERE version = '2026.2'",
        )
        .await;
        house.advance(TimeDelta::minutes(11));
        let late = replica(&house).await;
        assert_eq!(late.in_force(house.now()).version(), "2026.1", "the one before it stays in force");
        // Whoever read it before goes on with what was read.
        other.refresh(&house.services.store, house.now()).await.unwrap();
        assert_eq!(other.in_force(house.now()).version(), "2026.2");
    })
    .await;
}

#[tokio::test]
async fn what_may_not_be_published_is_refused_with_its_code() {
    in_each_house(async |house| {
        let by = house.request("administrator").await;
        let draft =
            brought(&edited(&[("pack.yaml", "version: \"2026.1\"", "version: \"draft.1\"\ndraft: true")]));
        Shelf::open(
            &house.services.store,
            &[brought(&PackFiles::embedded("dk")), draft],
            Content::Immutable,
            house.now(),
        )
        .await
        .unwrap();
        let soon = house.now() + TimeDelta::minutes(5);
        for (version, from, expected) in [
            ("2026.9", soon, Refusal::UnknownVersion),
            ("2026.1", soon, Refusal::AlreadyInForce),
            ("2026.2", soon - TimeDelta::microseconds(1), Refusal::TooSoon),
            ("draft.1", soon, Refusal::Draft),
        ] {
            let publication =
                Publication { version: version.to_owned(), in_force_from: from, reassess_running: false };
            let outcome = pack::propose(&house.services, &by, publication, REASON).await.unwrap();
            assert_eq!(outcome.err(), Some(expected), "{version}");
        }
        let Payload::PublishPack { version, in_force_from, reassess_running, .. } = house.publication()
        else {
            panic!("the house publishes its next pack")
        };
        let other =
            Payload::PublishPack { version, content_sha256: "0".repeat(64), in_force_from, reassess_running };
        let outcome = change::propose(&house.services, &by, &other, REASON).await.unwrap();
        assert_eq!(outcome.err(), Some(Refusal::PayloadDiffers));
        assert_eq!(count(&house, "change_proposal").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_comparison_counts_and_names_nobody() {
    in_each_house(async |house| {
        let (own, _) = house.file("reporter-municipality", "first-report").await;
        house.file("reporter-bank", "second-report").await;
        let by = house.request("administrator").await;
        let found = pack::compare(&house.services, &by, "2026.2").await.unwrap().unwrap();
        assert_eq!((found.against.as_str(), found.incidents), ("2026.1", 2));
        assert!(found.changed >= 1, "{found:?}");
        let earlier = found.effects.iter().find(|(it, _)| {
            it.what.en.contains("personal data")
                && it.after.as_ref().is_some_and(|it| it.en == "24 hours earlier")
        });
        assert_eq!(earlier.map(|(_, incidents)| *incidents), Some(1), "{:?}", found.effects);
        assert!(
            found.items.iter().any(|it| it.what.en.starts_with("Report: ") && it.before.is_some()),
            "{:?}",
            found.items
        );
        let said = format!("{found:?}");
        for secret in [own.number.as_str(), &own.id.to_string(), "Fjordby", "hjemmeplejen", "2026-11-2"] {
            assert!(!said.contains(secret), "{secret}: {said}");
        }
        let logged = uses(&house).await.pop().unwrap();
        assert_eq!((logged.kind.as_str(), logged.incident_id), ("compared", None));
        let again = pack::compare(&house.services, &by, "2026.2").await.unwrap().unwrap();
        assert!(Arc::ptr_eq(&found, &again), "nothing was reported since");
        house.file("reporter-energy", "third-report").await;
        let newer = pack::compare(&house.services, &by, "2026.2").await.unwrap().unwrap();
        assert_eq!(newer.incidents, 3);
        for handle in ["officer-datatilsynet", "security-officer", "reporter-bank"] {
            let by = house.request(handle).await;
            assert_eq!(pack::compare(&house.services, &by, "2026.2").await.unwrap(), None, "{handle}");
        }
    })
    .await;
}
