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
            let heard = send(&through, &key, &facts).await;
            unanswered += usize::from(heard.is_none());
            let again = send(&direct, &key, &facts).await.expect("a whole answer");
            assert_eq!(
                again["repeated"],
                json!(true),
                "the first one was committed before its answer: {again:#}"
            );
            if let Some(heard) = heard {
                assert_eq!(heard["receipt"], again["receipt"]);
                assert_eq!(heard["incident"], again["incident"]);
            }
            let third = send(&direct, &key, &facts).await.expect("a whole answer");
            assert_eq!(third, again, "the same receipt each time");
            assert_eq!(stored(app, &key).await, (1, i64::try_from(round + 1).unwrap()));
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
