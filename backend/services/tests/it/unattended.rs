//! What nobody does in a page leaves its entry, too: what is shown at the command line, and the jobs that work on data about people.

use chrono::{Months, TimeDelta};
use serde_json::json;
use varsel_services::report::replay_at_command_line;
use varsel_services::testing::{House, in_each_house, mails_in};
use varsel_services::{job, keys, review};
use varsel_storage::testing::edit_assessments;

use crate::attempt::{person, try_in};
use crate::rows::{Use, uses};

async fn after(house: &House, known: usize) -> Vec<Use> {
    uses(house).await.into_iter().skip(known).collect()
}

fn is_of_command_line(entry: &Use, command: &str) -> bool {
    (entry.function.as_str(), entry.request_id.as_str()) == ("command line", command)
}

#[tokio::test]
async fn a_replay_is_logged_with_how_many_and_with_each_incident_that_was_named() {
    in_each_house(async |house| {
        let (first, _) = house.file("reporter-energy", "first-report").await;
        house.file("reporter-bank", "other-report").await;
        let (services, known) = (&house.services, uses(&house).await.len());
        let with = (&*services.ids, house.now());
        let (same, others) = replay_at_command_line(&services.store, with, None).await.unwrap();
        assert_eq!((same, others.len()), (2, 0));
        let entries = after(&house, known).await;
        assert_eq!(entries.len(), 1, "{entries:?}");
        assert_eq!((entries[0].kind.as_str(), entries[0].incident_id), ("replayed", None));
        assert_eq!(entries[0].detail, json!({ "incidents": 2, "differing": 0 }));
        // One that is asked for by its number is shown, whatever comes of it.
        replay_at_command_line(&services.store, with, Some(&first.number)).await.unwrap();
        let entries = after(&house, known + 1).await;
        let named: Vec<_> = entries.iter().map(|entry| entry.incident_id).collect();
        assert_eq!(named, [None, Some(first.id.0)]);
        edit_assessments(&services.store, |id, _, assessment| {
            assessment["severity"]["level"] = 0.into();
            id == first.id
        })
        .await
        .unwrap();
        let (same, others) = replay_at_command_line(&services.store, with, None).await.unwrap();
        assert_eq!((same, others.len()), (1, 1));
        let entries = after(&house, known + 3).await;
        assert_eq!(entries[0].detail, json!({ "incidents": 2, "differing": 1 }));
        assert_eq!(entries[1].incident_id, Some(first.id.0));
        assert!(entries.iter().all(|entry| is_of_command_line(entry, "varsel replay")), "{entries:?}");
        let unknown = replay_at_command_line(&services.store, with, Some("V-1999-00001")).await;
        assert!(unknown.is_err() && after(&house, known + 5).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_status_of_keys_is_logged_with_each_incident_that_it_names() {
    in_each_house(async |house| {
        let (view, _) = house.file("reporter-energy", "first-report").await;
        let (services, known) = (&house.services, uses(&house).await.len());
        let (_, without) = keys::status(services).await.unwrap();
        assert!(without.is_empty(), "{without:?}");
        services.store.vault().unwrap().destroy(view.id, house.now()).await.unwrap();
        let (_, without) = keys::status(services).await.unwrap();
        let entries = after(&house, known).await;
        let told: Vec<_> = entries.iter().map(|entry| (entry.kind.as_str(), entry.incident_id)).collect();
        let named: Vec<_> = without.iter().map(|id| ("vault_read", Some(id.0))).collect();
        assert_eq!(told, [vec![("vault_read", None), ("vault_read", None)], named].concat());
        assert!(entries.iter().all(|entry| is_of_command_line(entry, "varsel keys status")), "{entries:?}");
    })
    .await;
}

#[tokio::test]
async fn jobs_that_work_on_data_about_people_are_logged_with_starter_time_and_scope() {
    in_each_house(async |house| {
        let (services, mails) = (&house.services, tempfile::tempdir().unwrap());
        let run = async || while job::run_due(services, &mails_in(mails.path())).await.unwrap() > 0 {};
        let victim = person(&house, "reporter-energy").await;
        try_in(services, victim, "192.0.2.1", false).await;
        let (day, known) = (house.now().date_naive(), uses(&house).await.len());
        house.advance(TimeDelta::hours(26));
        run().await;
        let entries = after(&house, known).await;
        let mut jobs: Vec<_> = entries.iter().map(|entry| entry.detail["job"].as_str().unwrap()).collect();
        jobs.sort_unstable();
        assert_eq!(jobs, ["summarise_attempts", "tidy_attempts"], "{entries:?}");
        for entry in &entries {
            assert_eq!(
                (entry.kind.as_str(), entry.name.as_str(), entry.function.as_str()),
                ("job_run", "Varsel", "system")
            );
            assert!(entry.request_id.starts_with("job_"), "{entry:?}");
        }
        let summed = entries.iter().find(|entry| entry.detail["job"] == "summarise_attempts").unwrap();
        assert_eq!(summed.detail["scope"], json!({ "date": day }));

        // Reviews that open, and the reminders of them.
        let known = known + entries.len();
        review::schedule(services).await.unwrap();
        let now = house.now();
        house.advance(now.checked_add_months(Months::new(5)).unwrap() - now + TimeDelta::days(1));
        run().await;
        house.advance(TimeDelta::days(29));
        run().await;
        let entries = after(&house, known).await;
        for job in ["open_reviews", "remind_reviewers"] {
            let found = entries.iter().find(|entry| entry.detail["job"] == job);
            assert!(
                found.is_some_and(|entry| entry.detail["scope"]["day"].is_string()),
                "{job}: {entries:?}"
            );
        }
    })
    .await;
}

#[test]
fn the_manual_names_every_job() {
    let manual = include_str!("../../../../docs/log-interpretation.md");
    let (_, after) = manual.split_once("## What Varsel does by itself").unwrap();
    let (section, _) = after.split_once("\n## ").unwrap();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/job");
    let mut named = 0;
    for file in std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()) {
        let Ok(source) = std::fs::read_to_string(&file) else { continue };
        let kinds = source.split("const KIND: &'static str = \"").skip(1);
        for kind in kinds.filter_map(|after| after.split('"').next()) {
            assert!(section.contains(&format!("`{kind}`")), "{kind}");
            named += 1;
        }
    }
    assert!(named >= 25, "{named}");
}
