//! Who may send what on a server for real reports: the pages their own operations, programs with a token any.

use chrono::TimeDelta;
use serde_json::{Value, json};
use varsel_services::{api_token, session};

use crate::harness::{App, Client, document_id, header, in_each_live_app, in_each_patient_app};

const ME: &str = "{ me { name role } }";

/// Status, code and message of what the API answers to this body.
async fn asked(client: &Client, body: &Value, authorization: Option<&str>) -> (u16, String, Value) {
    let mut request = client.post("/graphql").json(body);
    if let Some(value) = authorization {
        request = request.header("authorization", value);
    }
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let body: Value = response.json().await.unwrap();
    let code = body.pointer("/errors/0/extensions/code").and_then(Value::as_str).unwrap_or_default();
    (status, code.to_owned(), body)
}

async fn token(app: &App, handle: &str) -> String {
    api_token::create(&app.house.services, handle, "a test", 30).await.unwrap().2
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_asks_what_a_page_asks_and_nothing_else() {
    in_each_live_app(async |app| {
        let person = app.house.request("reporter-energy").await.actor.unwrap().person;
        let session = session::open(&app.house.services, person, &session::Browser::default()).await.unwrap();
        let client = app.nobody();
        let ask = async |body: Value| {
            let request = client.post("/graphql").header("cookie", format!("varsel={session}"));
            let response = request.json(&body).send().await.unwrap();
            (response.status().as_u16(), response.json::<Value>().await.unwrap())
        };
        let (status, body) = ask(json!({ "documentId": document_id("query Me") })).await;
        assert_eq!((status, &body["data"]["me"]["role"]), (200, &json!("REPORTER")), "{body}");
        let id = document_id("query Me");
        for (request, expected, code) in [
            (json!({ "query": ME }), 403, "TOKEN_NEEDED"),
            (json!({ "query": "{ __schema { types { name } } }" }), 403, "TOKEN_NEEDED"),
            (json!({ "query": "{ __typename }" }), 403, "TOKEN_NEEDED"),
            (json!({ "query": ME, "documentId": id }), 400, "BAD_REQUEST"),
            (json!({ "documentId": id.replace("sha256:", "") }), 400, "UNKNOWN_DOCUMENT"),
            (json!({ "documentId": id.to_uppercase() }), 400, "UNKNOWN_DOCUMENT"),
            (json!({ "documentId": "" }), 400, "UNKNOWN_DOCUMENT"),
            (json!({ "documentId": 1 }), 400, "BAD_REQUEST"),
            (json!([{ "documentId": id }]), 400, "BAD_REQUEST"),
            (
                json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": id.trim_start_matches("sha256:") } } }),
                400,
                "BAD_REQUEST",
            ),
            (json!({ "documentId": id, "operationName": "Other" }), 200, "INVALID_DOCUMENT"),
        ] {
            let (status, body) = ask(request.clone()).await;
            let found = &body["errors"][0]["extensions"]["code"];
            assert_eq!((status, found), (expected, &json!(code)), "{request}: {body}");
            assert!(body.get("data").is_none(), "{request}: {body}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_with_a_token_asks_what_it_likes_as_its_person() {
    in_each_live_app(async |app| {
        let bearer = format!("Bearer {}", token(app, "duty-officer").await);
        let client = app.nobody();
        let (status, _, body) = asked(&client, &json!({ "query": ME }), Some(&bearer)).await;
        assert_eq!((status, &body["data"]["me"]["role"]), (200, &json!("OFFICER")), "{body}");
        let schema = json!({ "query": "{ __schema { queryType { name } } }" });
        let (_, _, body) = asked(&client, &schema, Some(&bearer)).await;
        assert_eq!(body["data"]["__schema"]["queryType"]["name"], "Query", "{body}");
        let page = json!({ "documentId": document_id("query Me") });
        let (_, _, body) = asked(&client, &page, Some(&bearer.replace("Bearer", "bearer"))).await;
        assert!(body["data"]["me"].is_object(), "{body}");
        // The gate is for programs, too.
        let deep = json!({ "query": format!("{{ incident(id: {}", "[".repeat(5_000)) });
        let (status, code, _) = asked(&client, &deep, Some(&bearer)).await;
        assert_eq!((status, code.as_str()), (400, "DOCUMENT_TOO_DEEP"));
        // Names are not corrected outside of the demo.
        let (_, _, body) = asked(&client, &json!({ "query": "{ incidnt { id } }" }), Some(&bearer)).await;
        let message = body["errors"][0]["message"].as_str().unwrap();
        assert!(message.contains("incidnt") && !message.contains("Did you mean"), "{message}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_does_not_hold_is_told_so_and_falls_back_on_nothing() {
    in_each_patient_app(async |app| {
        let client = app.person("reporter-energy").await;
        let good = token(app, "reporter-energy").await;
        let ask = json!({ "query": ME });
        for wrong in ["Bearer varsel_none", "Bearer ", "Bearer", "Basic dXNlcjpwYXNz", &good, ""] {
            let (status, code, body) = asked(&client, &ask, Some(wrong)).await;
            assert_eq!((status, code.as_str()), (401, "TOKEN_REFUSED"), "{wrong}: {body}");
        }
        let request = client.post("/graphql").header("authorization", "Bearer varsel_none").json(&ask);
        let response = request.send().await.unwrap();
        assert_eq!(header(response.headers(), "www-authenticate"), r#"Bearer error="invalid_token""#);
        let bearer = format!("Bearer {good}");
        assert_eq!(asked(&client, &ask, Some(&bearer)).await.0, 200);
        app.house.advance(TimeDelta::days(30));
        let (status, code, _) = asked(&client, &ask, Some(&bearer)).await;
        assert_eq!((status, code.as_str()), (401, "TOKEN_REFUSED"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_live_view_ends_when_its_token_is_revoked() {
    in_each_live_app(async |app| {
        let services = &app.house.services;
        let (made, _, secret) = api_token::create(services, "duty-officer", "feed", 1).await.unwrap();
        let subscription = json!({ "query": "subscription { caseChanged(unit: \"csirt\") { sequence } }" });
        let request =
            app.nobody().post("/graphql").bearer_auth(&secret).header("accept", "text/event-stream");
        let mut stream = request.json(&subscription).send().await.unwrap();
        let mut text = String::new();
        while !text.contains(": watching") {
            text.push_str(&String::from_utf8_lossy(&stream.chunk().await.unwrap().unwrap()));
        }
        api_token::revoke(services, made.id).await.unwrap();
        app.house.file("reporter-energy", "after-the-token").await;
        while let Some(chunk) = stream.chunk().await.unwrap() {
            text.push_str(&String::from_utf8_lossy(&chunk));
        }
        assert!(text.contains("SIGN_IN_REQUIRED") && text.contains("event: complete"), "{text}");
        assert!(!text.contains("sequence"), "{text}");
    })
    .await;
}
