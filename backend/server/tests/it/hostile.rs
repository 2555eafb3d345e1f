//! Requests as an attacker sends them: from other sites' pages, endless, slow, compressed, and guessing in bulk.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use varsel_server::http::Door;
use varsel_services::testing::in_each_house;

use crate::harness::{App, SUBMIT, header, in_each_app, with_state};
use crate::kill::server::Server;

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

/// The request whose body the attack is, up to what says how long it is.
const HEAD: &str = "POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n";

/// How a body can say that it goes on.
const ENDLESS: [&str; 2] = ["transfer-encoding: chunked", "content-length: 1099511627776"];

/// How much of a body is sent at once, and how often: that is a MiB more than the server throws away.
const PIECE: usize = 0x10000;
const PIECES: usize = 33 * 16;

/// Posts a body that never ends: more of it than is thrown away, and then a little now and again for as long as the connection
/// stands. What is answered until the server ends it; `look` is called between the pieces.
fn endless(address: &str, framing: &str, mut look: impl FnMut()) -> String {
    let mut connection = TcpStream::connect(address).unwrap();
    connection.set_write_timeout(Some(Duration::from_mins(1))).unwrap();
    connection.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
    connection.write_all(format!("{HEAD}{framing}\r\n\r\n").as_bytes()).unwrap();
    let piece = format!("{PIECE:x}\r\n{}\r\n", " ".repeat(PIECE));
    for _ in 0..PIECES {
        look();
        // The connection may have ended by now: what was answered says whether it should have.
        if connection.write_all(piece.as_bytes()).is_err() {
            break;
        }
    }
    let (begun, mut answer, mut buffer) = (Instant::now(), String::new(), [0; 4096]);
    loop {
        assert!(begun.elapsed() < Duration::from_secs(20), "{framing}: the server takes ever more: {answer}");
        let _ = connection.write_all(b"1\r\n \r\n");
        match connection.read(&mut buffer) {
            Ok(read) if read > 0 => answer.push_str(std::str::from_utf8(&buffer[..read]).unwrap()),
            Err(error) if error.kind() == ErrorKind::WouldBlock => look(),
            // It ended, or was reset because something came after its end.
            _ => return answer,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_without_end_or_in_disguise_are_refused() {
    in_each_app(async |app| {
        let client = app.nobody();
        for framing in ENDLESS {
            let address = app.address.trim_start_matches("http://").to_owned();
            let answer = tokio::task::spawn_blocking(move || endless(&address, framing, || {}));
            let answer = answer.await.unwrap();
            assert!(answer.starts_with("HTTP/1.1 413"), "{framing}: {answer}");
            assert!(answer.contains("BODY_TOO_LARGE"), "{framing}: {answer}");
        }
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

/// What a process has in memory of its own, in KiB: neither its program nor what the system keeps for it.
fn own_kilobytes(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("RssAnon:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// How many KiB more a server has in memory while bodies without end come in. It is a process of its own: in this one are the
/// client, and other tests, which take more than what is looked for.
async fn grown() -> u64 {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path(), None).await;
    // What a first refusal takes, others find; and what a start has to do goes on for a moment.
    let first = reqwest::Client::new().post(format!("{}/graphql", server.address));
    let first = first.header("content-type", "application/json").body(" ".repeat(300_000));
    assert_eq!(first.send().await.unwrap().status(), 413);
    let (process, mut before) = (server.id(), 0);
    for _ in 0..30 {
        let now = own_kilobytes(process);
        if now <= std::mem::replace(&mut before, now) {
            break;
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    let address = server.address.trim_start_matches("http://").to_owned();
    let most = tokio::task::spawn_blocking(move || {
        let mut most = before;
        for framing in ENDLESS {
            let answer = endless(&address, framing, || most = most.max(own_kilobytes(process)));
            assert!(answer.starts_with("HTTP/1.1 413"), "{framing}: {answer}");
        }
        most
    });
    let most = most.await.unwrap();
    server.kill().await;
    most.saturating_sub(before)
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_without_end_take_no_memory() {
    // What else a server does at that moment may come into one trial, but not into each of three.
    let mut trials = Vec::new();
    while trials.len() < 3 && trials.last().is_none_or(|grown| *grown >= 5 * 1024) {
        trials.push(grown().await);
    }
    assert!(trials.last().is_some_and(|grown| *grown < 5 * 1024), "{trials:?} KiB more are in memory");
}

/// The beginning of a body of which nothing more comes.
const BEGUN: [&str; 2] =
    ["content-length: 100\r\n\r\n{\"query\":", "transfer-encoding: chunked\r\n\r\n9\r\n{\"query\":\r\n"];

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_does_not_come_in_time_is_given_up() {
    in_each_house(async |house| {
        let impatient = |state: varsel_server::http::State| state.with_body_timeout(Duration::ZERO);
        with_state(
            house,
            |_| Door::Demo,
            impatient,
            async |app| {
                let address = app.address.trim_start_matches("http://");
                for begun in BEGUN {
                    let mut connection = TcpStream::connect(address).unwrap();
                    connection.write_all(format!("{HEAD}{begun}").as_bytes()).unwrap();
                    let answer = tokio::task::spawn_blocking(move || {
                        connection.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
                        let mut answer = Vec::new();
                        // To the end of the connection: nobody holds one open by saying nothing more.
                        let ended = connection.read_to_end(&mut answer).map_err(|error| error.kind());
                        (String::from_utf8(answer).unwrap(), ended)
                    });
                    let (answer, ended) = answer.await.unwrap();
                    assert!(answer.starts_with("HTTP/1.1 408"), "{begun}: {answer}");
                    assert!(answer.contains("BODY_TOO_SLOW"), "{begun}: {answer}");
                    assert!(answer.contains("cache-control: no-store"), "{begun}: {answer}");
                    assert!(ended.is_ok(), "{begun}: {ended:?}");
                }
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
