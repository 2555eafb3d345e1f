//! Everything that is not asked by a document: files, and what the pages of one's own account show.

use std::collections::BTreeSet;

use futures_util::{StreamExt, stream};
use reqwest::RequestBuilder;
use serde_json::json;
use varsel_services::domain::PersonId;
use varsel_services::domain::organisation::Language;
use varsel_services::local::{self, Home, Invitee, code_at};

use super::super::AT_ONCE;
use super::super::table::fields;
use super::super::world::Caller;
use super::oracle::Left;
use super::{Things, answered, person};
use crate::harness::{App, header};
use crate::local::{LOGIN, PASSWORD, enrol};

/// The ways on which something is given, as the server has them, and how they are asked; of the log, what was used since a moment.
const GIVEN: [(&str, &[&str]); 8] = [
    (
        "/prepared/{incident}/{regime}/{stage:[a-z0-9_]+}.json",
        &["/prepared/INCIDENT/cra_incident/early_warning.json"],
    ),
    (
        "/prepared/{incident}/{regime}/{stage:[a-z0-9_]+}.{language:[a-z]+}.txt",
        &[
            "/prepared/INCIDENT/cra_incident/early_warning.da.txt",
            "/prepared/INCIDENT/cra_incident/early_warning.en.txt",
        ],
    ),
    ("/authorisations.csv", &["/authorisations.csv"]),
    (
        "/uses.{form:html|csv|jsonl}",
        &[
            "/uses.html?case=2026-17&from=NOW",
            "/uses.csv?case=2026-17&from=NOW",
            "/uses.jsonl?case=2026-17&from=NOW",
        ],
    ),
    (
        "/compliance-report.{form:html|json|txt}",
        &["/compliance-report.html", "/compliance-report.json", "/compliance-report.txt"],
    ),
    ("/reviews/{id}.csv", &["/reviews/REVIEW.csv"]),
    ("/local/people", &["/local/people"]),
    ("/local/account", &["/local/account"]),
];

/// Every file, by everybody, those of the incidents in which something is unmistakable among them.
pub(super) async fn download(
    app: &App,
    callers: &[Caller],
    Things { incidents, reviews, .. }: &Things<'_>,
) -> Vec<Left> {
    let now = app.house.now().format("%FT%TZ").to_string();
    let mut paths: Vec<String> = Vec::new();
    for form in GIVEN.iter().flat_map(|(_, forms)| *forms) {
        let each = |ids: &[String], word: &str| ids.iter().map(|id| form.replace(word, id)).collect();
        let forms: Vec<_> = if form.contains("INCIDENT") {
            each(incidents, "INCIDENT")
        } else if form.contains("REVIEW") {
            each(reviews, "REVIEW")
        } else {
            vec![form.replace("NOW", &now)]
        };
        paths.extend(forms);
    }
    let asked = callers.iter().flat_map(|caller| paths.iter().map(move |path| (caller, path)));
    let asked: Vec<_> = asked.collect();
    let files =
        stream::iter(asked).map(async |(caller, path)| file(|| caller.get(path), path, person(caller)).await);
    files.buffer_unordered(AT_ONCE).collect().await
}

async fn file(request: impl Fn() -> RequestBuilder, path: &str, by: Option<PersonId>) -> Left {
    let response = answered(request).await;
    let request = header(response.headers(), "x-request-id").to_owned();
    let text = response.text().await.unwrap();
    Left { operation: path.to_owned(), by, to: None, request, text, fields: BTreeSet::new() }
}

/// Somebody who has an account of Varsel's own looks at it, while another is invited.
pub(super) async fn look_at_own_account(app: &App) -> Left {
    let services = &app.house.services;
    let secret = enrol(app, &app.nobody()).await;
    let home = Home::Unit("sektorcert".to_owned());
    let (name, email) = ("Gry Kanariesen".to_owned(), "gry@kyst.example".to_owned());
    let invitee = Invitee { name, email, language: Language::Da, home };
    local::invite_from_terminal(services, invitee, None).await.unwrap();
    let client = app.nobody();
    let attempt = json!({ "login": LOGIN, "password": PASSWORD, "code": code_at(&secret, app.house.now()) });
    assert_eq!(client.post("/local/sign-in").json(&attempt).send().await.unwrap().status(), 200);
    let own = client.data("{ me { id } }", json!({})).await["me"]["id"].as_str().unwrap().parse().unwrap();
    let left = file(|| client.get("/local/account"), "/local/account", Some(own)).await;
    assert!(left.text.contains(LOGIN), "{}", left.text);
    left
}

/// The ways of the server on which something is given.
fn ways() -> BTreeSet<String> {
    let source = concat!(
        include_str!("../../../../src/http/server.rs"),
        include_str!("../../../../src/http/local/mod.rs")
    );
    let routes = source.split(".route(").skip(1);
    let given = routes.filter(|route| route.split("web::").nth(1).is_some_and(|it| it.starts_with("get()")));
    given.map(|route| route.split('"').nth(1).unwrap().to_owned()).collect()
}

#[test]
fn every_file_is_downloaded_or_it_is_said_why_not() {
    let not = fields().not_downloaded;
    assert!(not.values().all(|reason| reason.len() > 10), "{not:?}");
    let asked = GIVEN.iter().map(|(way, _)| (*way).to_owned());
    let known: BTreeSet<_> = not.into_keys().chain(asked).collect();
    let ways = ways();
    assert!(ways.len() > 12, "{ways:?}");
    assert_eq!(
        ways.difference(&known).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "download it, or say in fields.yaml why not"
    );
    assert_eq!(known.difference(&ways).collect::<Vec<_>>(), Vec::<&String>::new(), "there is no such way");
}
