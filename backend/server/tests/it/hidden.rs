//! Forbidden and missing are one answer: status, headers and every byte of the body.

use serde_json::json;

use crate::harness::{Client, header, in_each_app};

/// Operations that name something; `$id` is what may not be known of, or is not there.
const OPERATIONS: [(&str, &str); 9] = [
    ("incident", "query($id: ID!) { incident(id: $id) { number } }"),
    (
        "incident",
        "query($id: ID!) { incident(id: $id) { id receipt { number } cases { id } timeline { kind } } }",
    ),
    ("incident", "query($id: ID!) { reassessment(incident: $id) { to } }"),
    (
        "incident",
        "mutation($id: ID!) { reassessIncident(input: { incident: $id, packVersion: \"2026.1\" }) { __typename } }",
    ),
    (
        "incident",
        "mutation($id: ID!) { requestReport(input: { incident: $id, regime: \"nis2_energy_dk\", stage: \"intermediate_report\", due: \"2026-12-24T12:00:00Z\" }) { __typename } }",
    ),
    (
        "incident",
        "mutation($id: ID!) { submitReport(input: { idempotencyKey: \"hidden-key\", facts: {}, incidentId: $id }) { __typename } }",
    ),
    ("case", "query($id: ID!) { case(id: $id) { id incident { number } } }"),
    ("unit", "query($id: String!) { cases(unit: $id) { totalCount nodes { id } } }"),
    ("session", "mutation($id: ID!) { endSession(id: $id) { id } }"),
];

/// The whole answer, but for what differs between any two: when it was, and the request's own id.
async fn answer(client: &Client, document: &str, id: &str) -> (u16, Vec<(String, String)>, String) {
    let body = json!({ "query": document, "variables": { "id": id } });
    let response = client.post("/graphql").json(&body).send().await.unwrap();
    let names = response.headers().keys().map(|name| name.as_str().to_owned());
    let mut headers: Vec<_> = names
        .filter(|name| !["date", "x-request-id"].contains(&name.as_str()))
        .map(|name| (name.clone(), header(response.headers(), &name).to_owned()))
        .collect();
    headers.sort();
    let (status, request) =
        (response.status().as_u16(), header(response.headers(), "x-request-id").to_owned());
    (status, headers, response.text().await.unwrap().replace(&request, "the request"))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_forbidden_answers_as_what_is_not_there() {
    in_each_app(async |app| {
        let owner = app.person("reporter-energy").await;
        let filed = owner.submit("hidden-first", &app.house.facts("reporter-energy"), false).await;
        let incident = filed["incident"]["id"].as_str().unwrap().to_owned();
        let officer = app.person("officer-sektorcert").await;
        let queue = officer.data("{ cases(unit: \"sektorcert\") { nodes { id } } }", json!({})).await;
        let case = queue["cases"]["nodes"][0]["id"].as_str().unwrap().to_owned();
        let sessions = owner.data("{ mySessions { id } }", json!({})).await;
        let session = sessions["mySessions"][0]["id"].as_str().unwrap().to_owned();
        let there = json!({ "incident": incident, "case": case, "unit": "sektorcert", "session": session });
        let mut compared = 0;
        for handle in ["reporter-bank", "officer-dcis-sund", "security-officer", "administrator"] {
            let client = app.person(handle).await;
            for (kind, document) in OPERATIONS {
                let forbidden = there[kind].as_str().unwrap();
                let missing = missing(forbidden);
                let (one, other) =
                    (answer(&client, document, forbidden).await, answer(&client, document, &missing).await);
                assert_eq!(one, other, "{handle}: {document}");
                compared += 1;
            }
        }
        assert_eq!(compared, 36);
        // Where it may be known of, the two differ: the comparison can fail.
        for (kind, document) in &OPERATIONS[..2] {
            let known = there[*kind].as_str().unwrap();
            let (one, other) =
                (answer(&officer, document, known).await, answer(&officer, document, &missing(known)).await);
            assert_ne!(one, other, "{document}");
        }
    })
    .await;
}

/// A name of the same form that nothing has.
fn missing(id: &str) -> String {
    match id.split_once('_') {
        Some((prefix, _)) => format!("{prefix}_{}", uuid::Uuid::from_u128(7)),
        None => "sektornone".to_owned(),
    }
}
