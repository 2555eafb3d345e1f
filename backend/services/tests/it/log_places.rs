//! Where the log of use is: nowhere but where its manual says (docs/log-interpretation.md), on every database (R57).

use std::collections::BTreeSet;

use chrono::TimeDelta;
use varsel_services::job::run_due;
use varsel_services::testing::{House, in_each_house, mails_in};
use varsel_services::view::{CaseFilter, PageRequest};
use varsel_services::{incident, log, queue, retention};
use varsel_storage::testing::remains;

use crate::rows::execute;

/// What somebody seeks: it stands in the log and in nothing else that Varsel keeps.
const SOUGHT: &str = "kanarie-criterion-77";

/// What the manual's inventory calls by its name.
fn inventory() -> BTreeSet<&'static str> {
    let manual = include_str!("../../../../docs/log-interpretation.md");
    let (_, after) = manual.split_once("\n## Where the log is\n").unwrap();
    let (section, _) = after.split_once("\n## ").unwrap();
    let places = section.lines().filter_map(|row| row.strip_prefix("| ")?.split(" | ").next());
    places.flat_map(|place| place.split('`').skip(1).step_by(2)).collect()
}

/// Seeks and opens, and lets a day go by with its jobs and mails, which are kept in this folder.
async fn use_it(house: &House, mails: &std::path::Path) {
    let (own, _) = house.file("reporter-energy", "places-report").await;
    let officer = house.request("officer-sektorcert").await;
    let (filter, page) = (
        CaseFilter { text: Some(SOUGHT.to_owned()), ..CaseFilter::default() },
        PageRequest { first: 10, after: None },
    );
    queue::list(&house.services, &officer, &"sektorcert".into(), filter, page).await.unwrap();
    incident::open(&house.services, &officer, own.id).await.unwrap().unwrap();
    log::seal_waiting(&house.services).await.unwrap();
    let mut house = house.clone();
    house.services.configured.use_log.checkpoint_mailboxes = vec!["dpo@authority.example".to_owned()];
    log::schedule(&house.services).await.unwrap();
    retention::schedule(&house.services).await.unwrap();
    house.advance(TimeDelta::days(1));
    while run_due(&house.services, &mails_in(mails)).await.unwrap() > 0 {}
}

/// Places of the database in which it stands, and that are none of the log's by the manual.
async fn elsewhere(house: &House) -> (BTreeSet<String>, Vec<String>) {
    let (known, found) = (inventory(), remains(&house.services.store, SOUGHT).await.unwrap());
    let is_known = |place: &String| match place.strip_prefix("file of the database") {
        Some(end) => end.is_empty() || known.contains(format!("varsel.db{end}").as_str()),
        None => place.split('.').next().is_some_and(|table| known.contains(table)),
    };
    let others = found.iter().filter(|place| !is_known(place)).cloned().collect();
    (found.into_iter().collect(), others)
}

#[tokio::test]
async fn what_is_logged_stands_where_the_manual_says_and_nowhere_else() {
    in_each_house(async |house| {
        let folder = tempfile::tempdir().unwrap();
        use_it(&house, folder.path()).await;
        let (found, others) = elsewhere(&house).await;
        assert!(found.contains("access_entry.text"), "it is looked for: {found:?}");
        assert_eq!(others, [""; 0]);
        let mut mails = 0;
        for mail in std::fs::read_dir(folder.path()).unwrap() {
            let mail = std::fs::read_to_string(mail.unwrap().path()).unwrap();
            assert!(!mail.contains(SOUGHT), "{mail}");
            mails += 1;
        }
        assert!(mails >= 2, "{mails}: that of the checkpoint, and that of the report");
    })
    .await;
}

#[tokio::test]
async fn a_copy_of_what_is_logged_that_the_manual_does_not_name_is_found() {
    in_each_house(async |house| {
        let folder = tempfile::tempdir().unwrap();
        use_it(&house, folder.path()).await;
        execute(&house, &format!("UPDATE job SET last_error = '{SOUGHT}'")).await;
        assert_eq!(elsewhere(&house).await.1, ["job.last_error"]);
    })
    .await;
}
