//! What those see who answer for what is kept, and what the log of use says of that.

use chrono::TimeDelta;
use varsel_domain::retention::Kind;
use varsel_services::retention::{self, Report};
use varsel_services::testing::{House, in_each_house};
use varsel_services::{Error, Services, log};

use super::years::decide;
use crate::rows::uses;

async fn read(house: &House) -> Report {
    retention::read(&house.services, &house.request("security-officer").await).await.unwrap()
}

fn due(report: &Report, kind: Kind) -> (u64, u64) {
    let line = report.lines.iter().find(|line| line.policy.kind == kind).unwrap();
    (line.due, line.overdue)
}

#[tokio::test]
async fn only_those_who_answer_for_it_see_it_and_each_look_is_logged_with_each_incident_that_is_held() {
    in_each_house(async |house| {
        let (own, _) = house.file("reporter-energy", "one-report").await;
        house.file("reporter-bank", "another-report").await;
        decide(&house, &own.number, Some(house.now() + TimeDelta::days(400))).await;
        for outsider in ["reporter-energy", "officer-sektorcert", "coordinator", "duty-officer"] {
            let refused = retention::read(&house.services, &house.request(outsider).await).await;
            assert!(matches!(refused, Err(Error::NotFound { .. })), "{outsider}");
        }
        let nobody = varsel_services::Request { actor: None, ..house.request("administrator").await };
        let refused = retention::read(&house.services, &nobody).await;
        assert!(matches!(refused, Err(Error::SignInRequired)));
        assert!(uses(&house).await.iter().all(|entry| entry.kind != "retention_read"));
        for reader in ["administrator", "security-officer"] {
            let request = house.request(reader).await;
            let report = retention::read(&house.services, &request).await.unwrap();
            let [held] = report.held.as_slice() else { panic!("{:?}", report.held) };
            assert_eq!((held.incident, &held.number), (own.id, &own.number));
            assert_eq!((held.since, held.until), (house.now(), house.now() + TimeDelta::days(400)));
            assert!(held.approved_by.as_ref().is_some_and(|by| *by != held.proposed_by));
        }
        let logged = uses(&house).await;
        let looks: Vec<_> = logged.iter().filter(|entry| entry.kind == "retention_read").collect();
        assert_eq!(looks.len(), 4);
        let of_incident = looks.iter().filter(|entry| entry.incident_id == Some(own.id.0)).count();
        let of_none = looks.iter().filter(|entry| entry.incident_id.is_none()).count();
        assert_eq!((of_incident, of_none), (2, 2));
    })
    .await;
}

#[tokio::test]
async fn what_nobody_erases_is_due_and_a_day_later_overdue() {
    in_each_house(async |house| {
        house.file("reporter-energy", "one-report").await;
        assert_eq!(due(&read(&house).await, Kind::Uses), (0, 0));
        // What has its place in the log's tree can leave the log.
        log::seal_waiting(&house.services).await.unwrap();
        // Uses are kept for six months; this was on 25 November.
        let deadline = house.now() + chrono::Months::new(6) - house.now();
        house.advance(deadline);
        let (now_due, overdue) = due(&read(&house).await, Kind::Uses);
        assert!(now_due > 0 && overdue == 0, "{now_due} {overdue}");
        house.advance(TimeDelta::days(1));
        let report = read(&house).await;
        assert!(due(&report, Kind::Uses).1 > 0 && report.runs.is_empty());
        retention::erase(&house.services, "test").await.unwrap();
        let report = read(&house).await;
        assert_eq!(due(&report, Kind::Uses), (0, 0));
        let [run] = report.runs.as_slice() else { panic!("{:?}", report.runs) };
        assert!(run.erased[&Kind::Uses] >= now_due);
    })
    .await;
}

#[tokio::test]
async fn the_next_erasure_is_the_one_that_a_server_has_put_down() {
    in_each_house(async |house| {
        let next = async |services: &Services| retention::report(services).await.unwrap().next_run_at;
        assert_eq!(next(&house.services).await, None, "no server runs");
        retention::schedule(&house.services).await.unwrap();
        let at = next(&house.services).await.unwrap();
        assert!(at > house.now() && at <= house.now() + TimeDelta::hours(12));
        assert_eq!(at.timestamp() % (12 * 3600), 0, "midnight or noon in UTC");
        house.advance(TimeDelta::days(2));
        assert_eq!(next(&house.services).await, Some(at), "one that did not begin is seen to be late");
    })
    .await;
}
