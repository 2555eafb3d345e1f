//! What a whole request costs a running server: an officer's page of an incident, 100 times a second, over HTTP, with everything that is
//! between the socket and the database, and its uses on disk before it is answered. The processor time is the server's alone. Between
//! two such runs an incident is opened 500 times a second in this process, with the log of use and without: what that differs by is the log's
//! share of a request. On SQLite.
//!
//! `cargo bench -p varsel-server --bench request -- 20` says for how many seconds; 10 where nothing is said.

#![expect(clippy::expect_used, reason = "a benchmark whose server does not stand measures nothing")]

use std::collections::HashMap;
use std::io::Write as _;
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use reqwest::header::{COOKIE, SET_COOKIE};
use reqwest::{Client, Response};
use serde_json::{Value, json};
use varsel_services::testing::House;
use varsel_services::testing::pace::{self, Took};
use varsel_storage::testing::Empty;

/// How many pages are asked for in a second: fewer than a machine with two cores can answer, beside what asks.
const REQUESTS: u32 = 100;

/// A server with the demo's data, ended with the benchmark.
struct Server {
    process: Child,
    url: String,
    _data: tempfile::TempDir,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Server {
    async fn start(client: &Client) -> Self {
        let data = tempfile::tempdir().expect("a directory");
        let free = TcpListener::bind("127.0.0.1:0").and_then(|it| it.local_addr()).expect("a free port");
        let process = Command::new(env!("CARGO_BIN_EXE_varsel"))
            .args(["serve", "--demo", "--data"])
            .arg(data.path())
            .env("PORT", free.port().to_string())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        let server = Self { process, url: format!("http://{free}"), _data: data };
        let ready = format!("{}/health/ready", server.url);
        while !client.get(&ready).send().await.is_ok_and(|it| it.status().is_success()) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        server
    }
}

/// A person of the demo who asks.
#[derive(Clone)]
struct Person {
    client: Client,
    url: String,
    cookie: String,
}

impl Person {
    async fn sign_in(client: &Client, server: &Server, handle: &str) -> Self {
        let answer =
            client.post(format!("{}/demo/sign-in", server.url)).json(&json!({ "person": handle })).send();
        let answer = answer.await.expect("it is answered");
        let cookies =
            answer.headers().get_all(SET_COOKIE).iter().filter_map(|it| it.to_str().ok()?.split(';').next());
        let cookie = cookies.collect::<Vec<_>>().join("; ");
        Self { client: client.clone(), url: format!("{}/graphql", server.url), cookie }
    }

    async fn ask(&self, body: &Value) -> Response {
        let answer = self.client.post(&self.url).header(COOKIE, &self.cookie).json(body).send();
        answer.await.expect("it is answered")
    }
}

/// The page of an incident, as the browser asks for it.
fn page(id: &str) -> Value {
    let list = include_str!("../../../schema/operations.json");
    let operations: HashMap<String, String> = serde_json::from_str(list).expect("a list");
    let is_page = |text: &String| text.starts_with("query IncidentPage");
    let (key, _) = operations.iter().find(|(_, text)| is_page(text)).expect("the page has its operation");
    json!({ "documentId": key, "variables": { "id": id } })
}

#[tokio::main]
async fn main() {
    let seconds: u32 = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(10);
    let client = Client::new();
    let server = Server::start(&client).await;
    let officer = Person::sign_in(&client, &server, "officer-sektorcert").await;
    let queue = json!({ "query": "{ cases(unit: \"sektorcert\", first: 1) { nodes { incident { id } } } }" });
    let found: Value = officer.ask(&queue).await.json().await.expect("JSON");
    let id = found.pointer("/data/cases/nodes/0/incident/id").and_then(Value::as_str);
    let page = page(id.unwrap_or_else(|| panic!("no incident in {found}")));
    let process = server.process.id().to_string();
    // In turn, so that all of a turn are measured while the machine is as fast.
    for _ in 0..2 {
        let requests =
            pace::paced(&process, (REQUESTS, seconds), || once(officer.clone(), page.clone())).await;
        let (logged, bare) = opened(seconds).await;
        say(seconds, &requests, logged.cpu.saturating_sub(bare.cpu));
    }
}

/// An officer opens an incident without HTTP and GraphQL: with the log of use, and without.
async fn opened(seconds: u32) -> (Took, Took) {
    let empty = Empty::sqlite().await.expect("a database");
    let house = House::build(empty.migrated().await.expect("its tables")).await;
    let (filed, _) = house.file("reporter-energy", "benchmark-report").await;
    let request = house.request("officer-sektorcert").await;
    let logged = pace::open_paced(&house, (&request, filed.id), seconds, true).await;
    let bare = pace::open_paced(&house, (&request, filed.id), seconds, false).await;
    empty.remove().await.expect("it goes");
    (logged, bare)
}

fn say(seconds: u32, requests: &Took, log: Duration) {
    let share = 100.0 * log.as_secs_f64() / requests.cpu.as_secs_f64();
    let line = format!(
        "SQLite, {REQUESTS} requests/s for {seconds} s: p50 {:.2?}, p95 {:.2?}, p99 {:.2?}; {:.2?} of processor time each, of which the log \
         of use takes {log:.2?}, {share:.1} %\n",
        requests.at(50),
        requests.at(95),
        requests.at(99),
        requests.cpu,
    );
    std::io::stdout().write_all(line.as_bytes()).expect("somebody reads");
}

async fn once(officer: Person, page: Value) {
    let answer: Value = officer.ask(&page).await.json().await.expect("JSON");
    assert!(answer.pointer("/data/incident/number").is_some(), "it is shown: {answer}");
}
