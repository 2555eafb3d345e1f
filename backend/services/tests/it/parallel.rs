//! Attack A8: the same report many times at once, and decisions on a state that somebody else has changed meanwhile.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use varsel_domain::IncidentId;
use varsel_domain::severity::Seen;
use varsel_services::report::{
    ConfirmSeverity, ConfirmSeverityOutcome, SubmitOutcome, SubmitReport, confirm_severity, submit,
};
use varsel_services::testing::{House, in_each_house};
use varsel_services::view::IncidentView;
use varsel_services::{Request, incident};
use varsel_storage::testing::{proved, scale};

use crate::rows::count;

/// Equal reports at once.
const AT_ONCE: usize = 50;

/// Facts of which each supplement has one.
const TEXTS: [&str; 5] =
    ["description", "severity_impact_initial", "mitigation_applied", "geographic_area", "contact_primary"];

async fn send(house: &House, request: &Request, report: SubmitReport) -> (IncidentView, String, bool) {
    match submit(&house.services, request, report).await.unwrap() {
        SubmitOutcome::Submitted { incident, receipt, repeated } => {
            (*incident, format!("{receipt:?}"), repeated)
        }
        other => panic!("{other:?}"),
    }
}

/// What comes of all of these, at once.
async fn all_at_once<T: Send + 'static>(
    tasks: impl Iterator<Item = impl Future<Output = T> + Send + 'static>,
) -> Vec<T> {
    let running: Vec<_> = tasks.map(tokio::spawn).collect();
    let mut done = Vec::new();
    for task in running {
        done.push(task.await.unwrap());
    }
    done
}

fn kind(house: &House) -> String {
    format!("{:?}", house.services.store.connection().get_database_backend())
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_equal_reports_at_once_are_one() {
    in_each_house(async |house| {
        let (rounds, request) = (scale(2, 1_000), house.request("reporter-energy").await);
        for round in 0..rounds {
            let idempotency_key = format!("parallel-{round}");
            let report = SubmitReport {
                idempotency_key,
                facts: house.facts("reporter-energy"),
                incident: None,
                warnings_seen: false,
            };
            let answers = all_at_once((0..AT_ONCE).map(|_| {
                let (house, request, report) = (house.clone(), request.clone(), report.clone());
                async move { send(&house, &request, report).await }
            }))
            .await;
            let first = answers.iter().filter(|(.., repeated)| !repeated).count();
            assert_eq!(first, 1, "one of them filed");
            let said: BTreeSet<_> =
                answers.iter().map(|(view, receipt, _)| (&view.number, receipt)).collect();
            assert_eq!(said.len(), 1, "all of them got the same receipt: {said:#?}");
            let expected = i64::try_from(round + 1).unwrap();
            for table in ["incident", "filing", "facts_revision"] {
                assert_eq!(count(&house, table).await, expected, "{table}");
            }
        }
        proved(
            "A8",
            &format!("{}: {rounds} reports, each {AT_ONCE} times at once: one of each", kind(&house)),
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_decisions_on_one_state_one_counts_and_the_others_are_told() {
    in_each_house(async |house| {
        let (rounds, officer) = (scale(8, 1_000), house.request("officer-sektorcert").await);
        let mut known: Option<(IncidentId, u32)> = None;
        for round in 0..rounds {
            // A new incident now and then, since each shows all of its confirmations.
            let (id, confirmations) = match known {
                Some((id, before)) if before < 20 => (id, before),
                _ => (house.file("reporter-energy", &format!("decided-{round}")).await.0.id, 0),
            };
            let seen = incident::open(&house.services, &officer, id).await.unwrap().unwrap();
            let seen = Seen { confirmations, proposed: seen.severity.proposed.level };
            // Each reason is another, so that no decision repeats one.
            let outcomes = all_at_once((0..6_u8).map(|level| {
                let justification = format!("Decision {level} of round {round} at once.");
                let wanted = ConfirmSeverity { incident: id, level, justification, seen };
                let (house, officer) = (house.clone(), officer.clone());
                async move { confirm_severity(&house.services, &officer, wanted).await.unwrap() }
            }))
            .await;
            let held: Vec<_> = outcomes
                .iter()
                .zip(0_u8..)
                .filter(|(outcome, _)| matches!(outcome, ConfirmSeverityOutcome::Confirmed(_)))
                .map(|(_, level)| level)
                .collect();
            let after = incident::open(&house.services, &officer, id).await.unwrap().unwrap().severity;
            assert_eq!(held, [after.level()], "one holds, and it is the one that was told so");
            assert_eq!(after.confirmations.len(), usize::try_from(confirmations).unwrap() + 1);
            known = Some((id, confirmations + 1));
        }
        proved("A8", &format!("{}: {rounds} times six decisions on one state: one of each", kind(&house)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn supplements_at_once_are_all_in_what_is_known_afterwards() {
    in_each_house(async |house| {
        let (rounds, request) = (scale(4, 500), house.request("reporter-energy").await);
        for round in 0..rounds {
            let (own, _) = house.file("reporter-energy", &format!("supplemented-{round}")).await;
            let text = move |fact: &str| format!("{fact}, as it was known in round {round}.");
            all_at_once(TEXTS.into_iter().map(|fact| {
                let (house, request, id) = (house.clone(), request.clone(), own.id);
                let report = SubmitReport {
                    idempotency_key: format!("supplement-{round}-{fact}"),
                    facts: json!({ fact: text(fact) }),
                    incident: Some(id),
                    warnings_seen: true,
                };
                async move { send(&house, &request, report).await }
            }))
            .await;
            let after = incident::open(&house.services, &request, own.id).await.unwrap().unwrap();
            for fact in TEXTS {
                let known = after.facts.iter().find(|answer| answer.fact == fact);
                let value = known.and_then(|answer| answer.value.clone());
                assert_eq!(value, Some(Value::String(text(fact))), "lost in round {round}");
            }
        }
        let found =
            format!("{}: {rounds} times {} supplements at once: none lost", kind(&house), TEXTS.len());
        proved("A8", &found);
    })
    .await;
}
