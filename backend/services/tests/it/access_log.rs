//! No log, no data: every use leaves its entry, and nothing is shown that could not be logged.

use serde_json::json;
use varsel_domain::shown::{Part, Parts};
use varsel_services::report::preview;
use varsel_services::testing::in_each_house;
use varsel_services::view::{CaseFilter, PageRequest};
use varsel_services::{Error, authorisation, incident, queue};

use crate::rows::{break_table, swallow, uses};

fn page() -> PageRequest {
    PageRequest { first: 10, after: None }
}

#[tokio::test]
async fn opening_an_incident_leaves_who_when_and_which_facts_but_no_values() {
    in_each_house(async |house| {
        let (own, _) = house.file("reporter-energy", "first-report").await;
        let request = house.request("officer-sektorcert").await;
        let before = uses(&house).await.len();
        let view = incident::open(&house.services, &request, own.id).await.unwrap().unwrap();
        let uses = uses(&house).await;
        assert_eq!(uses.len(), before + 1);
        let entry = &uses[before];
        assert_eq!(entry.name, "Mads Krogh");
        assert_eq!(entry.function, "officer of sektorcert");
        assert_eq!((entry.kind.as_str(), entry.incident_id), ("opened", Some(own.id.0)));
        assert_eq!(entry.request_id, "test-officer-sektorcert");
        let shown: Vec<_> = view.facts.iter().map(|answer| answer.fact.as_str()).collect();
        let right = authorisation::own(&house.services, &request).await.unwrap().remove(0).authorisation.id;
        assert_eq!(entry.detail, json!({ "parts": Parts::all(), "facts": shown, "under": [right] }));
        assert!(!entry.detail.to_string().contains("krypteret"));
        // What was not asked for was not shown, and is not told.
        let some = request.showing([Part::Number, Part::Severity].into_iter().collect());
        incident::open_many(&house.services, &some, &[own.id]).await.unwrap();
        let last = crate::rows::uses(&house).await.pop().unwrap();
        let told = json!({ "parts": ["number", "severity"], "under": [right] });
        assert_eq!((last.kind.as_str(), last.detail), ("listed", told));
    })
    .await;
}

#[tokio::test]
async fn filing_and_every_row_of_a_list_leave_entries() {
    in_each_house(async |house| {
        let (own, _) = house.file("reporter-energy", "first-report").await;
        house.file("reporter-bank", "other-report").await;
        let kinds: Vec<_> = uses(&house).await.into_iter().map(|it| (it.kind, it.incident_id)).collect();
        assert_eq!(kinds[0], ("submitted".to_owned(), Some(own.id.0)));
        assert_eq!(kinds[1], ("opened".to_owned(), Some(own.id.0)));

        let request = house.request("duty-officer").await;
        let before = uses(&house).await.len();
        let filter = CaseFilter { text: Some("  NORDVIND   elnet ".to_owned()), ..CaseFilter::default() };
        let found = queue::list(&house.services, &request, &"csirt".into(), filter, page()).await.unwrap();
        assert_eq!(found.rows.len(), 1);
        let new = &uses(&house).await[before..];
        assert_eq!(new.len(), 2);
        assert_eq!(new[0].incident_id, None);
        assert_eq!(new[0].detail["text"], "nordvind elnet");
        assert_eq!(new[0].detail["shown"], 1);
        assert_eq!((new[1].kind.as_str(), new[1].incident_id), ("listed", Some(own.id.0)));
    })
    .await;
}

#[tokio::test]
async fn a_search_that_finds_nothing_is_logged_and_a_preview_is_no_use() {
    in_each_house(async |house| {
        let request = house.request("duty-officer").await;
        let filter = CaseFilter { text: Some("nobody".to_owned()), ..CaseFilter::default() };
        queue::list(&house.services, &request, &"csirt".into(), filter, page()).await.unwrap();
        let logged = uses(&house).await;
        assert_eq!(logged.len(), 1);
        assert_eq!(logged[0].detail["text"], "nobody");
        preview(&house.services, &house.facts("reporter-energy"));
        assert_eq!(uses(&house).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_change_that_is_pushed_is_logged_and_waiting_for_one_is_not() {
    in_each_house(async |house| {
        let request = house.request("duty-officer").await;
        let (unit, services) = ("csirt".into(), &house.services);
        let start = queue::newest_change(services, &request, &unit).await.unwrap();
        assert!(queue::changes_after(services, &request, &unit, start).await.unwrap().is_empty());
        assert_eq!(uses(&house).await.len(), 0);
        let (own, _) = house.file("reporter-energy", "first-report").await;
        let changes = queue::changes_after(services, &request, &unit, start).await.unwrap();
        assert_eq!(changes.len(), 1);
        assert!(changes[0].opened);
        let pushed = async || {
            let kinds = uses(&house).await.into_iter().map(|it| it.kind);
            kinds.filter(|kind| kind == "pushed").count()
        };
        assert_eq!(pushed().await, 0, "knowing that there are changes shows nobody anything");
        let stranger = house.request("officer-dcis-sund").await;
        assert!(queue::push(services, &stranger, &changes[0]).await.unwrap().is_none());
        assert_eq!(pushed().await, 0);
        assert!(queue::push(services, &request, &changes[0]).await.unwrap().is_some());
        assert_eq!(pushed().await, 1);
        let last = uses(&house).await.pop().unwrap();
        assert_eq!((last.kind.as_str(), last.incident_id), ("pushed", Some(own.id.0)));
    })
    .await;
}

#[tokio::test]
async fn nothing_is_shown_when_the_log_cannot_be_written() {
    in_each_house(async |house| {
        let (own, _) = house.file("reporter-energy", "first-report").await;
        let case = own.cases.iter().find(|case| case.unit.as_str() == "csirt").unwrap().id;
        let (services, unit) = (&house.services, "csirt".into());
        let (officer, reporter) =
            (house.request("duty-officer").await, house.request("reporter-energy").await);
        let change = queue::changes_after(services, &officer, &unit, 0).await.unwrap().remove(0);
        break_table(&house, "access_entry").await;
        let refused = [
            incident::open(services, &officer, own.id).await.err(),
            incident::open_many(services, &officer, &[own.id]).await.err(),
            incident::list_own(services, &reporter, page()).await.err(),
            queue::open(services, &officer, case).await.err(),
            queue::list(services, &officer, &unit, CaseFilter::default(), page()).await.err(),
            queue::push(services, &officer, &change).await.err(),
        ];
        for (path, error) in refused.iter().enumerate() {
            let code = error.as_ref().map(Error::code);
            assert_eq!(code, Some("NOT_LOGGED"), "path {path}: {error:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn nothing_is_shown_to_somebody_whose_uses_the_database_swallows() {
    in_each_house(async |house| {
        let (own, _) = house.file("reporter-energy", "first-report").await;
        let (services, page) = (&house.services, page());
        swallow(&house, "Mads Krogh").await;
        let officer = house.request("officer-sektorcert").await;
        let refused = [
            incident::open(services, &officer, own.id).await.err(),
            queue::list(services, &officer, &"sektorcert".into(), CaseFilter::default(), page).await.err(),
        ];
        for (path, error) in refused.iter().enumerate() {
            assert_eq!(error.as_ref().map(Error::code), Some("NOT_LOGGED"), "path {path}: {error:?}");
        }
        let other = house.request("duty-officer").await;
        assert!(incident::open(services, &other, own.id).await.unwrap().is_some());
    })
    .await;
}
