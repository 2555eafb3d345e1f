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

/// The n-th report, sent many times at once, each time under the key that `key` gives it.
async fn send_at_once(
    house: &House,
    request: &Request,
    key: impl Fn(usize) -> String,
) -> Vec<(IncidentView, String, bool)> {
    all_at_once((0..AT_ONCE).map(|number| {
        let (house, request) = (house.clone(), request.clone());
        let report = SubmitReport {
            idempotency_key: key(number),
            facts: house.facts("reporter-energy"),
            incident: None,
            warnings_seen: false,
        };
        async move { send(&house, &request, report).await }
    }))
    .await
}

/// What is wrong with the answers to equal reports, where they should be the `nth` there is.
async fn faults_of_equal(house: &House, answers: &[(IncidentView, String, bool)], nth: usize) -> Vec<String> {
    let mut faults = Vec::new();
    let filed = answers.iter().filter(|(.., repeated)| !repeated).count();
    if filed != 1 {
        faults.push(format!("{filed} of them filed"));
    }
    let said: BTreeSet<_> = answers.iter().map(|(view, receipt, _)| (&view.number, receipt)).collect();
    if said.len() != 1 {
        faults.push(format!("{} receipts", said.len()));
    }
    for table in ["incident", "filing", "facts_revision"] {
        let rows = count(house, table).await;
        if rows != i64::try_from(nth).unwrap() {
            faults.push(format!("{rows} rows of {table}"));
        }
    }
    faults
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_equal_reports_at_once_are_one() {
    in_each_house(async |house| {
        let (rounds, request) = (scale(2, 1_000), house.request("reporter-energy").await);
        for round in 0..rounds {
            let answers = send_at_once(&house, &request, |_| format!("parallel-{round}")).await;
            assert_eq!(faults_of_equal(&house, &answers, round + 1).await, [""; 0]);
        }
        proved(
            "A8",
            &format!("{}: {rounds} reports, each {AT_ONCE} times at once: one of each", kind(&house)),
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_that_its_key_does_not_hold_back_is_found() {
    in_each_house(async |house| {
        let request = house.request("reporter-energy").await;
        let answers = send_at_once(&house, &request, |number| format!("parallel-{}", number.min(1))).await;
        let found = faults_of_equal(&house, &answers, 1).await;
        let told = [
            "2 of them filed",
            "2 receipts",
            "2 rows of incident",
            "2 rows of filing",
            "2 rows of facts_revision",
        ];
        assert_eq!(found, told);
    })
    .await;
}

/// Decides on what was `seen`; whether it holds.
async fn decide(
    house: &House,
    officer: &Request,
    (incident, level): (IncidentId, u8),
    (justification, seen): (String, Seen),
) -> bool {
    let wanted = ConfirmSeverity { incident, level, justification, seen };
    let outcome = confirm_severity(&house.services, officer, wanted).await.unwrap();
    matches!(outcome, ConfirmSeverityOutcome::Confirmed(_))
}

/// What somebody sees who decides now.
async fn seen(house: &House, officer: &Request, id: IncidentId) -> Seen {
    let severity = incident::open(&house.services, officer, id).await.unwrap().unwrap().severity;
    Seen {
        confirmations: u32::try_from(severity.confirmations.len()).unwrap(),
        proposed: severity.proposed.level,
    }
}

/// What is wrong after several decided on what they had `seen`, if of each level this was said to hold.
async fn faults_of_decisions(
    house: &House,
    officer: &Request,
    (id, before): (IncidentId, Seen),
    held: &[bool],
) -> Vec<String> {
    let after = incident::open(&house.services, officer, id).await.unwrap().unwrap().severity;
    let held: Vec<u8> = held.iter().zip(0_u8..).filter(|(held, _)| **held).map(|(_, level)| level).collect();
    let mut faults = Vec::new();
    if held != [after.level()] {
        faults.push(format!("{held:?} were told that they hold, and it is {}", after.level()));
    }
    let confirmations = after.confirmations.len();
    if confirmations != usize::try_from(before.confirmations).unwrap() + 1 {
        faults.push(format!("{confirmations} decisions, and {} before", before.confirmations));
    }
    faults
}

/// Each reason is another, so that no decision repeats one.
fn reason(level: u8, round: usize) -> String {
    format!("Decision {level} of round {round} at once.")
}

#[tokio::test(flavor = "multi_thread")]
async fn of_decisions_on_one_state_one_counts_and_the_others_are_told() {
    in_each_house(async |house| {
        let (rounds, officer) = (scale(8, 1_000), house.request("officer-sektorcert").await);
        let mut known: Option<IncidentId> = None;
        for round in 0..rounds {
            // A new incident now and then, since each shows all of its confirmations.
            let id = match known.filter(|_| !round.is_multiple_of(20)) {
                Some(id) => id,
                None => house.file("reporter-energy", &format!("decided-{round}")).await.0.id,
            };
            known = Some(id);
            let before = seen(&house, &officer, id).await;
            let held = all_at_once((0..6_u8).map(|level| {
                let (house, officer) = (house.clone(), officer.clone());
                async move { decide(&house, &officer, (id, level), (reason(level, round), before)).await }
            }))
            .await;
            assert_eq!(faults_of_decisions(&house, &officer, (id, before), &held).await, [""; 0]);
        }
        proved("A8", &format!("{}: {rounds} times six decisions on one state: one of each", kind(&house)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_decisions_that_both_count_are_found() {
    in_each_house(async |house| {
        let officer = house.request("officer-sektorcert").await;
        let id = house.file("reporter-energy", "decided-twice").await.0.id;
        let before = seen(&house, &officer, id).await;
        let mut held = Vec::new();
        for level in 0..2 {
            // As if nobody compared what was seen with what there is.
            let now = seen(&house, &officer, id).await;
            held.push(decide(&house, &officer, (id, level), (reason(level, 0), now)).await);
        }
        let told = ["[0, 1] were told that they hold, and it is 1", "2 decisions, and 0 before"];
        assert_eq!(faults_of_decisions(&house, &officer, (id, before), &held).await, told);
    })
    .await;
}

/// What a supplement says in a round.
fn supplement(fact: &str, round: usize) -> String {
    format!("{fact}, as it was known in round {round}.")
}

async fn add(
    house: &House,
    request: &Request,
    (id, fact): (IncidentId, &str),
    (key, text): (String, String),
) {
    let report = SubmitReport {
        idempotency_key: key,
        facts: json!({ fact: text }),
        incident: Some(id),
        warnings_seen: true,
    };
    send(house, request, report).await;
}

/// Which of the supplements of a round are not in what is known.
async fn lost(house: &House, request: &Request, id: IncidentId, round: usize) -> Vec<&'static str> {
    let after = incident::open(&house.services, request, id).await.unwrap().unwrap();
    let known = |fact: &str| after.facts.iter().find(|answer| answer.fact == fact)?.value.clone();
    let is_lost = |fact: &&str| known(fact) != Some(Value::String(supplement(fact, round)));
    TEXTS.into_iter().filter(is_lost).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn supplements_at_once_are_all_in_what_is_known_afterwards() {
    in_each_house(async |house| {
        let (rounds, request) = (scale(4, 500), house.request("reporter-energy").await);
        for round in 0..rounds {
            let id = house.file("reporter-energy", &format!("supplemented-{round}")).await.0.id;
            all_at_once(TEXTS.into_iter().map(|fact| {
                let (house, request) = (house.clone(), request.clone());
                let sent = (format!("supplement-{round}-{fact}"), supplement(fact, round));
                async move { add(&house, &request, (id, fact), sent).await }
            }))
            .await;
            assert_eq!(lost(&house, &request, id, round).await, [""; 0], "round {round}");
        }
        let found =
            format!("{}: {rounds} times {} supplements at once: none lost", kind(&house), TEXTS.len());
        proved("A8", &found);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supplement_that_another_one_undoes_is_found() {
    in_each_house(async |house| {
        let request = house.request("reporter-energy").await;
        let id = house.file("reporter-energy", "supplemented").await.0.id;
        for fact in TEXTS {
            let sent = (format!("supplement-{fact}"), supplement(fact, 1));
            add(&house, &request, (id, fact), sent).await;
        }
        // Somebody writes what they had read before the others.
        let old = ("supplement-old".to_owned(), supplement(TEXTS[2], 0));
        add(&house, &request, (id, TEXTS[2]), old).await;
        assert_eq!(lost(&house, &request, id, 1).await, [TEXTS[2]]);
    })
    .await;
}
