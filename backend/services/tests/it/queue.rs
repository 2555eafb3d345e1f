//! The queue as an officer meets it: cursors, lateness, live changes.

use chrono::TimeDelta;
use serde_json::json;
use varsel_domain::rules::ObligationStatus;
use varsel_services::report::{SubmitReport, submit};
use varsel_services::testing::{House, in_each_house};
use varsel_services::view::{CaseFilter, CaseView, Page, PageRequest};
use varsel_services::{Error, Result, queue};

use crate::rows::execute;

async fn list(
    house: &House,
    filter: CaseFilter,
    first: u32,
    after: Option<String>,
) -> Result<Page<CaseView>> {
    let request = house.request("duty-officer").await;
    queue::list(&house.services, &request, &"csirt".into(), filter, PageRequest { first, after }).await
}

#[tokio::test]
async fn pages_follow_each_other_without_gap_or_repeat() {
    in_each_house(async |house| {
        for (n, handle) in
            ["reporter-energy", "reporter-bank", "reporter-municipality"].iter().cycle().take(7).enumerate()
        {
            house.advance(TimeDelta::minutes(10));
            house.file(handle, &format!("report-{n:04}")).await;
        }
        let whole = list(&house, CaseFilter::default(), 100, None).await.unwrap();
        assert_eq!((whole.rows.len(), whole.total, whole.has_next), (7, 7, false));
        let all: Vec<_> = whole.rows.iter().map(|(_, row)| row.case.id).collect();
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = list(&house, CaseFilter::default(), 3, after.take()).await.unwrap();
            after = page.rows.last().map(|(cursor, _)| cursor.clone());
            seen.extend(page.rows.iter().map(|(_, row)| row.case.id));
            if !page.has_next {
                break;
            }
        }
        assert_eq!(seen, all);
        let due: Vec<_> = whole
            .rows
            .iter()
            .map(|(_, row)| row.next_due.as_ref().and_then(|it| it.obligation.due))
            .collect();
        assert!(due.is_sorted_by_key(|due| (due.is_none(), *due)), "{due:?}");
    })
    .await;
}

#[tokio::test]
async fn a_page_size_or_cursor_that_cannot_be_taken_is_named() {
    in_each_house(async |house| {
        for first in [0, 101] {
            let outcome = list(&house, CaseFilter::default(), first, None).await;
            assert!(matches!(outcome, Err(Error::Invalid { field: "first", .. })), "{first}");
        }
        for cursor in ["", "nonsense", "W10", "eyJhIjoxfQ"] {
            let outcome = list(&house, CaseFilter::default(), 1, Some(cursor.to_owned())).await;
            assert!(matches!(outcome, Err(Error::Invalid { field: "after", .. })), "{cursor}");
        }
        let filter = CaseFilter { text: Some("x".repeat(201)), ..CaseFilter::default() };
        assert!(matches!(
            list(&house, filter, 1, None).await,
            Err(Error::Invalid { field: "filter.text", .. })
        ));
    })
    .await;
}

#[tokio::test]
async fn a_duty_becomes_late_when_its_legal_end_has_passed_and_not_before() {
    in_each_house(async |house| {
        house.file("reporter-energy", "first-report").await;
        let late = || CaseFilter { late: true, ..CaseFilter::default() };
        let row = list(&house, CaseFilter::default(), 1, None).await.unwrap().rows.remove(0).1;
        let next = row.next_due.unwrap();
        assert_eq!(next.obligation.status, ObligationStatus::Open);
        let due = next.obligation.due.unwrap().to_utc();

        house.advance(due - house.now());
        assert_eq!(list(&house, late(), 1, None).await.unwrap().total, 0);
        house.advance(TimeDelta::microseconds(1));
        let page = list(&house, late(), 1, None).await.unwrap();
        assert_eq!(page.total, 1);
        assert_eq!(page.rows[0].1.next_due.as_ref().unwrap().obligation.status, ObligationStatus::Late);
    })
    .await;
}

#[tokio::test]
async fn changes_come_in_order_and_say_whether_the_case_is_new() {
    in_each_house(async |house| {
        let (services, unit) = (&house.services, "csirt".into());
        let officer = house.request("duty-officer").await;
        let start = queue::newest_change(services, &officer, &unit).await.unwrap();
        let (first, _) = house.file("reporter-energy", "first-report").await;
        let report = SubmitReport {
            idempotency_key: "second-report".to_owned(),
            facts: json!({ "impact.users_affected": 50_000 }),
            incident: Some(first.id),
            warnings_seen: false,
        };
        submit(services, &house.request("reporter-energy").await, report).await.unwrap();
        let changes = queue::changes_after(services, &officer, &unit, start).await.unwrap();
        assert_eq!(changes.iter().map(|it| it.opened).collect::<Vec<_>>(), [true, false]);
        assert!(changes[0].sequence < changes[1].sequence);
        let case = queue::open(services, &officer, changes[1].case).await.unwrap().unwrap();
        assert_eq!((case.case.version, &case.number), (2, &first.number));
        let newest = queue::newest_change(services, &officer, &unit).await.unwrap();
        assert_eq!(newest, changes[1].sequence);
        assert!(queue::changes_after(services, &officer, &unit, newest).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn somebody_who_left_the_unit_gets_no_more_changes_on_a_view_that_is_still_open() {
    in_each_house(async |house| {
        let (services, unit) = (&house.services, "csirt".into());
        let officer = house.request("duty-officer").await;
        house.file("reporter-energy", "first-report").await;
        assert_eq!(queue::changes_after(services, &officer, &unit, 0).await.unwrap().len(), 1);
        execute(&house, "UPDATE person SET unit = 'sektorcert' WHERE demo_handle = 'duty-officer'").await;
        let after = queue::changes_after(services, &officer, &unit, 0).await;
        assert!(matches!(after, Err(Error::NotFound { kind: "queue" })), "{after:?}");
    })
    .await;
}
