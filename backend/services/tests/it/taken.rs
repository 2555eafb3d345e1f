//! Which reports are not taken, and what is said then.

use serde_json::{Value, json};
use varsel_domain::rules::Part;
use varsel_domain::rules::{FactProblem, ProblemCode};
use varsel_services::attempt::Trail;
use varsel_services::report::{SubmitOutcome, SubmitReport, preview, submit};
use varsel_services::testing::{House, in_each_house};
use varsel_services::{Error, Request, Result};

use crate::rows::count;

async fn send(house: &House, handle: &str, facts: Value, warnings_seen: bool) -> Result<SubmitOutcome> {
    let request = house.request(handle).await;
    let idempotency_key = "a-report-of-a-test".to_owned();
    submit(&house.services, &request, SubmitReport { idempotency_key, facts, incident: None, warnings_seen })
        .await
}

async fn refused(house: &House, facts: Value) -> Vec<FactProblem> {
    match send(house, "reporter-energy", facts, true).await.unwrap() {
        SubmitOutcome::Refused(problems) => problems,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn answers_that_cannot_be_taken_are_named_all_at_once_and_nothing_is_written() {
    in_each_house(async |house| {
        let mut facts = house.facts("reporter-energy");
        facts["incident.aware_at"] = json!("2031-01-01T00:00:00Z");
        facts["impact.users_affected"] = json!("many");
        facts["incident.knd"] = json!("ransomware");
        let mut problems: Vec<_> =
            refused(&house, facts).await.into_iter().map(|it| (it.fact, it.code)).collect();
        problems.sort_by(|one, other| one.0.cmp(&other.0));
        assert_eq!(
            problems,
            [
                ("impact.users_affected".to_owned(), ProblemCode::WrongType),
                ("incident.aware_at".to_owned(), ProblemCode::InFuture),
                ("incident.knd".to_owned(), ProblemCode::UnknownFact),
            ]
        );
        assert_eq!(count(&house, "incident").await, 0);
        assert_eq!(count(&house, "incident_counter").await, 0);
    })
    .await;
}

#[tokio::test]
async fn facts_that_are_no_object_are_refused() {
    in_each_house(async |house| {
        for nonsense in [json!([]), json!("facts"), json!(null), json!(7)] {
            let problems = refused(&house, nonsense).await;
            assert_eq!(problems[0].code, ProblemCode::NotAnObject);
        }
    })
    .await;
}

#[tokio::test]
async fn what_every_report_needs_is_asked_for_by_name() {
    in_each_house(async |house| {
        match send(&house, "reporter-energy", json!({}), false).await.unwrap() {
            SubmitOutcome::Incomplete(missing) => {
                let missing: Vec<_> = missing.iter().map(|question| question.fact.as_str()).collect();
                for needed in ["incident.kind", "description", "incident.aware_at", "service.sectors"] {
                    assert!(missing.contains(&needed), "{missing:?}");
                }
                assert!(!missing.contains(&"org.cvr"), "its registration tells: {missing:?}");
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(count(&house, "filing").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_cpr_number_in_free_text_must_be_confirmed_first() {
    in_each_house(async |house| {
        let mut facts = house.facts("reporter-energy");
        facts["description"] = json!("Listen begynder med 010190-1110, og den ligger åbent.");
        match send(&house, "reporter-energy", facts.clone(), false).await.unwrap() {
            SubmitOutcome::NeedsConfirmation(warnings) => assert_eq!(warnings[0].fact, "description"),
            other => panic!("{other:?}"),
        }
        assert_eq!(count(&house, "incident").await, 0);
        let confirmed = send(&house, "reporter-energy", facts, true).await.unwrap();
        assert!(matches!(confirmed, SubmitOutcome::Submitted { repeated: false, .. }), "{confirmed:?}");
    })
    .await;
}

#[tokio::test]
async fn a_report_without_a_known_sector_is_led_by_the_cyber_centre() {
    in_each_house(async |house| {
        let mut facts = house.facts("reporter-energy");
        facts["service.sectors"] = json!("unknown");
        match send(&house, "reporter-energy", facts, false).await.unwrap() {
            SubmitOutcome::Submitted { incident, .. } => {
                let lead: Vec<_> = incident.cases.iter().filter(|case| case.part == Part::Lead).collect();
                assert_eq!(lead.len(), 1);
                assert_eq!(lead[0].unit.as_str(), "csirt");
            }
            other => panic!("{other:?}"),
        }
    })
    .await;
}

#[tokio::test]
async fn only_reporters_file_and_only_with_a_key_of_the_right_length() {
    in_each_house(async |house| {
        let facts = house.facts("reporter-energy");
        for handle in ["officer-sektorcert", "duty-officer", "coordinator", "security-officer"] {
            let outcome = send(&house, handle, facts.clone(), true).await;
            assert!(matches!(outcome, Err(Error::Forbidden { .. })), "{handle}: {outcome:?}");
        }
        let reporter = house.request("reporter-energy").await;
        let nobody = Request::by_nobody(Trail::default(), "test");
        let with_key = |length: usize| SubmitReport {
            idempotency_key: "k".repeat(length),
            facts: facts.clone(),
            incident: None,
            warnings_seen: false,
        };
        assert!(matches!(submit(&house.services, &nobody, with_key(8)).await, Err(Error::SignInRequired)));
        for length in [0, 7, 101] {
            let outcome = submit(&house.services, &reporter, with_key(length)).await;
            assert!(matches!(outcome, Err(Error::Invalid { field: "idempotencyKey", .. })), "{length}");
        }
        for length in [8, 100] {
            assert!(submit(&house.services, &reporter, with_key(length)).await.is_ok(), "{length}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_preview_stores_nothing_and_says_what_is_wrong_beside_what_is_right() {
    in_each_house(async |house| {
        let mut facts = house.facts("reporter-municipality");
        facts["impact.users_affected"] = json!(-1);
        let preview = preview(&house.services, &facts);
        assert_eq!(preview.problems.len(), 1, "{:?}", preview.problems);
        assert!(preview.assessment.regimes.iter().any(|it| it.id == "gdpr_33"));
        assert_eq!(count(&house, "access_entry").await, 0);
        assert_eq!(count(&house, "facts_revision").await, 0);
    })
    .await;
}

#[tokio::test]
async fn nobody_files_under_another_organisations_number() {
    in_each_house(async |house| {
        let mut facts = house.facts("reporter-energy");
        facts["org.cvr"] = json!("13748136");
        let problems = refused(&house, facts).await;
        let [problem] = problems.as_slice() else { panic!("{problems:?}") };
        assert_eq!((problem.fact.as_str(), problem.code), ("org.cvr", ProblemCode::Contradiction));
        assert_eq!(problem.suggestion.as_deref(), Some("99990104"));
        assert_eq!(count(&house, "incident").await, 0);
    })
    .await;
}
