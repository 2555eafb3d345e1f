//! An authority asks for a report that is owed only on request.

use chrono::TimeDelta;
use serde_json::json;
use varsel_domain::rules::{ObligationStatus, StageRef};
use varsel_domain::timeline::TimelineKind;
use varsel_services::report::{
    Replay, RequestReport, SubmitOutcome, SubmitReport, replay, request_report, submit,
};
use varsel_services::testing::{House, in_each_house};
use varsel_services::view::IncidentView;
use varsel_services::{Error, Result};

use crate::rows::{count, uses};

fn stage() -> StageRef {
    StageRef { regime: "nis2_energy_dk".to_owned(), stage: "intermediate_report".to_owned() }
}

async fn ask(house: &House, handle: &str, of: &IncidentView, days: i64) -> Result<IncidentView> {
    let asked = RequestReport { incident: of.id, stage: stage(), due: house.now() + TimeDelta::days(days) };
    request_report(&house.services, &house.request(handle).await, asked).await
}

fn status(view: &IncidentView) -> Option<ObligationStatus> {
    let mut duties = view.obligations.iter().map(|duty| &duty.obligation);
    duties.find(|it| it.regime == stage().regime && it.stage == stage().stage).map(|it| it.status)
}

#[tokio::test]
async fn a_report_asked_for_is_owed_by_the_time_given_and_met_by_the_next_filing() {
    in_each_house(async |house| {
        let (first, _) = house.file("reporter-energy", "first-report").await;
        let jobs = count(&house, "job").await;
        house.advance(TimeDelta::hours(1));
        let asked = ask(&house, "duty-officer", &first, 2).await.unwrap();
        let duty = asked
            .obligations
            .iter()
            .map(|duty| &duty.obligation)
            .find(|it| it.stage == stage().stage)
            .unwrap();
        assert_eq!(duty.status, ObligationStatus::Open);
        assert_eq!(duty.due.unwrap(), house.now() + TimeDelta::days(2));
        assert!(asked.timeline.iter().any(|it| it.kind == TimelineKind::ReportRequested));
        assert_eq!(count(&house, "report_request").await, 1);
        assert_eq!(count(&house, "job").await, jobs + 1, "a mail to the person who filed");
        assert_eq!(count(&house, "facts_revision").await, 2);
        let log = uses(&house).await;
        let logged = log.iter().find(|it| it.kind == "report_requested").unwrap();
        assert_eq!(logged.detail["stage"], "intermediate_report");

        // The same again is no second request.
        ask(&house, "duty-officer", &first, 2).await.unwrap();
        assert_eq!(count(&house, "report_request").await, 1);

        house.advance(TimeDelta::hours(1));
        let request = house.request("reporter-energy").await;
        let answer = SubmitReport {
            idempotency_key: "as-you-asked".to_owned(),
            facts: json!({ "status_update": "Alle områder er i drift igen." }),
            incident: Some(first.id),
            warnings_seen: false,
        };
        let met = match submit(&house.services, &request, answer).await.unwrap() {
            SubmitOutcome::Submitted { incident, .. } => *incident,
            other => panic!("{other:?}"),
        };
        assert_eq!(status(&met), Some(ObligationStatus::Met), "{:#?}", met.obligations);

        // Asked for again, it is owed again.
        house.advance(TimeDelta::hours(1));
        let again = ask(&house, "duty-officer", &first, 3).await.unwrap();
        assert_eq!(status(&again), Some(ObligationStatus::Open));
        let mut replayed = Vec::new();
        replay(&house.services.store, None, |it| replayed.push(it.outcome)).await.unwrap();
        assert_eq!(replayed.len(), 4);
        assert!(replayed.iter().all(|it| *it == Replay::Same), "{replayed:?}");
    })
    .await;
}

#[tokio::test]
async fn only_a_unit_that_may_ask_asks_and_only_for_a_time_ahead() {
    in_each_house(async |house| {
        let (first, _) = house.file("reporter-energy", "first-report").await;
        for handle in ["officer-finanstilsynet", "administrator", "reporter-energy", "reporter-bank"] {
            let refused = ask(&house, handle, &first, 2).await;
            assert!(
                matches!(refused, Err(Error::NotFound { .. } | Error::Forbidden { .. })),
                "{handle}: {refused:?}"
            );
        }
        // The sector's unit has a case, and the law does not let it ask.
        let refused = ask(&house, "officer-sektorcert", &first, 2).await;
        assert!(matches!(refused, Err(Error::Invalid { field: "stage", .. })), "{refused:?}");
        for days in [0, -1, 400] {
            let refused = ask(&house, "duty-officer", &first, days).await;
            assert!(matches!(refused, Err(Error::Invalid { field: "due", .. })), "{days}: {refused:?}");
        }
        assert_eq!(count(&house, "report_request").await, 0);
        let open = |handle: &'static str| {
            let house = house.clone();
            async move {
                let request = house.request(handle).await;
                varsel_services::incident::open(&house.services, &request, first.id).await.unwrap().unwrap()
            }
        };
        assert!(open("duty-officer").await.requestable.contains(&stage()));
        assert!(open("officer-sektorcert").await.requestable.is_empty());
        assert!(open("reporter-energy").await.requestable.is_empty());
    })
    .await;
}
