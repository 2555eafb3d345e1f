//! Fifty who send the worst documents that are accepted, as fast as they are answered (attack F3), and others at work meanwhile: 99 of
//! 100 of the others' answers come within 200 ms. Never part of `make test`, whose machine is busy.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use serde_json::{Value, json};
use varsel_storage::testing::{proved, scale};

use crate::harness::{App, Client, document_id, in_each_app};

/// How long 99 of 100 answers may take to others.
const BOUND: Duration = Duration::from_millis(200);
const ATTACKERS: usize = 50;
const REPORTS: usize = 100;

/// As much as may be asked for in one document, of what costs most: pages of incidents, assessments, one incident many times.
fn worst(incident: &Value, facts: &Value) -> Vec<Value> {
    let aliases = |field: &str| (0..9).map(|n| format!("a{n}: {field}")).collect::<Vec<_>>().join(" ");
    let law = "obligations { regime regimeName { da en } stage stageName { da en } cite status due }";
    let page =
        "cases(unit: \"sektorcert\", first: 100) { totalCount nodes { id status version nextDue { due }
        incident { id number organisation { name } facts { value } guidance { playbook } } } }";
    let assess = format!("assess(facts: $facts) {{ {law} severity guidance {{ title {{ da en }} }} }}");
    let one = format!("incident(id: $incident) {{ number facts {{ value display {{ da en }} }} {law} }}");
    let variables = json!({ "facts": facts, "incident": incident });
    [
        format!("{{ {page} }}"),
        format!("query($facts: JSON!) {{ {} }}", aliases(&assess)),
        format!("query($incident: ID!) {{ {} }}", aliases(&one)),
    ]
    .into_iter()
    .map(|query| json!({ "query": query, "variables": variables }))
    .collect()
}

/// Sends it; how long that takes.
async fn send(client: &Client, body: &Value) -> Duration {
    let begun = Instant::now();
    let answer = client.post("/graphql").json(body).send().await.unwrap();
    let text = answer.text().await.unwrap();
    let took = begun.elapsed();
    assert!(!text.contains("\"errors\""), "{body}: {text:.600}");
    took
}

/// The time that 99 of 100 do not exceed.
fn p99(mut all: Vec<Duration>) -> Duration {
    all.sort();
    all[all.len() * 99 / 100]
}

/// What others wait for: an incident and a queue, as the pages ask for them, and a program's list.
async fn others(app: &App, incident: &Value, each: usize) -> Vec<Duration> {
    let (reporter, officer) = (app.person("reporter-energy").await, app.person("officer-sektorcert").await);
    let page = json!({ "documentId": document_id("query IncidentPage"), "variables": { "id": incident } });
    let queue = json!({ "documentId": document_id("query Queue"), "variables": { "unit": "sektorcert" } });
    let list = json!({ "query": "{ cases(unit: \"sektorcert\", first: 20) { nodes { id status } } }" });
    let mut took = Vec::new();
    for _ in 0..each {
        took.push(send(&reporter, &page).await);
        took.push(send(&officer, &queue).await);
        took.push(send(&officer, &list).await);
    }
    took
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "it measures time: make torture"]
async fn others_are_answered_while_fifty_send_the_worst_that_is_accepted() {
    in_each_app(async |app| {
        let (reporter, facts) = (app.person("reporter-energy").await, app.house.facts("reporter-energy"));
        let mut incident = Value::Null;
        for number in 0..REPORTS {
            incident = reporter.submit(&format!("flood-{number:04}"), &facts, false).await["incident"]["id"].take();
        }
        let alone = p99(others(app, &incident, 50).await);
        let worst = Arc::new(worst(&incident, &facts));
        let (over, sent) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let mut attackers = Vec::new();
        for number in 0..ATTACKERS {
            let client = app.person(["officer-sektorcert", "duty-officer", "reporter-energy"][number % 3]).await;
            let (worst, over, sent) = (Arc::clone(&worst), Arc::clone(&over), Arc::clone(&sent));
            attackers.push(tokio::spawn(async move {
                while !over.load(Ordering::SeqCst) {
                    send(&client, &worst[number % worst.len()]).await;
                    sent.fetch_add(1, Ordering::SeqCst);
                }
            }));
        }
        let p99 = p99(others(app, &incident, scale(50, 1_000)).await);
        over.store(true, Ordering::SeqCst);
        for attacker in join_all(attackers).await {
            attacker.unwrap();
        }
        let database = if app.house.services.store.is_shared() { "PostgreSQL" } else { "SQLite" };
        let sent = sent.load(Ordering::SeqCst);
        proved("F3", &format!("{database}: {ATTACKERS} attackers, {sent} documents answered: others' p99 {p99:.0?}, {alone:.0?} alone"));
        assert!(p99 <= BOUND, "{p99:?}");
    })
    .await;
}
