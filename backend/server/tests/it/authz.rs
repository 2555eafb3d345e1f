//! Every operation of the schema, tried by everybody: one that is not in the table fails the test.

mod table;

use serde_json::{Value, json};
use varsel_services::change::{self, ChangeView};
use varsel_services::domain::attempt::{Client as Source, Subject};

use self::table::TABLE;
use crate::harness::{App, Client, block, in_each_patient_app, open_review};

/// Who tries. `Own` reported the incident, `Unit` has a case in it.
const PEOPLE: [(&str, Option<&str>); 8] = [
    ("nobody", None),
    ("security officer", Some("security-officer")),
    ("other organisation", Some("reporter-bank")),
    ("unit without a case", Some("officer-dcis-sund")),
    ("unit with a case", Some("officer-sektorcert")),
    ("cyber centre", Some("duty-officer")),
    ("own organisation", Some("reporter-energy")),
    ("administrator", Some("administrator-second")),
];

/// What an operation answers: data, null, an error by its code, or the type of an outcome.
struct Row {
    operation: &'static str,
    document: &'static str,
    /// In the order of [`PEOPLE`].
    expected: [&'static str; 8],
}

const SIGN_IN: &str = "SIGN_IN_REQUIRED";
const NO: &str = "NOT_FOUND";

/// `Query.me` and so on, as the checked-in schema lists them.
fn operations() -> Vec<String> {
    let schema = include_str!("../../../../schema/schema.graphql");
    let mut operations = Vec::new();
    for root in ["Query", "Mutation", "Subscription"] {
        let body = schema.split_once(&format!("\ntype {root} {{\n")).unwrap().1.split_once("\n}").unwrap().0;
        let lines = body.lines().filter_map(|line| line.strip_prefix('\t'));
        let fields = lines.filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
        let names = fields.filter_map(|field| field.split(['(', ':']).next());
        // A line of a description has more than one word before either.
        let names = names.filter(|name| name.chars().all(char::is_alphanumeric));
        operations.extend(names.map(|name| format!("{root}.{name}")));
    }
    operations
}

#[test]
fn every_operation_of_the_schema_is_in_the_table() {
    let listed: Vec<&str> = TABLE.iter().map(|row| row.operation).collect();
    let mut operations = operations();
    assert!(operations.len() >= 9, "{operations:?}");
    operations.retain(|operation| !listed.contains(&operation.as_str()));
    assert!(operations.is_empty(), "add rows to the table in authz.rs for {operations:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_answers_everybody_as_the_table_says() {
    in_each_patient_app(async |app| {
        let facts = app.house.facts("reporter-energy");
        let filed = app.person("reporter-energy").await.submit("authz-first", &facts, false).await;
        let incident = filed["incident"]["id"].clone();
        let queue = "{ cases(unit: \"sektorcert\") { nodes { id } } }";
        let case = app.person("officer-sektorcert").await.data(queue, json!({})).await;
        let case = case["cases"]["nodes"][0]["id"].clone();
        assert!(incident.is_string() && case.is_string(), "{filed:#}");
        let input = json!({ "idempotencyKey": "authz-next", "facts": facts, "incidentId": incident });
        let own = app.person("reporter-energy").await;
        let own = own.data("{ me { id } mySessions { id current } myAuthorisations { id } }", json!({})).await;
        let authorisation = &own["myAuthorisations"][0]["id"];
        let mut sessions = own["mySessions"].as_array().unwrap().iter();
        let session = &sessions.find(|session| session["current"] == true).unwrap()["id"];
        varsel_services::settings::adopt(&app.house.services).await.unwrap();
        let home = app.house.request("reporter-energy").await.actor.unwrap().role.home();
        let review = open_review(&app.house, home, &["reporter-energy"]).await;
        let block = block(&app.house, Subject::Client(Source("198.51.100.7".to_owned()))).await;
        let change = propose(app).await;
        let (change, sha256) = (change.change.id.to_string(), change.change.payload_sha256);
        let all = json!({
            "incident": incident, "case": case, "input": input, "change": change,
            "reject": { "id": change, "reason": "No" },
            "reassess": { "incident": incident, "packVersion": "2026.1" },
            "confirm": { "incident": incident, "level": 1, "expectedConfirmations": 7, "expectedProposal": 1 },
            "request": {
                "incident": incident, "regime": "nis2_energy_dk", "stage": "intermediate_report",
                "due": (app.house.now() + chrono::TimeDelta::days(2)).to_rfc3339(),
            },
            "propose": { "version": "2026.9", "inForceFrom": "2027-01-01T00:00:00Z", "reason": "New thresholds." },
            "approve": { "id": change, "payloadSha256": sha256 },
            "session": session, "person": own["me"]["id"], "authorisation": authorisation,
            "ask": { "functions": ["READ"], "reach": { "kind": "NATIONAL" }, "purpose": "", "reason": "It is needed." },
            "block": block, "review": review,
            "decide": {
                "review": review, "authorisations": [authorisation], "confirm": true, "reason": "It is needed.",
            },
            "end": { "ids": [authorisation], "reason": "No longer needed." },
            "left": { "person": own["me"]["id"], "reason": "A new employer." },
        });
        for row in &TABLE {
            for ((who, handle), expected) in PEOPLE.iter().zip(row.expected) {
                let answer = try_as(app, *handle, row, &all).await;
                assert_eq!(answer, expected, "{} as {who}", row.operation);
            }
        }
    })
    .await;
}

/// A critical change that awaits the second administrator.
async fn propose(app: &App) -> ChangeView {
    let payload = app.house.publication();
    let request = app.house.request("administrator").await;
    change::propose(&app.house.services, &request, &payload, "New thresholds.").await.unwrap().unwrap()
}

async fn try_as(app: &App, handle: Option<&str>, row: &Row, all: &Value) -> String {
    let client = match handle {
        Some(handle) => app.person(handle).await,
        None => app.nobody(),
    };
    let mut variables = all.clone();
    variables.as_object_mut().unwrap().retain(|name, _| row.document.contains(&format!("${name}:")));
    if row.operation.starts_with("Subscription") {
        return first_event(&client, row.document).await;
    }
    let answer = client.graphql(row.document, variables).await;
    summary(&answer)
}

fn summary(answer: &Value) -> String {
    if let Some(code) = answer.pointer("/errors/0/extensions/code") {
        return code.as_str().unwrap().to_owned();
    }
    let data = answer.pointer("/data/answer").or_else(|| answer.pointer("/data/submitReport")).unwrap();
    if let Some(outcome) = data.get("__typename") {
        return outcome.as_str().unwrap().to_owned();
    }
    match data.get("nodes").and_then(Value::as_array) {
        _ if data.is_null() => "null".to_owned(),
        Some(nodes) if nodes.is_empty() => "empty".to_owned(),
        _ => "data".to_owned(),
    }
}

/// What a live view begins with: an error, or silence.
async fn first_event(client: &Client, document: &str) -> String {
    let request = client.post("/graphql").header("accept", "text/event-stream");
    let mut response = request.json(&json!({ "query": document })).send().await.unwrap();
    let mut text = String::new();
    while let Some(chunk) = response.chunk().await.unwrap() {
        text.push_str(&String::from_utf8_lossy(&chunk));
        if let Some((_, event)) = text.split_once("event: next\ndata: ") {
            let answer = serde_json::from_str(event.lines().next().unwrap()).unwrap();
            return summary(&answer);
        }
        // A stream that may be watched says so, and then waits for changes.
        if text.contains(": watching\n\n") {
            return "open".to_owned();
        }
    }
    panic!("the stream ended: {text}")
}
