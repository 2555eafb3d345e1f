//! Nothing personal or confidential leaves without its entry in the log of use (attack E2): every operation is asked for everything
//! it can give, by everybody, and every file is downloaded; what changes something is done by who may; each record has texts of its
//! own, which are looked for in what came, and in the mails.

mod document;
mod files;
mod mails;
mod oracle;
mod people;
mod planted;
mod script;

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use futures_util::{StreamExt, stream};
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::IteratorRandom;
use reqwest::{RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use varsel_services::demo;
use varsel_services::domain::access::AccessEntry;
use varsel_services::domain::authz::Scope;
use varsel_services::domain::{IncidentId, PersonId};
use varsel_services::testing::House;
use varsel_storage::access_log::{self, After, Sought};
use varsel_storage::testing::{alone_on, proved, scale, seed};

use super::table::{Row, fields, rows};
use super::world::{Caller, Kind, World, callers, in_a_crowd_where};
use super::{AT_ONCE, Expected, expectation, variables};
use crate::harness::{App, header};
use crate::live::Events;
use document::Types;
use oracle::{Canary, Left, Log, Record, shown};
use people::People;

/// The answers that carry a text of their own in each incident.
const TOLD: [&str; 4] = ["description", "mitigation_applied", "contact_primary", "product_identity"];

/// The review that the table asks for: there is none.
const NO_REVIEW: &str = "review_0123456789abcdef0123456789abcdef";

/// What must have shown something, each by itself: ways on which data leave.
const WAYS: [&str; 26] = [
    "Query.incident",
    "Query.incidents",
    "Query.case",
    "Query.reassessment",
    "Query.review",
    "Query.reviews",
    "Query.uses",
    "Subscription.caseChanged",
    "Mutation.submitReport",
    "Mutation.confirmSeverity",
    "Mutation.requestReport",
    "Mutation.reassessIncident",
    "Mutation.proposePackVersion",
    "Mutation.approveChange",
    "Mutation.requestAuthorisation",
    "Mutation.decideReviewItems",
    "/prepared/",
    "/authorisations.csv",
    "/uses.html",
    "/uses.csv",
    "/uses.jsonl",
    "/compliance-report.html",
    "/compliance-report.json",
    "/compliance-report.txt",
    "/reviews/",
    "/local/people",
];

/// What there is to ask for.
struct Things<'a> {
    world: &'a World,
    /// Those in which something is unmistakable.
    incidents: Vec<String>,
    /// Those that are open.
    reviews: Vec<String>,
}

fn text_of(incident: &str, fact: &str) -> String {
    format!("canary-{incident}-{fact}")
}

/// These facts with unmistakable answers, of a product whose report is prepared.
fn unmistakable(mut facts: Value, incident: &str) -> Value {
    facts["org.manufacturer"] = json!(true);
    facts["product.severe_incident"] = json!(true);
    facts["product.exploited_vulnerability"] = json!(false);
    facts["product_member_states"] = json!("unknown");
    for fact in TOLD {
        facts[fact] = json!(text_of(incident, fact));
    }
    facts
}

/// What stands in that incident alone.
fn canaries_of(id: IncidentId, number: String, incident: &str) -> Vec<Canary> {
    let facts = TOLD.map(|fact| Canary { text: text_of(incident, fact), of: Record::Fact(id, fact) });
    let mut canaries = Vec::from(facts);
    canaries.push(Canary { text: id.to_string(), of: Record::Incident(id) });
    canaries.push(Canary { text: number, of: Record::Number(id) });
    canaries
}

/// Reports in which some answers are unmistakable.
async fn incidents(app: &App) -> Vec<Canary> {
    let mut canaries = Vec::new();
    for (number, sample) in demo::samples(app.house.now()).into_iter().cycle().take(6).enumerate() {
        let incident = number.to_string();
        let facts = unmistakable(sample.facts, &incident);
        let (view, _) = app.house.file_facts(sample.handle, &text_of(&incident, "key"), facts).await;
        canaries.extend(canaries_of(view.id, view.number, &incident));
    }
    canaries
}

/// Everybody.
fn everybody(people: &People) -> Vec<Canary> {
    let of = |(id, known): (&PersonId, &people::Known)| {
        let texts = [id.to_string(), known.name.clone()];
        texts.map(|text| Canary { text, of: Record::Person(*id) })
    };
    people.known.iter().flat_map(of).collect()
}

fn person(caller: &Caller) -> Option<PersonId> {
    caller.actor.as_ref().map(|actor| actor.person)
}

/// What is answered. Where the machine is busy elsewhere, a request can come too slowly to be taken, and the server hangs up: nobody
/// has read it, and nothing has left.
async fn answered(request: impl Fn() -> RequestBuilder) -> Response {
    loop {
        match request().send().await {
            Ok(response) if response.status() == StatusCode::REQUEST_TIMEOUT => {}
            Err(error) if error.is_request() && !error.is_connect() => {}
            response => return response.unwrap(),
        }
    }
}

async fn answer(caller: &Caller, operation: &str, body: &Value, types: &Types) -> Left {
    let response = answered(|| caller.request(body)).await;
    let (status, request) = (response.status(), header(response.headers(), "x-request-id").to_owned());
    let text = response.text().await.unwrap();
    let value: Value =
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{status}, {error}: {text}"));
    let code = value.pointer("/errors/0/extensions/code").and_then(Value::as_str);
    assert!(code != Some("INVALID_DOCUMENT"), "{body}: {text}");
    let fields = shown(types, types.given(operation), &value["data"]["answer"]);
    Left { operation: operation.to_owned(), by: person(caller), to: None, request, text, fields }
}

/// Everything that this caller may have by this row, of what has this id.
async fn everything(caller: &Caller, row: &Row, id: &str, types: &Types) -> Vec<Left> {
    let mut left = Vec::new();
    for document in types.documents(row) {
        let document = document.replace(NO_REVIEW, id);
        let body = json!({ "query": document, "variables": variables(row, id) });
        left.push(answer(caller, &row.operation, &body, types).await);
    }
    left
}

/// Of what a row is asked by this caller: some of what they may.
fn asked_of(
    row: &Row,
    caller: &Caller,
    Things { world, reviews, .. }: &Things<'_>,
    chance: &mut StdRng,
) -> Vec<String> {
    if row.operation == "Query.review" {
        return reviews.iter().cloned().sample(chance, 2);
    }
    let Some(kind) = row.target else { return vec![String::new()] };
    let may = world.of(kind).filter(|it| expectation(row, caller, Some(it)) == Expected::Allowed);
    // Of what there is much of, a few are enough.
    let reported = matches!(kind, Kind::Incident | Kind::Case | Kind::Queue);
    may.map(|it| it.id.clone()).sample(chance, if reported { 3 } else { 1 })
}

/// Every operation asked by everybody, of some of what each may ask it of, and every file.
async fn ask_for_everything(app: &App, things: &Things<'_>, types: &Types, chance: &mut StdRng) -> Vec<Left> {
    let callers = callers(app).await;
    let asked = rows().into_iter().filter(|row| !row.fresh && !row.operation.starts_with("Subscription"));
    let rows: Vec<_> = asked.collect();
    let mut questions = Vec::new();
    for row in &rows {
        for caller in &callers {
            let ids = asked_of(row, caller, things, chance).into_iter();
            questions.extend(ids.map(|id| (row, caller, id)));
        }
    }
    let answers = stream::iter(questions);
    let answers = answers.map(async |(row, caller, id)| everything(caller, row, &id, types).await);
    let mut left = answers.buffer_unordered(AT_ONCE).concat().await;
    left.extend(files::download(app, &callers, things).await);
    left
}

/// What is pushed to somebody who watches a queue.
async fn watch(app: &App, types: &Types) -> Vec<Left> {
    let row = rows().into_iter().find(|row| row.operation == "Subscription.caseChanged").unwrap();
    let client = app.person("officer-sektorcert").await;
    let mut left = Vec::new();
    for (number, document) in types.documents(&row).into_iter().enumerate() {
        let body = json!({ "query": document, "variables": { "id": "sektorcert" } });
        let mut events = Events::watch(&client, &body).await;
        assert_eq!(events.next().await.as_deref(), Some(": watching"));
        app.house.file("reporter-energy", &format!("watched-{number}")).await;
        let value = events.next_answer().await;
        let fields = shown(types, types.given(&row.operation), &value["data"]["answer"]);
        let (request, text) = (events.request(), value.to_string());
        left.push(Left { operation: row.operation.clone(), by: None, to: None, request, text, fields });
    }
    left
}

/// What the log has beyond `after`, which then is its end.
async fn log(app: &App, after: &mut Option<After>) -> Vec<AccessEntry> {
    let tx = app.house.services.store.begin(&Scope::nothing()).await.unwrap();
    let mut entries = Vec::new();
    loop {
        let page = access_log::list(&tx, &Sought::default(), *after, 5_000).await.unwrap();
        let Some((last, _)) = page.last() else { return entries };
        *after = Some(*last);
        entries.extend(page.into_iter().map(|(_, logged)| logged.entry));
    }
}

/// Each way on which data leave has shown something that must be told of.
fn every_way_was_taken(left: &[Left], canaries: &[Canary]) {
    let shows = |it: &&Left| {
        let of_others = canaries.iter().filter(|canary| !it.is_of_oneself(&canary.of));
        !it.fields.is_empty() || of_others.into_iter().any(|canary| it.text.contains(&canary.text))
    };
    for way in WAYS {
        let exactly = way.contains('.') && !way.starts_with('/');
        let taken = |it: &&Left| if exactly { it.operation == way } else { it.operation.starts_with(way) };
        assert!(left.iter().filter(taken).any(|it| shows(&it)), "{way} shows nothing");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_leaves_without_its_entry_and_a_missing_entry_is_noticed_on_sqlite() {
    alone_on("SQLite", nothing_leaves()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_leaves_without_its_entry_and_a_missing_entry_is_noticed_on_postgresql() {
    alone_on("PostgreSQL", nothing_leaves()).await;
}

async fn nothing_leaves() {
    in_a_crowd_where(House::with_local, async |app| {
        let mut canaries = incidents(app).await;
        let (world, types) = (World::without_reviews(app).await, Types::read());
        let (mut chance, mut end) = (StdRng::seed_from_u64(seed()), None);
        let (mut answers, mut seen) = (0, BTreeSet::new());
        let mut left = watch(app, &types).await;
        left.push(files::look_at_own_account(app).await);
        let done = script::act(app, &types).await;
        left.extend(done.left);
        canaries.extend(done.canaries);
        canaries.extend(everybody(&People::read(&app.house.services.store).await));
        let incidents = canaries.iter().filter(|it| matches!(it.of, Record::Incident(_)));
        let incidents = incidents.map(|it| it.text.clone()).collect();
        let things = Things { world: &world, incidents, reviews: done.reviews };
        // A million of both databases together, looked at a round at a time.
        let wanted = scale(1, 500_000);
        while answers < wanted {
            left.extend(ask_for_everything(app, &things, &types, &mut chance).await);
            let entries = log(app, &mut end).await;
            let people = People::read(&app.house.services.store).await;
            let whole = Log::of(entries.iter().cloned(), &people);
            let missing: BTreeSet<_> = left.iter().flat_map(|it| whole.missing(it, &canaries)).collect();
            assert!(missing.is_empty(), "{} of {}: {missing:#?}", missing.len(), left.len());
            if answers == 0 {
                every_way_was_taken(&left, &canaries);
                planted::are_noticed(&left, (&entries, &people), &canaries);
            }
            let shown = |text: &str| left.iter().any(|it| it.text.contains(text));
            seen.extend(canaries.iter().map(|it| &it.text).filter(|text| shown(text)));
            answers += left.len();
            left.clear();
            app.house.advance(TimeDelta::hours(1));
        }
        assert_eq!(seen.len(), canaries.len(), "each is seen by somebody");
        let database = if app.house.services.store.is_shared() { "PostgreSQL" } else { "SQLite" };
        let found = format!("{answers} answers, files, mails and events, {} canaries", seen.len());
        proved("E2", &format!("{database}: {found}: 0 without an entry"));
    })
    .await;
}

/// The list of what is not logged says why, and names nothing that is gone.
#[test]
fn what_shows_personal_data_without_an_entry_is_listed_with_its_reason() {
    let known: BTreeSet<_> = rows().into_iter().map(|row| row.operation).collect();
    let table = fields();
    for (operation, reason) in &table.unlogged {
        assert!(known.contains(operation), "take out of fields.yaml: {operation}");
        assert!(reason.len() > 10, "{operation}: {reason}");
    }
    let classes: BTreeMap<_, _> = table.sensitivity.iter().collect();
    let words: BTreeSet<_> = classes.values().map(|it| it.as_str()).collect();
    assert_eq!(words, BTreeSet::from(["confidential", "personal", "public"]));
    let used: BTreeSet<_> = table.classes.values().flat_map(|by_class| by_class.keys()).collect();
    assert_eq!(used, classes.into_keys().collect(), "each class is as sensitive as it says");
}
