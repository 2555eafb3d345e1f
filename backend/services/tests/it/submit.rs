//! One report, one transaction: whole or not at all, once however often it is sent.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::json;
use sha2::{Digest, Sha256};
use varsel_domain::rules::{ObligationStatus, Part};
use varsel_domain::timeline::TimelineKind;
use varsel_services::Error;
use varsel_services::report::{SubmitOutcome, SubmitReport, submit};
use varsel_services::testing::{House, in_each_house};

use crate::rows::{WRITTEN, break_table, count, mend_table};

fn report(house: &House, handle: &str, key: &str) -> SubmitReport {
    let (idempotency_key, facts) = (key.to_owned(), house.facts(handle));
    SubmitReport { idempotency_key, facts, incident: None, warnings_seen: false }
}

#[tokio::test]
async fn a_report_reaches_its_units_with_duties_guidance_and_a_receipt() {
    in_each_house(async |house| {
        let (incident, receipt) = house.file("reporter-energy", "first-report").await;
        assert!(incident.number.starts_with("V-2026-"), "{}", incident.number);
        assert_eq!(incident.received_at, house.now());
        let cases: Vec<_> = incident.cases.iter().map(|case| (case.unit.as_str(), case.part)).collect();
        assert!(cases.contains(&("sektorcert", Part::Lead)), "{cases:?}");
        assert!(cases.contains(&("csirt", Part::Support)), "{cases:?}");
        assert!(incident.obligations.iter().any(|it| it.obligation.regime == "nis2_energy_dk"));
        assert!(incident.obligations.iter().any(|it| it.obligation.status == ObligationStatus::Open));
        assert!(incident.guidance.iter().any(|it| it.playbook == "ransomware"));
        let kinds: Vec<_> = incident.timeline.iter().map(|entry| entry.kind).collect();
        assert_eq!(kinds[0], TimelineKind::ReportReceived);
        for kind in [TimelineKind::CaseOpened, TimelineKind::ObligationMet, TimelineKind::GuidanceIssued] {
            assert!(kinds.contains(&kind), "{kind:?}");
        }
        assert_eq!(incident.receipts, std::slice::from_ref(&receipt));
        assert_eq!((&receipt.number, receipt.filed_by.as_str()), (&incident.number, "Karen Holm"));
        assert!(receipt.met.iter().any(|it| it.obligation.stage == "first_notice"), "{:?}", receipt.met);
        assert_eq!(receipt.recipients.len(), cases.len());
        for table in WRITTEN {
            assert!(count(&house, table).await > 0, "{table}");
        }
        let jobs = i64::try_from(cases.len() + 1).unwrap();
        assert_eq!(count(&house, "job").await, jobs, "a receipt, and a notice for each unit");
        assert_eq!(count(&house, "change").await, jobs - 1);
    })
    .await;
}

#[tokio::test]
async fn the_receipt_carries_the_hash_of_the_facts_as_they_are_shown() {
    in_each_house(async |house| {
        let (incident, receipt) = house.file("reporter-energy", "first-report").await;
        let shown = incident
            .facts
            .iter()
            .map(|answer| (answer.fact.clone(), answer.value.clone().unwrap_or_else(|| "unknown".into())));
        let canonical = json!(shown.collect::<BTreeMap<_, _>>()).to_string();
        let mut hash = String::new();
        for byte in Sha256::digest(canonical) {
            write!(hash, "{byte:02x}").unwrap();
        }
        assert_eq!(receipt.facts_sha256, hash);
    })
    .await;
}

#[tokio::test]
async fn a_report_that_fails_anywhere_leaves_nothing_anywhere() {
    in_each_house(async |house| {
        let request = house.request("reporter-energy").await;
        for broken in WRITTEN {
            break_table(&house, broken).await;
            let outcome =
                submit(&house.services, &request, report(&house, "reporter-energy", "first-report")).await;
            assert!(matches!(outcome, Err(Error::Storage(_))), "{broken}: {outcome:?}");
            mend_table(&house, broken).await;
            for table in WRITTEN {
                assert_eq!(count(&house, table).await, 0, "{table} after {broken} failed");
            }
        }
        house.file("reporter-energy", "first-report").await;
    })
    .await;
}

#[tokio::test]
async fn the_same_again_returns_the_first_result_and_something_else_under_its_key_is_not_filed() {
    in_each_house(async |house| {
        let (first, receipt) = house.file("reporter-energy", "first-report").await;
        let sent = report(&house, "reporter-energy", "first-report");
        house.advance(chrono::TimeDelta::hours(3));
        let request = house.request("reporter-energy").await;
        let again = || sent.clone();
        match submit(&house.services, &request, again()).await.unwrap() {
            SubmitOutcome::Submitted { incident, receipt: same, repeated: true } => {
                assert_eq!(incident.id, first.id);
                assert_eq!(same, receipt);
            }
            other => panic!("{other:?}"),
        }
        let (mut changed, mut further) = (again(), again());
        changed.facts["incident.kind"] = "ddos".into();
        further.incident = Some(first.id);
        for other in [changed, further] {
            match submit(&house.services, &request, other).await.unwrap() {
                SubmitOutcome::KeyUsed { incident, receipt: of_first } => {
                    assert_eq!(incident.id, first.id);
                    assert_eq!(of_first, receipt);
                }
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(count(&house, "filing").await, 1);
        assert_eq!(count(&house, "change").await, i64::try_from(first.cases.len()).unwrap());
    })
    .await;
}

#[tokio::test]
async fn two_people_may_use_the_same_key() {
    in_each_house(async |house| {
        let (one, _) = house.file("reporter-energy", "first-report").await;
        let (other, _) = house.file("reporter-municipality", "first-report").await;
        assert_ne!(one.id, other.id);
    })
    .await;
}

#[tokio::test]
async fn eight_requests_with_one_key_at_once_make_one_incident() {
    in_each_house(async |house| {
        let request = house.request("reporter-energy").await;
        let tasks: Vec<_> = (0..8)
            .map(|_| {
                let (house, request) = (house.clone(), request.clone());
                tokio::spawn(async move {
                    let sent = report(&house, "reporter-energy", "raced-report");
                    match submit(&house.services, &request, sent).await.unwrap() {
                        SubmitOutcome::Submitted { incident, receipt, repeated } => {
                            (incident.number, receipt.facts_sha256, repeated)
                        }
                        other => panic!("{other:?}"),
                    }
                })
            })
            .collect();
        let mut answers = Vec::new();
        for task in tasks {
            answers.push(task.await.unwrap());
        }
        assert_eq!(answers.iter().filter(|(_, _, repeated)| !repeated).count(), 1, "{answers:?}");
        let numbers: BTreeSet<_> = answers.iter().map(|(number, hash, _)| (number, hash)).collect();
        assert_eq!(numbers.len(), 1, "{answers:?}");
        for table in ["incident", "filing", "facts_revision"] {
            assert_eq!(count(&house, table).await, 1, "{table}");
        }
    })
    .await;
}

#[tokio::test]
async fn twenty_reports_at_once_get_twenty_numbers() {
    in_each_house(async |house| {
        let tasks: Vec<_> = (0..20)
            .map(|n| {
                let house = house.clone();
                tokio::spawn(
                    async move { house.file("reporter-bank", &format!("report-{n:04}")).await.0.number },
                )
            })
            .collect();
        let mut numbers = BTreeSet::new();
        for task in tasks {
            numbers.insert(task.await.unwrap());
        }
        assert_eq!(numbers.len(), 20, "{numbers:?}");
    })
    .await;
}

#[tokio::test]
async fn a_bell_rings_after_a_report_and_not_after_a_repeat() {
    in_each_house(async |house| {
        let mut bell = house.services.live.listen();
        house.file("reporter-energy", "first-report").await;
        assert!(bell.has_changed().unwrap());
        bell.mark_unchanged();
        house.file("reporter-energy", "first-report").await;
        assert!(!bell.has_changed().unwrap());
    })
    .await;
}
