//! Every address of the server, asked by somebody who has no session: a route without a row here fails the test.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::json;
use varsel_server::http::Door;
use varsel_server::oidc::Providers;
use varsel_services::testing::in_each_house;

use crate::harness::{App, header, patient, with_door};
use crate::oidc::{settings, trusting};

/// The route as the source has it, a method, what is asked for, what is posted, and what a stranger is told: the status, and the
/// code in the body where it is a refusal.
type Row = (&'static str, &'static str, &'static str, &'static str, u16, &'static str);

const SIGN_IN: &str = "SIGN_IN_REQUIRED";

const EVERYWHERE: [Row; 16] = [
    ("/graphql", "GET", "/graphql?query={me{id}}", "", 405, "METHOD_NOT_ALLOWED"),
    ("/graphql", "PUT", "/graphql", "{}", 405, "METHOD_NOT_ALLOWED"),
    ("/graphql", "PATCH", "/graphql", "{}", 405, "METHOD_NOT_ALLOWED"),
    ("/graphql", "DELETE", "/graphql", "", 405, "METHOD_NOT_ALLOWED"),
    ("/csp-report", "POST", "/csp-report", "{}", 204, ""),
    ("/health/live", "GET", "/health/live", "", 200, ""),
    ("/health/ready", "GET", "/health/ready", "", 200, ""),
    ("/packs", "POST", "/packs", r#"{"files":{}}"#, 401, SIGN_IN),
    (
        "/prepared/{incident}/{regime}/{stage:[a-z0-9_]+}.json",
        "GET",
        "/prepared/incident_00000000000000000000000000000007/cra_incident/early_warning.json",
        "",
        401,
        SIGN_IN,
    ),
    (
        "/prepared/{incident}/{regime}/{stage:[a-z0-9_]+}.{language:[a-z]+}.txt",
        "GET",
        "/prepared/incident_00000000000000000000000000000007/cra_incident/early_warning.da.txt",
        "",
        401,
        SIGN_IN,
    ),
    ("/authorisations.csv", "GET", "/authorisations.csv", "", 401, SIGN_IN),
    ("/uses.{form:html|csv|jsonl}", "GET", "/uses.csv?case=2026-17", "", 401, SIGN_IN),
    ("/compliance-report.{form:html|json|txt}", "GET", "/compliance-report.json", "", 401, SIGN_IN),
    ("/reviews/{id}.csv", "GET", "/reviews/review_00000000000000000000000000000007.csv", "", 401, SIGN_IN),
    ("/sign-in/ways", "GET", "/sign-in/ways", "", 200, ""),
    ("/sign-out", "POST", "/sign-out", "", 204, ""),
];

/// Those that take something from whoever has it: a password, a passkey, a link.
const LOCAL_OPEN: [Row; 8] = [
    (
        "/local/sign-in",
        "POST",
        "/local/sign-in",
        r#"{"login":"bo@kyst.example","password":"a guess of some length","code":"123456"}"#,
        401,
        "NOT_SIGNED_IN",
    ),
    ("/local/passkey/begin", "POST", "/local/passkey/begin", "{}", 200, ""),
    ("/local/passkey/complete", "POST", "/local/passkey/complete", CEREMONY, 400, "INVALID"),
    ("/local/link", "POST", "/local/link", r#"{"token":"guessed"}"#, 400, "INVALID"),
    (
        "/local/link/password",
        "POST",
        "/local/link/password",
        r#"{"token":"guessed","ceremony":"ceremony_00000000000000000000000000000007","password":"a guess of some length","code":"123456"}"#,
        400,
        "INVALID",
    ),
    (
        "/local/link/passkey/begin",
        "POST",
        "/local/link/passkey/begin",
        r#"{"token":"guessed"}"#,
        400,
        "INVALID",
    ),
    (
        "/local/link/passkey/complete",
        "POST",
        "/local/link/passkey/complete",
        r#"{"token":"guessed","ceremony":"ceremony_00000000000000000000000000000007","credential":{},"name":"Key"}"#,
        400,
        "INVALID",
    ),
    ("/local/link/email", "POST", "/local/link/email", r#"{"token":"guessed"}"#, 400, "INVALID"),
];

const CEREMONY: &str = r#"{"ceremony":"ceremony_00000000000000000000000000000007","credential":{}}"#;
const PERSON: &str = r#"{"person":"person_00000000000000000000000000000007"}"#;

/// One's own account, and those that administrators keep: what is posted could be taken of whoever may.
const LOCAL: [(&str, &str, &str); 13] = [
    ("GET", "/local/account", ""),
    ("POST", "/local/account/password/begin", "{}"),
    (
        "POST",
        "/local/account/password/set",
        r#"{"ceremony":"ceremony_00000000000000000000000000000007","password":"a guess of some length","code":"123456"}"#,
    ),
    ("POST", "/local/account/password/remove", "{}"),
    ("POST", "/local/account/passkey/begin", "{}"),
    (
        "POST",
        "/local/account/passkey/add",
        r#"{"ceremony":"ceremony_00000000000000000000000000000007","credential":{},"name":"Key"}"#,
    ),
    ("POST", "/local/account/passkey/remove", r#"{"id":"passkey_00000000000000000000000000000007"}"#),
    ("POST", "/local/account/recovery-codes", "{}"),
    ("POST", "/local/account/email", r#"{"email":"bo@kyst.example"}"#),
    ("GET", "/local/people", ""),
    (
        "POST",
        "/local/people/invite",
        r#"{"name":"Bo Holm","email":"bo@kyst.example","language":"da","home":{"unit":"sektorcert"}}"#,
    ),
    ("POST", "/local/people/reset", PERSON),
    ("POST", "/local/people/close", PERSON),
];

/// Stands for 200 where the pages were built, and for 404 or 503 where they were not.
const BUILT: u16 = 0;

const DEMO: [Row; 6] = [
    ("/graphql", "POST", "/graphql", r#"{"query":"{ mySessions { id } }"}"#, 200, SIGN_IN),
    ("/graphiql", "GET", "/graphiql", "", BUILT, ""),
    ("/graphiql/{file}", "GET", "/graphiql/none.js", "", 404, ""),
    ("/demo/people", "GET", "/demo/people", "", 200, ""),
    ("/demo/sign-in", "POST", "/demo/sign-in", r#"{"person":"nobody-at-all"}"#, 404, ""),
    ("/demo/sign-in", "GET", "/demo/sign-in?person=nobody-at-all", "", 404, ""),
];

/// The provider does not answer; what comes back from it was not begun here.
const LIVE: [Row; 7] = [
    ("/graphql", "POST", "/graphql", r#"{"query":"{ mySessions { id } }"}"#, 403, "TOKEN_NEEDED"),
    ("/sign-in", "GET", "/sign-in", "", BUILT, ""),
    ("/sign-in/providers", "GET", "/sign-in/providers", "", 200, ""),
    ("/sign-in/again", "GET", "/sign-in/again", "", 303, ""),
    ("/sign-in/{provider}", "GET", "/sign-in/mitid", "", 503, ""),
    (
        "/sign-in/{provider}/callback",
        "GET",
        "/sign-in/mitid/callback?code=guessed&state=guessed",
        "",
        400,
        "",
    ),
    ("/sign-in/{provider}/back-channel-logout", "POST", "/sign-in/mitid/back-channel-logout", "{}", 415, ""),
];

fn local() -> impl Iterator<Item = Row> {
    let private = LOCAL.map(|(method, path, body)| (path, method, path, body, 401, SIGN_IN));
    LOCAL_OPEN.into_iter().chain(private)
}

/// The routes in the source: the pattern and the method, `to` where it takes any.
fn in_source() -> BTreeSet<(String, String)> {
    let mut routes = BTreeSet::new();
    for source in [include_str!("../../src/http/server.rs"), include_str!("../../src/http/local/mod.rs")] {
        for call in source.split(".route(").skip(1) {
            let pattern = call.split('"').nth(1).unwrap();
            let method = call.split_once("web::").unwrap().1.split_once('(').unwrap().0;
            routes.insert((pattern.to_owned(), method.to_uppercase()));
        }
    }
    routes
}

#[test]
fn every_route_of_the_source_is_in_the_table() {
    let all = EVERYWHERE.into_iter().chain(local()).chain(DEMO).chain(LIVE);
    let listed: BTreeSet<_> = all
        .map(|(route, method, ..)| {
            (route.to_owned(), if route == "/graphql" { "TO" } else { method }.to_owned())
        })
        .collect();
    let source = in_source();
    assert!(source.len() > 40, "{source:?}");
    let missing: Vec<_> = source.difference(&listed).collect();
    assert!(missing.is_empty(), "add rows to routes.rs for {missing:?}");
    let gone: Vec<_> = listed.difference(&source).collect();
    assert!(gone.is_empty(), "take out of routes.rs: {gone:?}");
}

#[test]
fn routes_are_added_in_the_files_that_are_read_only() {
    let mut found = BTreeSet::new();
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if [".route(", ".service(", "web::resource", "web::scope"]
                .iter()
                .any(|call| std::fs::read_to_string(&path).unwrap_or_default().contains(call))
            {
                found.insert(path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().display().to_string());
            }
        }
    }
    // The last is a server of its own, which a witness runs; it is tried in witness.rs.
    let known = ["src/http/local/mod.rs", "src/http/server.rs", "src/witness/serve.rs"];
    assert_eq!(found.into_iter().collect::<Vec<_>>(), known);
}

/// What is told to a stranger otherwise than the row says, and by the methods that no row has.
async fn wrong(app: &App, rows: &[Row]) -> Vec<String> {
    let (stranger, mut wrong) = (app.nobody(), Vec::new());
    for (route, method, path, body, status, code) in rows {
        let request = stranger.request(method, path).header("content-type", "application/json");
        let answer = request.body(*body).send().await.unwrap();
        let (found, cookie) = (answer.status().as_u16(), header(answer.headers(), "set-cookie").to_owned());
        let text = answer.text().await.unwrap();
        let as_listed = if *status == BUILT { [200, 404, 503].contains(&found) } else { found == *status };
        if !as_listed
            || !text.contains(code)
            || cookie.starts_with("varsel=") && !cookie.contains("Max-Age=0")
        {
            wrong.push(format!("{method} {route}: {found} {cookie} {text}"));
        }
        for other in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
            if rows.iter().any(|(it, method, ..)| it == route && *method == other) {
                continue;
            }
            let answer = stranger.request(other, path).send().await.unwrap();
            // What is no route is a page of the frontend, for whoever reads.
            let is_page = other == "GET" && header(answer.headers(), "content-type").starts_with("text/html");
            if !is_page && ![404, 405].contains(&answer.status().as_u16()) {
                wrong.push(format!("{other} {route}: {}", answer.status()));
            }
        }
    }
    wrong
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_without_a_session_is_told_what_the_table_says_of_every_route() {
    in_each_house(async |house| {
        let all = [("mitid".to_owned(), settings("mitid", "http://127.0.0.1:9"))].into_iter().collect();
        let house = trusting(patient(house.with_local()), &all).await;
        let services = house.services.clone();
        let of_all: Vec<Row> = EVERYWHERE.into_iter().chain(local()).collect();
        with_door(
            house.clone(),
            |_| Door::Demo,
            async |app| {
                assert_eq!(wrong(app, &[&of_all[..], &DEMO].concat()).await, Vec::<String>::new());
            },
        )
        .await;
        let door =
            |address: &str| Door::Providers(Arc::new(Providers::new(all, address, &services).unwrap()));
        with_door(house, door, async |app| {
            assert_eq!(wrong(app, &[&of_all[..], &LIVE].concat()).await, Vec::<String>::new());
            // The demo's routes are not there.
            let signed_in = app.nobody().post("/demo/sign-in").json(&json!({ "person": "administrator" }));
            assert_eq!(signed_in.send().await.unwrap().status(), 405);
            assert_eq!(app.nobody().get("/demo/people").send().await.unwrap().status(), 404);
        })
        .await;
    })
    .await;
}
