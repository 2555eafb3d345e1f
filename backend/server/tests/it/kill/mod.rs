//! Killing the server at any moment: what it acknowledged is there whole, what it did not is there whole or not at all.

pub(crate) mod server;
mod whole;

use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use server::Server;
use varsel_storage::Store;
use varsel_storage::testing::{self, postgres_server};

use crate::harness::SUBMIT;

const ROUNDS: u64 = 20;
const CLIENTS: usize = 4;

/// What the clients know: the number that was acknowledged for each key they sent, if it was.
type Sent = Arc<Mutex<HashMap<String, Option<String>>>>;

#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_on_sqlite() {
    let data = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", data.path().join("varsel.db").display());
    kill_again_and_again(data.path(), None, &url).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_on_postgres() {
    let Some(server) = postgres_server() else { return };
    let name = format!("varsel_kill_{}", std::process::id());
    let admin = Store::connect(&server).await.unwrap();
    admin.connection().execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    let url = format!("{}/{name}", server.rsplit_once('/').unwrap().0);
    let data = tempfile::tempdir().unwrap();
    kill_again_and_again(data.path(), Some(&url), &url).await;
    admin.connection().execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
}

async fn kill_again_and_again(data: &Path, database: Option<&str>, url: &str) {
    let sent = Sent::default();
    let mut acknowledged = 0;
    for round in 0..ROUNDS {
        let server = Server::start(data, database).await;
        submit_until_killed(server, round, &sent).await;
        acknowledged = check(url, data, &sent).await;
    }
    // The last start settles what was under way: the same key again is the same report.
    let server = Server::start(data, database).await;
    let unsure: Vec<String> = unsure(&sent);
    for key in &unsure {
        let number = submit(&sign_in(&server.address).await.unwrap(), &server.address, key).await.unwrap();
        sent.lock().unwrap().insert(key.clone(), Some(number));
    }
    server.stop_gently().await;
    assert_eq!(check(url, data, &sent).await, acknowledged + unsure.len());
    assert!(acknowledged >= 40 && unsure.len() >= 5, "{acknowledged} acknowledged, {} unsure", unsure.len());
}

fn unsure(sent: &Sent) -> Vec<String> {
    let sent = sent.lock().unwrap();
    sent.iter().filter(|(_, number)| number.is_none()).map(|(key, _)| key.clone()).collect()
}

/// Several clients file as fast as they can; after a number of requests, and a moment, the server is killed.
async fn submit_until_killed(server: Server, round: u64, sent: &Sent) {
    let mut chance = StdRng::seed_from_u64(round);
    let begun = Arc::new(AtomicUsize::new(0));
    let clients: Vec<_> = (0..CLIENTS)
        .map(|client| {
            let (address, sent, begun) = (server.address.clone(), Arc::clone(sent), Arc::clone(&begun));
            tokio::spawn(async move {
                let Some(http) = sign_in(&address).await else { return };
                for number in 0.. {
                    let key = format!("kill-{round}-{client}-{number}");
                    sent.lock().unwrap().insert(key.clone(), None);
                    begun.fetch_add(1, Ordering::SeqCst);
                    let Some(acknowledged) = submit(&http, &address, &key).await else { return };
                    sent.lock().unwrap().insert(key, Some(acknowledged));
                }
            })
        })
        .collect();
    let (requests, moment) = (chance.random_range(4..16), chance.random_range(0..40_000));
    while begun.load(Ordering::SeqCst) < requests {
        tokio::task::yield_now().await;
    }
    for _ in 0..moment {
        tokio::task::yield_now().await;
    }
    server.kill().await;
    for client in clients {
        client.await.unwrap();
    }
}

async fn sign_in(address: &str) -> Option<reqwest::Client> {
    let http = reqwest::Client::builder().cookie_store(true).build().unwrap();
    let person = json!({ "person": "reporter-energy" });
    let response = http.post(format!("{address}/demo/sign-in")).json(&person).send().await.ok()?;
    response.status().is_success().then_some(http)
}

/// The number that the server acknowledged; none when it did not live to.
async fn submit(http: &reqwest::Client, address: &str, key: &str) -> Option<String> {
    let now = chrono::DateTime::from_timestamp(1_780_000_000, 0).unwrap();
    let samples = varsel_services::demo::samples(now);
    let facts = samples.iter().find(|sample| sample.handle == "reporter-energy").unwrap().facts.clone();
    let input = json!({ "idempotencyKey": key, "facts": facts });
    let body = json!({ "query": SUBMIT, "variables": { "input": input } });
    let response = http.post(format!("{address}/graphql")).json(&body).send().await.ok()?;
    let answer: Value = response.json().await.ok()?;
    let number = answer.pointer("/data/submitReport/incident/number").and_then(Value::as_str);
    Some(number.unwrap_or_else(|| panic!("{answer:#}")).to_owned())
}

/// Every report in the database is whole, and every acknowledged one is there, once; how many those are.
async fn check(url: &str, data: &Path, sent: &Sent) -> usize {
    let store = testing::open(url, data).await.unwrap();
    let stored = whole::reports(&store).await;
    store.connection().clone().close().await.unwrap();
    let sent = sent.lock().unwrap();
    for key in stored.keys().filter(|key| key.starts_with("kill-")) {
        assert!(sent.contains_key(key), "{key} was never sent");
    }
    let acknowledged: Vec<_> =
        sent.iter().filter_map(|(key, number)| Some((key, number.as_ref()?))).collect();
    for (key, number) in &acknowledged {
        assert_eq!(stored.get(*key), Some(*number), "{key} was acknowledged as {number}");
    }
    acknowledged.len()
}
