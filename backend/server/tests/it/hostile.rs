//! Requests as an attacker sends them: from other sites' pages, endless, slow, compressed, and guessing in bulk.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};
use varsel_server::http::Door;
use varsel_services::testing::in_each_house;

use crate::harness::{App, SUBMIT, header, in_each_app, with_state};

/// What a report would be filed with, if anything executed it.
fn report(app: &App, key: &str) -> String {
    let input = json!({ "idempotencyKey": key, "facts": app.house.facts("reporter-energy") });
    json!({ "query": SUBMIT, "variables": { "input": input } }).to_string()
}

const TYPES: [&str; 12] = [
    "",
    "text/plain",
    "text/plain; application/json",
    "text/plain;charset=application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=application/json",
    "application/json, text/plain",
    "application/json; charset=utf-7",
    "application/json; charset=utf-8; charset=utf-16",
    "application/json\t; boundary=x",
    "application/json+x",
    "application/csp-report",
];

type Forged<'a> = (&'a str, Vec<(&'static str, &'a str)>);

/// Every request that a page of another site, or a browser that says nothing of the page, could send.
fn forgeries<'a>(own: &'a str, own_port: &'a str) -> Vec<Forged<'a>> {
    let (json, fetched) = (("content-type", "application/json"), "sec-fetch-site");
    let origins = ["null", "https://evil.example", "http://127.0.0.1:1", own_port, "file://", ""];
    let sites = ["cross-site", "same-site", "invented", ""];
    let mut all: Vec<Forged<'a>> = Vec::new();
    for method in ["GET", "HEAD", "OPTIONS", "PUT"] {
        all.push((method, vec![json, ("origin", own)]));
    }
    for content_type in TYPES {
        all.extend(
            [own, "null"].map(|from| ("POST", vec![("content-type", content_type), ("origin", from)])),
        );
    }
    for site in sites {
        all.push(("POST", vec![json, (fetched, site)]));
        all.push(("POST", vec![json, (fetched, site), ("origin", own)]));
        all.extend(origins.map(|origin| ("POST", vec![json, (fetched, site), ("origin", origin)])));
    }
    all.extend(origins.map(|origin| ("POST", vec![json, (fetched, "same-origin"), ("origin", origin)])));
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn no_request_that_another_site_can_send_changes_anything() {
    in_each_app(async |app| {
        let client = app.person("reporter-energy").await;
        let (body, own) = (report(app, "forged-report"), app.address.clone());
        let own_port = format!("http://evil.example:{}", own.rsplit_once(':').unwrap().1);
        for (method, headers) in forgeries(&own, &own_port) {
            let mut request = client.request(method, "/graphql");
            for (name, value) in &headers {
                request = request.header(*name, *value);
            }
            let response = request.body(body.clone()).send().await.unwrap();
            let status = response.status().as_u16();
            assert!(matches!(status, 403 | 405 | 415), "{method} {headers:?}: {status}");
            assert_eq!(header(response.headers(), "access-control-allow-origin"), "");
        }
        let mine = client.data("{ incidents { totalCount } }", json!({})).await;
        assert_eq!(mine["incidents"]["totalCount"], 0);
        // The same request from our own page is executed: it was no mistake in it that refused the others.
        let request =
            client.post("/graphql").header("content-type", "application/json").header("origin", &own);
        let answer: Value = request.body(body.clone()).send().await.unwrap().json().await.unwrap();
        assert_eq!(answer["data"]["submitReport"]["__typename"], "ReportSubmitted", "{answer}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_attempts_in_one_request_are_none() {
    in_each_app(async |app| {
        let client = app.person("reporter-energy").await;
        let attempt = |n: usize| {
            let facts = "{}";
            format!("a{n}: submitReport(input: {{idempotencyKey: \"bulk-{n:04}\", facts: {facts}}}) {{ __typename }} ")
        };
        for count in [2, 15, 100] {
            let attempts: String = (0..count).map(attempt).collect();
            let answer = client.graphql(&format!("mutation {{ {attempts} }}"), json!({})).await;
            let code = answer["errors"][0]["extensions"]["code"].as_str().unwrap();
            assert!(matches!(code, "TOO_MANY_ROOT_FIELDS" | "TOO_MANY_ALIASES"), "{answer}");
        }
        let hidden = format!(
            "mutation {{ ...A ... on Mutation {{ {} }} }} fragment A on Mutation {{ {} }}",
            attempt(1),
            attempt(2)
        );
        let answer = client.graphql(&hidden, json!({})).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "TOO_MANY_ROOT_FIELDS", "{answer}");
        let operations = format!("mutation A {{ {} }} mutation B {{ {} }}", attempt(1), attempt(2));
        let body = json!({ "query": operations, "operationName": "A" });
        let answer: Value = client.post("/graphql").json(&body).send().await.unwrap().json().await.unwrap();
        assert_eq!(answer["data"].as_object().unwrap().len(), 1, "one operation is executed: {answer}");
        let batch: Vec<Value> = (0..50).map(|n| json!({ "query": format!("mutation {{ {} }}", attempt(n)) })).collect();
        let answer = client.post("/graphql").json(&batch).send().await.unwrap();
        assert_eq!(answer.status(), 400);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_without_end_or_in_disguise_are_refused() {
    in_each_app(async |app| {
        let client = app.nobody();
        let before = resident_kilobytes();
        let address = app.address.trim_start_matches("http://").to_owned();
        let answer = tokio::task::spawn_blocking(move || {
            let mut connection = TcpStream::connect(address).unwrap();
            let head = "POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
                        transfer-encoding: chunked\r\n\r\n";
            connection.write_all(head.as_bytes()).unwrap();
            // 24 MB in chunks of which nobody says how many there are.
            let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
            for _ in 0..384 {
                connection.write_all(chunk.as_bytes()).unwrap();
            }
            connection.write_all(b"0\r\n\r\n").unwrap();
            let mut status = [0; 12];
            connection.read_exact(&mut status).unwrap();
            status
        });
        assert_eq!(&answer.await.unwrap(), b"HTTP/1.1 413");
        let grown = resident_kilobytes().saturating_sub(before);
        assert!(grown < 20 * 1024, "{grown} KiB more are in memory");

        for encoding in ["gzip", "br", "deflate", "zstd", "identity, gzip"] {
            let request = client.post("/graphql").header("content-type", "application/json");
            let request = request.header("content-encoding", encoding).body("{}");
            let response = request.send().await.unwrap();
            assert_eq!(response.status(), 415, "{encoding}");
            assert!(response.text().await.unwrap().contains("UNSUPPORTED_ENCODING"), "{encoding}");
        }
        let answer = client.data("{ pack { id } }", json!({})).await;
        assert_eq!(answer["pack"]["id"], "dk");
    })
    .await;
}

fn resident_kilobytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_does_not_come_in_time_is_given_up() {
    in_each_house(async |house| {
        let impatient = |state: varsel_server::http::State| state.with_body_timeout(Duration::ZERO);
        with_state(
            house,
            |_| Door::Demo,
            impatient,
            async |app| {
                let mut connection = TcpStream::connect(app.address.trim_start_matches("http://")).unwrap();
                let begun = "POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
                         content-length: 100\r\n\r\n{\"query\":";
                connection.write_all(begun.as_bytes()).unwrap();
                let answer = tokio::task::spawn_blocking(move || {
                    let mut answer = String::new();
                    connection.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
                    let mut buffer = [0; 4096];
                    while !answer.contains("BODY_TOO_SLOW") {
                        let read = connection.read(&mut buffer).unwrap();
                        assert!(read > 0, "the connection ended: {answer}");
                        answer.push_str(std::str::from_utf8(&buffer[..read]).unwrap());
                    }
                    answer
                });
                let answer = answer.await.unwrap();
                assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
                assert!(answer.contains("cache-control: no-store"), "{answer}");
            },
        )
        .await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_is_not_there_under_other_names() {
    in_each_app(async |app| {
        let client = app.person("reporter-energy").await;
        for path in ["/", "/graphql", "/demo/people", "/demo/sign-in?person=reporter-energy", "/health/live"]
        {
            let response = client.get(path).header("host", "rebound.example:8080").send().await.unwrap();
            assert_eq!(response.status(), 421, "{path}");
            assert_eq!(header(response.headers(), "set-cookie"), "", "{path}");
        }
        let request = client
            .post("/graphql")
            .header("host", "rebound.example")
            .header("origin", "http://rebound.example");
        let response = request.json(&json!({ "query": "{ me { name } }" })).send().await.unwrap();
        assert_eq!(response.status(), 421);
        assert_eq!(client.get("/health/live").send().await.unwrap().status(), 200);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn reports_of_broken_policies_are_taken_and_answered_with_nothing() {
    in_each_app(async |app| {
        let client = app.nobody();
        let page = client.get("/").send().await.unwrap();
        assert!(header(page.headers(), "content-security-policy").contains("report-uri /csp-report"));
        let report =
            json!({ "csp-report": { "effective-directive": "script-src", "blocked-uri": "inline\nforged" } });
        for (content_type, body) in [
            ("application/csp-report", report.to_string()),
            ("application/csp-report", "no json".to_owned()),
            ("application/csp-report", "x".repeat(100_000)),
            ("text/plain", report.to_string()),
        ] {
            let request = client.post("/csp-report").header("content-type", content_type).body(body);
            let response = request.send().await.unwrap();
            assert_eq!((response.status().as_u16(), response.text().await.unwrap().as_str()), (204, ""));
        }
        assert_eq!(client.get("/csp-report").send().await.unwrap().status(), 404);
    })
    .await;
}
