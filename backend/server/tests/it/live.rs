//! Live updates: pushed after a commit, to those who may see them, for as long as they may.

use std::time::Duration;

use serde_json::{Value, json};
use varsel_services::live::Live;
use varsel_services::session;

use crate::harness::{App, Client, header, in_each_app};

const CHANGES: &str = "subscription { caseChanged(unit: \"sektorcert\") { sequence kind case { unit { id } incident { number } } } }";

/// A stream of events, read as it comes.
pub(crate) struct Events {
    response: reqwest::Response,
    text: String,
}

impl Events {
    async fn open(client: &Client, query: &str) -> Self {
        Self::watch(client, &json!({ "query": query })).await
    }

    pub(crate) async fn watch(client: &Client, body: &Value) -> Self {
        let request = client.post("/graphql").header("accept", "text/event-stream, multipart/mixed");
        let response = request.json(body).send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(header(response.headers(), "content-type"), "text/event-stream; charset=utf-8");
        assert_eq!(header(response.headers(), "x-accel-buffering"), "no");
        Self { response, text: String::new() }
    }

    /// The id of the request that opened it.
    pub(crate) fn request(&self) -> String {
        header(self.response.headers(), "x-request-id").to_owned()
    }

    /// What stands between two blank lines; none when the stream has ended.
    pub(crate) async fn next(&mut self) -> Option<String> {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let (event, rest) = (event.to_owned(), rest.to_owned());
                self.text = rest;
                return Some(event);
            }
            let chunk = tokio::time::timeout(Duration::from_mins(1), self.response.chunk()).await;
            self.text.push_str(&String::from_utf8_lossy(&chunk.expect("an event within a minute").ok()??));
        }
    }

    pub(crate) async fn next_answer(&mut self) -> Value {
        let event = self.next().await.unwrap();
        let data = event.strip_prefix("event: next\ndata: ").unwrap_or_else(|| panic!("{event}"));
        serde_json::from_str(data).unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_report_is_pushed_to_the_queue_of_its_unit() {
    in_each_app(async |app| {
        let mut events = Events::open(&app.person("officer-sektorcert").await, CHANGES).await;
        assert_eq!(events.next().await.as_deref(), Some(": watching"));
        let reporter = app.person("reporter-energy").await;
        let filed = reporter.submit("pushed-to-queue", &app.house.facts("reporter-energy"), false).await;
        let change = events.next_answer().await["data"]["caseChanged"].take();
        assert_eq!(change["kind"], "OPENED");
        assert_eq!(change["case"]["unit"]["id"], "sektorcert");
        assert_eq!(change["case"]["incident"]["number"], filed["incident"]["number"]);
        let again = reporter.submit("pushed-to-queue-2", &app.house.facts("reporter-energy"), false).await;
        let next = events.next_answer().await["data"]["caseChanged"].take();
        assert_eq!(next["case"]["incident"]["number"], again["incident"]["number"]);
        let sequence = |change: &Value| change["sequence"].as_str().unwrap().parse::<i64>().unwrap();
        assert!(sequence(&next) > sequence(&change));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_has_five_streams_and_no_sixth() {
    in_each_app(async |app| {
        let officer = app.person("officer-sektorcert").await;
        let mut open = Vec::new();
        for _ in 0..5 {
            open.push(Events::open(&officer, CHANGES).await);
        }
        let sixth = officer.post("/graphql").header("accept", "text/event-stream");
        let refused = sixth.json(&json!({ "query": CHANGES })).send().await.unwrap();
        assert_eq!(refused.status(), 429);
        assert!(refused.text().await.unwrap().contains("TOO_MANY_STREAMS"));
        // Another person is not held up.
        Events::open(&app.person("duty-officer").await, &CHANGES.replace("sektorcert", "csirt")).await;
    })
    .await;
}

impl Events {
    /// The stream says that nobody is signed in any more, and ends.
    async fn ends_with_the_session(&mut self, why: &str) {
        let answer = self.next_answer().await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "SIGN_IN_REQUIRED", "{why}: {answer}");
        assert_eq!(self.next().await.as_deref(), Some("event: complete\ndata:"), "{why}");
        assert_eq!(self.next().await, None, "{why}");
    }
}

/// A browser of an officer with a queue in it, on which nothing happens.
async fn watch(app: &App) -> (Client, Events) {
    let officer = app.person("officer-sektorcert").await;
    let mut events = Events::open(&officer, CHANGES).await;
    assert_eq!(events.next().await.as_deref(), Some(": watching"));
    (officer, events)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_and_every_request_end_with_the_session_although_nothing_else_happens() {
    in_each_app(async |app| {
        let is_nobody = async |client: &Client| client.data("{ me { id } }", json!({})).await["me"].is_null();
        let (officer, mut events) = watch(app).await;
        assert_eq!(officer.post("/sign-out").send().await.unwrap().status(), 204);
        events.ends_with_the_session("signed out").await;
        assert!(is_nobody(&officer).await);

        let (officer, mut events) = watch(app).await;
        let phone = app.person("officer-sektorcert").await;
        phone.data("mutation { endOtherSessions { id } }", json!({})).await;
        events.ends_with_the_session("ended from another browser").await;
        assert!(is_nobody(&officer).await && !is_nobody(&phone).await);

        let (officer, mut events) = watch(app).await;
        let person = officer.data("{ me { id } }", json!({})).await["me"]["id"].take();
        let end = "mutation($person: ID!) { endSessionsOfPerson(person: $person) }";
        let administrator = app.person("administrator").await;
        let ended = administrator.data(end, json!({ "person": person })).await;
        assert_eq!(ended["endSessionsOfPerson"], 2);
        events.ends_with_the_session("ended by an administrator").await;
        assert!(is_nobody(&officer).await && is_nobody(&phone).await && !is_nobody(&administrator).await);

        // Nobody rings for a session that runs out: the stream looks by itself, every second.
        let (officer, mut events) = watch(app).await;
        app.house.advance(chrono::TimeDelta::minutes(15));
        events.ends_with_the_session("unused for a quarter of an hour").await;
        assert!(is_nobody(&officer).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_another_replica_ended_ends_its_streams_here() {
    in_each_app(async |app| {
        let (_officer, mut events) = watch(app).await;
        // The other replica has a bell of its own, which nobody hears here.
        let replica = varsel_services::Services { live: Live::default(), ..app.house.services.clone() };
        let request = app.house.request("officer-sektorcert").await;
        session::end_others(&replica, &request).await.unwrap();
        let begun = std::time::Instant::now();
        events.ends_with_the_session("ended elsewhere").await;
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_cannot_be_executed_completes_with_its_error() {
    in_each_app(async |app| {
        let mut events = Events::open(&app.nobody(), "subscription { nothing }").await;
        let answer = events.next_answer().await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "INVALID_DOCUMENT");
        assert_eq!(events.next().await.as_deref(), Some("event: complete\ndata:"));
        let mut events = Events::open(&app.nobody(), "{ pack { id } }").await;
        assert_eq!(events.next_answer().await["data"]["pack"]["id"], "dk");
    })
    .await;
}
