//! Attack A7: the connection breaks between the commit and its answer, and whoever filed sends it again.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use varsel_services::domain::authz::Scope;
use varsel_storage::testing::{bare, proved, scale, seed};

use super::proxy::Proxy;
use crate::harness::{App, Client, SUBMIT, in_each_app};

/// Bytes of an answer at most, its head included: cuts fall anywhere in it, and often before it.
const ANSWER: usize = 6_000;

/// Sends the report; its answer if that arrives whole.
async fn send(client: &Client, key: &str, facts: &Value) -> Option<Value> {
    let input = json!({ "idempotencyKey": key, "facts": facts, "warningsSeen": false });
    let body = json!({ "query": SUBMIT, "variables": { "input": input } });
    let response = client.post("/graphql").json(&body).send().await.ok()?;
    let mut answer: Value = response.json().await.ok()?;
    assert_eq!(answer.get("errors"), None, "{answer:#}");
    Some(answer["data"]["submitReport"].take())
}

/// What came of a report that was sent through the proxy under its key, and then twice directly.
struct Sendings {
    heard: Option<Value>,
    again: Value,
    third: Value,
    /// Reports with its key, and all reports there are.
    stored: (i64, i64),
}

impl Sendings {
    /// Sends a report again under `later`, which is its key unless somebody goes wrong.
    async fn of(
        app: &App,
        (through, direct): (&Client, &Client),
        (key, later): (&str, &str),
        facts: &Value,
    ) -> Self {
        let heard = send(through, key, facts).await;
        let again = send(direct, later, facts).await.expect("a whole answer");
        let third = send(direct, later, facts).await.expect("a whole answer");
        Self { heard, again, third, stored: stored(app, key).await }
    }

    /// What is wrong with them, where they should be the only report since there were `before`.
    fn faults(&self, before: i64) -> Vec<&'static str> {
        let Self { heard, again, third, stored } = self;
        let same = |field: &str| heard.as_ref().is_none_or(|heard| heard[field] == again[field]);
        let mut faults = Vec::new();
        for (well, fault) in [
            (again["repeated"] == json!(true), "the first one was not committed before its answer"),
            (same("receipt"), "another receipt than was heard"),
            (same("incident"), "another incident than was heard"),
            (third == again, "another answer each time"),
            (*stored == (1, before + 1), "not filed once"),
        ] {
            if !well {
                faults.push(fault);
            }
        }
        faults
    }
}

/// Reports with this key, and all reports there are.
async fn stored(app: &App, key: &str) -> (i64, i64) {
    let tx = bare(&app.house.services.store, &Scope::system()).await.unwrap();
    let sql = format!(
        "SELECT (SELECT count(*) FROM filing WHERE idempotency_key = '{key}') AS own, \
         (SELECT count(*) FROM incident) AS incidents"
    );
    let row = tx.query_one_raw(Statement::from_string(tx.get_database_backend(), sql)).await;
    let row = row.unwrap().unwrap();
    (row.try_get("", "own").unwrap(), row.try_get("", "incidents").unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_lost_is_given_again_and_nothing_is_filed_twice() {
    in_each_app(async |app| {
        let rounds = scale(100, 5_000);
        let mut chance = StdRng::seed_from_u64(seed());
        let cuts: Vec<usize> = (0..rounds)
            .map(|_| if chance.random_bool(0.5) { 0 } else { chance.random_range(1..ANSWER) })
            .collect();
        let direct = app.person("reporter-energy").await;
        let proxy = Proxy::before(&app.address, move |number| cuts[number]).await;
        let through = direct.at(&proxy.address);
        let facts = app.house.facts("reporter-energy");
        let mut unanswered = 0;
        for round in 0..rounds {
            let key = format!("cut-report-{round}");
            let sent = Sendings::of(app, (&through, &direct), (&key, &key), &facts).await;
            unanswered += usize::from(sent.heard.is_none());
            assert_eq!(sent.faults(i64::try_from(round).unwrap()), [""; 0], "{:#}", sent.again);
        }
        assert!(
            unanswered * 2 >= rounds && proxy.cut() == unanswered,
            "{unanswered} lost, {} cut",
            proxy.cut()
        );
        let kind = app.house.services.store.connection().get_database_backend();
        proved(
            "A7",
            &format!("{kind:?}: {rounds} reports, {unanswered} answers lost: each filed once, same receipt"),
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_that_is_sent_again_under_another_key_is_found() {
    in_each_app(async |app| {
        let direct = app.person("reporter-energy").await;
        let proxy = Proxy::before(&app.address, |number| if number == 0 { 0 } else { usize::MAX }).await;
        let through = direct.at(&proxy.address);
        let facts = app.house.facts("reporter-energy");
        let lost =
            Sendings::of(app, (&through, &direct), ("cut-report-lost", "cut-report-new"), &facts).await;
        assert!(lost.heard.is_none());
        let told = lost.faults(0);
        assert!(told.contains(&"not filed once") && told.len() > 1, "{told:?}");
        let heard =
            Sendings::of(app, (&through, &direct), ("cut-report-heard", "cut-report-newer"), &facts).await;
        let told = heard.faults(2);
        assert!(told.contains(&"another receipt than was heard") && told.len() > 2, "{told:?}");
    })
    .await;
}
