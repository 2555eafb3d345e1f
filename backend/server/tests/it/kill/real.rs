//! Attack A1 on the real server: the binary, HTTP and sign-in included, on SQLite and on PostgreSQL.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use varsel_log::key::{Signer, Verifier};
use varsel_storage::Store;
use varsel_storage::testing::{postgres_server, proved, scale, seed};

use super::oracle::{self, Depth};
use super::rounds::directory;
use super::sent::Sent;
use super::server::Server;
use crate::harness::SUBMIT;

const CLIENTS: usize = 8;

/// How the keys of these clients begin; the demo has reports of its own.
const OURS: &str = "kill-";

#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_on_sqlite() {
    let data = directory();
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
    let data = directory();
    kill_again_and_again(data.path(), Some(&url), &url).await;
    admin.connection().execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
}

async fn kill_again_and_again(data: &Path, database: Option<&str>, url: &str) {
    let rounds = u64::try_from(scale(20, 500)).unwrap();
    let sent = Arc::new(Mutex::new(Sent::default()));
    for round in 0..rounds {
        let server = Server::start(data, database).await;
        // What the kill before left, as the server that has started again shows it; PostgreSQL is looked at while none runs.
        if database.is_none() {
            check(data, url, &sent).await;
        }
        submit_until_killed(server, round, &sent).await;
        if database.is_some() {
            check(data, url, &sent).await;
        }
    }
    // The last start settles what was under way: the same key again is the same report.
    let server = Server::start(data, database).await;
    let (acknowledged, unsure) = {
        let sent = sent.lock().unwrap();
        (sent.acknowledged(), sent.unsure())
    };
    let http = sign_in(&server.address).await.unwrap();
    for key in &unsure {
        let number = submit(&http, &server.address, key).await.unwrap();
        sent.lock().unwrap().acknowledge(key.clone(), number);
    }
    server.stop_gently().await;
    check(data, url, &sent).await;
    let unsure = unsure.len();
    assert!(acknowledged >= 40 && unsure >= 5, "{acknowledged} acknowledged, {unsure} unsure");
    let kind = if database.is_some() { "PostgreSQL" } else { "SQLite" };
    let counts = format!("{rounds} kills, {acknowledged} acknowledged, {unsure} settled by sending again");
    proved("A1", &format!("the real server, {kind}: {counts}: 0 lost, 0 halves, 0 orphans"));
}

async fn check(data: &Path, url: &str, sent: &Arc<Mutex<Sent>>) {
    // What was said is a matter of a moment; looking takes longer.
    let sent = sent.lock().unwrap().clone();
    let found = oracle::look((url, data), &log_key(data), Depth::Whole).await;
    assert_eq!(oracle::judge(found, &sent, OURS), [""; 0]);
}

/// What is wrong with the database of a server that has ended, in this directory, and with what it promised.
pub(crate) async fn faults_of_data(data: &Path, sent: &Sent) -> Vec<String> {
    oracle::faults(data, &log_key(data), sent, OURS).await
}

/// The key that the server made for its log.
fn log_key(data: &Path) -> Verifier {
    let secret = std::fs::read_to_string(data.join("use-log.key")).unwrap();
    Signer::from_secret(secret.trim()).unwrap().verifier().clone()
}

/// Several clients file as fast as they can; after a number of requests, and a moment, the server is killed.
async fn submit_until_killed(server: Server, round: u64, sent: &Arc<Mutex<Sent>>) {
    let mut chance = StdRng::seed_from_u64(seed().wrapping_add(round));
    let begun = Arc::new(AtomicUsize::new(0));
    let http = sign_in(&server.address).await.unwrap();
    let clients: Vec<_> = (0..CLIENTS)
        .map(|client| {
            let (address, sent, begun) = (server.address.clone(), Arc::clone(sent), Arc::clone(&begun));
            let http = http.clone();
            tokio::spawn(async move {
                for number in 0.. {
                    let key = format!("kill-{round}-{client}-{number}");
                    sent.lock().unwrap().begin(key.clone());
                    begun.fetch_add(1, Ordering::SeqCst);
                    let Some(acknowledged) = submit(&http, &address, &key).await else { return };
                    sent.lock().unwrap().acknowledge(key, acknowledged);
                }
            })
        })
        .collect();
    let (requests, moment) = (chance.random_range(CLIENTS..2 * CLIENTS), chance.random_range(0..40_000));
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
