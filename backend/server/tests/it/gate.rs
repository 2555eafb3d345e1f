//! What the door of the API refuses, and how it says so.

use reqwest::Body;
use serde_json::{Value, json};

use crate::harness::{App, Client, header, in_each_app};

async fn refused(client: &Client, body: impl Into<Body>) -> (u16, String, String) {
    let request = client.post("/graphql").header("content-type", "application/json").body(body);
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let answer: Value = response.json().await.unwrap();
    assert_eq!(answer.get("data"), None, "{answer}");
    let text = |pointer| answer.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
    (status, text("/errors/0/extensions/code"), text("/errors/0/message"))
}

async fn document(client: &Client, query: &str) -> (u16, String, String) {
    refused(client, json!({ "query": query }).to_string()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn only_posted_json_is_executed() {
    in_each_app(async |app| {
        let client = app.nobody();
        for method in ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"] {
            let response = client.request(method, "/graphql?query={pack{id}}").send().await.unwrap();
            assert_eq!(response.status(), 405, "{method}");
            assert_eq!(header(response.headers(), "allow"), "POST");
        }
        let body = r#"{"query":"{ pack { id } }"}"#;
        let types = [
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/json; charset=utf-16",
            "application/jsonx",
            "application/graphql",
            "",
        ];
        for content_type in types {
            let request = client.post("/graphql").header("content-type", content_type).body(body);
            assert_eq!(request.send().await.unwrap().status(), 415, "{content_type}");
        }
        for content_type in
            ["application/json", "Application/JSON; charset=UTF-8", "application/json;charset=\"utf-8\""]
        {
            let request = client.post("/graphql").header("content-type", content_type).body(body);
            assert_eq!(request.send().await.unwrap().status(), 200, "{content_type}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_other_sites_are_refused() {
    in_each_app(async |app| {
        let client = app.person("reporter-energy").await;
        let ask = |name: &'static str, value: &str| {
            client
                .post("/graphql")
                .header(name, value.to_owned())
                .json(&json!({ "query": "{ me { name } }" }))
        };
        for (name, value) in [
            ("origin", "https://evil.example"),
            ("origin", "null"),
            ("origin", "http://127.0.0.1:1"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
        ] {
            let response = ask(name, value).send().await.unwrap();
            assert_eq!(response.status(), 403, "{name}: {value}");
            let body: Value = response.json().await.unwrap();
            assert_eq!(body["errors"][0]["extensions"]["code"], "OTHER_SITE");
        }
        for (name, value) in [("origin", app.address.as_str()), ("sec-fetch-site", "same-origin")] {
            assert_eq!(ask(name, value).send().await.unwrap().status(), 200, "{name}: {value}");
        }
        for path in ["/demo/sign-in", "/sign-out"] {
            let request = client.post(path).header("origin", "https://evil.example");
            let response = request.json(&json!({ "person": "reporter-bank" })).send().await.unwrap();
            assert_eq!(response.status(), 403, "{path}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bombs_are_refused_and_the_server_lives() {
    in_each_app(async |app| {
        let client = app.nobody();
        let literals = format!("{{incident(id:{}{}){{id}}}}", "[".repeat(5_000), "]".repeat(5_000));
        let (status, code, message) = document(&client, &literals).await;
        assert_eq!((status, code.as_str()), (400, "DOCUMENT_TOO_DEEP"), "{message}");

        let fragment = |level: usize| {
            let spreads = format!("...F{} ", level + 1).repeat(8);
            format!("fragment F{level} on Viewer{{{spreads}}}")
        };
        let fragments: Vec<String> = (0..9).map(fragment).collect();
        let fragments = format!("{{me{{...F0}}}}{}fragment F9 on Viewer{{id}}", fragments.concat());
        assert!(fragments.len() < 900);
        let (status, code, message) = document(&client, &fragments).await;
        assert_eq!((status, code.as_str()), (400, "FRAGMENTS_TOO_LARGE"), "{message}");

        let aliases: Vec<String> = (0..100).map(|n| format!("a{n}: pack {{ id }} ")).collect();
        let (status, code, _) = document(&client, &format!("{{ {} }}", aliases.concat())).await;
        assert_eq!((status, code.as_str()), (400, "TOO_MANY_ALIASES"));

        let nested = (0..60).fold(json!(1), |inner, _| json!([inner]));
        let body = json!({ "query": "query($f: JSON!) { assess(facts: $f) { packVersion } }", "variables": { "f": nested } });
        let (status, code, _) = refused(&client, body.to_string()).await;
        assert_eq!((status, code.as_str()), (400, "VARIABLES_TOO_DEEP"));

        let pages = format!("{{ incidents(first: 100) {{ nodes {{ {} }} }} }}", "number ".repeat(250));
        let (status, code, message) = document(&client, &pages).await;
        assert_eq!((status, code.as_str()), (200, "INVALID_DOCUMENT"), "{message}");
        assert!(message.contains("complex"), "{message}");

        let answer = client.data("{ pack { id } }", json!({})).await;
        assert_eq!(answer["pack"]["id"], "dk");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_megabytes_are_refused_with_the_limit() {
    in_each_app(async |app| {
        let client = app.nobody();
        let body = format!(r#"{{"query":"{}"}}"#, "x".repeat(10 * 1024 * 1024));
        let (status, code, message) = refused(&client, body).await;
        assert_eq!((status, code.as_str()), (413, "BODY_TOO_LARGE"));
        // That none of it is kept is seen from outside, in hostile.rs: the client's own copy is in this process.
        assert!(message.contains("262144 bytes"), "{message}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn malformed_requests_are_told_where_they_are_wrong() {
    in_each_app(async |app| {
        let client = app.nobody();
        let (status, code, message) = refused(&client, "{\"query\":\n  oops}").await;
        assert_eq!((status, code.as_str()), (400, "MALFORMED_JSON"));
        assert!(message.contains("line 2 column 3"), "{message}");
        for (body, named) in [
            (r#"[{"query":"{ pack { id } }"}]"#, "arrays"),
            (r#""text""#, "one JSON object"),
            (r#"{"query": 1}"#, "`query` must be a string"),
            ("{}", "`query` must be a string"),
            (r#"{"query": "{pack{id}}", "variables": []}"#, "`variables` must be an object"),
            (r#"{"query": "{pack{id}}", "operationName": 1}"#, "`operationName` must be a string"),
        ] {
            let (status, code, message) = refused(&client, body).await;
            assert_eq!((status, code.as_str()), (400, "BAD_REQUEST"), "{body}");
            assert!(message.contains(named), "{body}: {message}");
        }
        let (_, code, message) = document(&client, "{ incidnt { id } }").await;
        assert_eq!(code, "INVALID_DOCUMENT");
        assert!(message.contains("Did you mean \"incident\""), "{message}");
        let (_, code, message) = document(&client, "{ pack { id ").await;
        assert_eq!(code, "INVALID_DOCUMENT");
        assert!(message.contains("1:"), "{message}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_answer_has_the_form_that_was_asked_for() {
    in_each_app(async |app| {
        let client = app.nobody();
        let ask = async |app: &App, accept: &str, query: &str| {
            let request = app.nobody().post("/graphql").header("accept", accept);
            let response = request.json(&json!({ "query": query })).send().await.unwrap();
            (response.status().as_u16(), header(response.headers(), "content-type").to_owned())
        };
        let (json, graphql) =
            ("application/json; charset=utf-8", "application/graphql-response+json; charset=utf-8");
        for (accept, query, expected) in [
            ("application/json", "{ pack { id } }", (200, json)),
            ("application/json", "{ nothing }", (200, json)),
            ("application/graphql-response+json", "{ pack { id } }", (200, graphql)),
            ("application/graphql-response+json", "{ nothing }", (400, graphql)),
            ("application/graphql-response+json", "{ incidents { totalCount } }", (200, graphql)),
            ("image/png", "{ pack { id } }", (406, json)),
        ] {
            let answer = ask(app, accept, query).await;
            assert_eq!((answer.0, answer.1.as_str()), expected, "{accept} {query}");
        }
        let answer = client.graphql("{ incidents { totalCount } }", json!({})).await;
        assert!(answer.get("data").is_some_and(Value::is_null), "{answer}");
    })
    .await;
}
