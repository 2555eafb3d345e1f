//! Further filings on an incident: carried forward, never overwritten, by its own organisation only.

use chrono::TimeDelta;
use serde_json::{Value, json};
use varsel_domain::IncidentId;
use varsel_domain::rules::ObligationStatus;
use varsel_domain::timeline::TimelineKind;
use varsel_services::report::{SubmitOutcome, SubmitReport, submit};
use varsel_services::testing::{House, in_each_house};
use varsel_services::view::{IncidentView, Receipt};
use varsel_services::{Error, Result};

use crate::rows::{count, uses};

async fn send(house: &House, handle: &str, key: &str, facts: Value, id: IncidentId) -> Result<SubmitOutcome> {
    let request = house.request(handle).await;
    let report =
        SubmitReport { idempotency_key: key.to_owned(), facts, incident: Some(id), warnings_seen: false };
    submit(&house.services, &request, report).await
}

async fn further(house: &House, key: &str, facts: Value, id: IncidentId) -> (IncidentView, Receipt) {
    match send(house, "reporter-energy", key, facts, id).await.unwrap() {
        SubmitOutcome::Submitted { incident, receipt, repeated: false } => (*incident, receipt),
        other => panic!("{other:?}"),
    }
}

fn answer<'a>(incident: &'a IncidentView, fact: &str) -> Option<&'a Value> {
    incident.facts.iter().find(|answer| answer.fact == fact).and_then(|answer| answer.value.as_ref())
}

#[tokio::test]
async fn a_further_filing_needs_only_what_is_new_and_keeps_the_rest() {
    in_each_house(async |house| {
        let (first, first_receipt) = house.file("reporter-energy", "first-report").await;
        house.advance(TimeDelta::hours(2));
        let news = json!({ "impact.users_affected": 51_000, "status_update": "Et område er i drift igen." });
        let (second, receipt) = further(&house, "second-report", news, first.id).await;

        assert_eq!((second.id, &second.number), (first.id, &first.number));
        assert_eq!(second.received_at, first.received_at);
        assert_eq!(answer(&second, "impact.users_affected"), Some(&json!(51_000)));
        assert_eq!(answer(&second, "incident.kind"), Some(&json!("ransomware")));
        assert_ne!(receipt.facts_sha256, first_receipt.facts_sha256);
        assert_eq!(receipt.received_at, house.now());
        assert_eq!(second.receipts, [first_receipt, receipt.clone()]);
        assert!(receipt.met.iter().any(|it| it.obligation.stage == "status_72h"), "{:?}", receipt.met);
        let runs = |view: &IncidentView| view.situation.open.iter().any(|duty| duty.stage == "status_72h");
        assert!(runs(&first) && !runs(&second), "guidance follows what was filed");

        assert_eq!(count(&house, "incident").await, 1);
        assert_eq!(count(&house, "facts_revision").await, 2);
        for case in &second.cases {
            assert_eq!((case.version, case.updated_at), (2, house.now()), "{}", case.unit);
        }
        assert_eq!(second.cases.len(), first.cases.len());
        assert_eq!(count(&house, "change").await, i64::try_from(2 * first.cases.len()).unwrap());
        let received: Vec<_> =
            second.timeline.iter().filter(|it| it.kind == TimelineKind::ReportReceived).collect();
        assert_eq!(received[1].text.en, "Report no. 2 received.");
        assert_eq!(second.guidance.len(), first.guidance.len());
    })
    .await;
}

#[tokio::test]
async fn a_duty_that_is_filed_late_says_when_and_is_due_no_longer() {
    in_each_house(async |house| {
        let (first, _) = house.file("reporter-energy", "first-report").await;
        house.advance(TimeDelta::days(5));
        let news = json!({ "impact.users_affected": 51_000, "status_update": "Et område er i drift igen." });
        let (second, receipt) = further(&house, "second-report", news, first.id).await;
        let notice = |view: &IncidentView| {
            view.obligations.iter().find(|it| it.obligation.stage == "status_72h").unwrap().clone()
        };
        assert_eq!((notice(&first).filed_at, notice(&second).filed_at), (None, Some(house.now())));
        assert_eq!(notice(&second).obligation.status, ObligationStatus::Late);
        assert!(!notice(&second).is_open());
        let met = receipt.met.iter().find(|it| it.obligation.stage == "status_72h").unwrap();
        assert_eq!(met.filed_at, Some(receipt.received_at));
    })
    .await;
}

#[tokio::test]
async fn a_duty_once_met_stays_met_and_one_that_falls_away_is_told_of() {
    in_each_house(async |house| {
        let (first, _) = house.file("reporter-energy", "first-report").await;
        let met = |view: &IncidentView| {
            let met = view.timeline.iter().filter(|it| it.kind == TimelineKind::ObligationMet);
            met.map(|it| it.text.en.clone()).collect::<Vec<_>>()
        };
        let met_first = met(&first);
        assert!(!met_first.is_empty());
        house.advance(TimeDelta::hours(2));
        let (second, _) =
            further(&house, "second-report", json!({ "personal_data.involved": false }), first.id).await;
        assert!(met(&second).starts_with(&met_first));
        let had_duty = first.obligations.iter().any(|it| it.obligation.regime == "gdpr_33");
        let owes_it = second.obligations.iter().any(|it| it.obligation.regime == "gdpr_33");
        assert!(had_duty && !owes_it, "unknown opens the duty by precaution");
        let lifted = second.timeline.iter().find(|it| it.kind == TimelineKind::ObligationLifted).unwrap();
        assert!(lifted.text.da.starts_with("Bortfaldet: "), "{}", lifted.text.da);
    })
    .await;
}

#[tokio::test]
async fn a_new_unit_gets_its_case_and_is_told_while_the_others_are_updated() {
    in_each_house(async |house| {
        let (first, _) = house.file("reporter-energy", "first-report").await;
        let jobs = count(&house, "job").await;
        let personal_data = json!({
            "personal_data.involved": true, "personal_data.risk": "risk",
            "consequences": "Medarbejderes oplysninger kan misbruges.", "dpo_contact": "dpo@nordvind-elnet.example",
        });
        let (second, _) = further(&house, "second-report", personal_data, first.id).await;
        let is_new = |view: &IncidentView| view.cases.iter().any(|case| case.unit.as_str() == "datatilsynet");
        assert!(!is_new(&first) && is_new(&second));
        let opened = second.cases.iter().find(|case| case.unit.as_str() == "datatilsynet").unwrap();
        assert_eq!(opened.version, 1);
        assert_eq!(count(&house, "job").await, jobs + 2, "a receipt, and a notice for the new unit");
    })
    .await;
}

#[tokio::test]
async fn another_organisation_cannot_extend_an_incident_nor_learn_that_it_exists() {
    in_each_house(async |house| {
        let (first, _) = house.file("reporter-energy", "first-report").await;
        let before = uses(&house).await.len();
        let foreign = send(&house, "reporter-bank", "foreign-report", json!({}), first.id).await;
        let unknown = IncidentId(uuid::Uuid::from_u128(7));
        let missing = send(&house, "reporter-bank", "foreign-report", json!({}), unknown).await;
        for outcome in [foreign, missing] {
            assert!(matches!(outcome, Err(Error::NotFound { kind: "incident" })), "{outcome:?}");
        }
        assert_eq!(count(&house, "filing").await, 1);
        assert_eq!(uses(&house).await.len(), before);
    })
    .await;
}

#[tokio::test]
async fn two_filings_at_once_on_one_incident_both_count() {
    in_each_house(async |house| {
        let (first, _) = house.file("reporter-energy", "first-report").await;
        let facts =
            [json!({ "impact.users_affected": 60_000 }), json!({ "geographic_area": "Hele Jylland" })];
        let tasks: Vec<_> = facts
            .into_iter()
            .enumerate()
            .map(|(n, facts)| {
                let house = house.clone();
                tokio::spawn(async move { further(&house, &format!("at-once-{n}"), facts, first.id).await })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        let request = house.request("reporter-energy").await;
        let now =
            varsel_services::incident::open(&house.services, &request, first.id).await.unwrap().unwrap();
        assert_eq!(answer(&now, "impact.users_affected"), Some(&json!(60_000)));
        assert_eq!(answer(&now, "geographic_area"), Some(&json!("Hele Jylland")));
        assert_eq!(count(&house, "facts_revision").await, 3);
        assert!(now.cases.iter().all(|case| case.version == 3));
    })
    .await;
}
