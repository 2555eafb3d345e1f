//! Nothing personal or confidential leaves without its entry in the log of use (attack E2): every operation is asked for everything
//! it can give, by everybody, and every file is downloaded; each record has texts of its own, which are looked for in what came.

mod document;
mod oracle;

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use futures_util::{StreamExt, stream};
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::IteratorRandom;
use reqwest::StatusCode;
use serde_json::{Value, json};
use varsel_services::demo;
use varsel_services::domain::PersonId;
use varsel_services::domain::access::AccessEntry;
use varsel_services::domain::authz::Scope;
use varsel_storage::access_log::{self, After, Sought};
use varsel_storage::testing::{proved, scale, seed};

use super::table::{Row, fields, rows};
use super::world::{Caller, Kind, Target, World, callers, in_a_crowd};
use super::{AT_ONCE, Expected, expectation, variables};
use crate::harness::{App, header};
use crate::live::Events;
use document::Types;
use oracle::{Canary, Left, Log, Record, shown};

/// The answers that carry a text of their own in each incident.
const TOLD: [&str; 3] = ["description", "mitigation_applied", "contact_primary"];

/// What can be downloaded; of the log, what was used since a moment.
const FILES: [&str; 5] = [
    "/authorisations.csv",
    "/uses.csv?case=2026-17&from=",
    "/uses.html?case=2026-17&from=",
    "/uses.jsonl?case=2026-17&from=",
    "/local/people",
];

/// Reports in which some answers are unmistakable, and the people.
async fn canaries(app: &App) -> Vec<Canary> {
    let mut canaries = Vec::new();
    for (number, sample) in demo::samples(app.house.now()).into_iter().cycle().take(6).enumerate() {
        let mut facts = sample.facts;
        facts["org.manufacturer"] = json!(true);
        facts["product.severe_incident"] = json!(true);
        facts["product.exploited_vulnerability"] = json!(false);
        facts["product_identity"] = json!("Nordvind Gateway 4");
        let text = |fact: &str| format!("canary-{number}-{fact}");
        for fact in TOLD {
            facts[fact] = json!(text(fact));
        }
        let (view, _) = app.house.file_facts(sample.handle, &format!("canary-{number}"), facts).await;
        let id = view.id;
        canaries.extend(TOLD.map(|fact| Canary { text: text(fact), of: Record::Fact(id, fact) }));
        canaries.push(Canary { text: id.to_string(), of: Record::Incident(id) });
        canaries.push(Canary { text: view.number, of: Record::Number(id) });
    }
    for person in demo::people(&app.house.services).await.unwrap() {
        canaries.push(Canary { text: person.id.to_string(), of: Record::Person(person.id) });
        canaries.push(Canary { text: person.name, of: Record::Person(person.id) });
    }
    canaries
}

fn person(caller: &Caller) -> Option<PersonId> {
    caller.actor.as_ref().map(|actor| actor.person)
}

async fn answer(caller: &Caller, operation: &str, body: &Value, types: &Types) -> Left {
    let mut response = caller.request(body).send().await.unwrap();
    // Where the machine is busy elsewhere, a request can come too slowly to be taken: nobody has read it, and nothing has left.
    while response.status() == StatusCode::REQUEST_TIMEOUT {
        response = caller.request(body).send().await.unwrap();
    }
    let (status, request) = (response.status(), header(response.headers(), "x-request-id").to_owned());
    let text = response.text().await.unwrap();
    let value: Value =
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{status}, {error}: {text}"));
    let code = value.pointer("/errors/0/extensions/code").and_then(Value::as_str);
    assert!(code != Some("INVALID_DOCUMENT"), "{body}: {text}");
    let fields = shown(types, types.given(operation), &value["data"]["answer"]);
    Left { operation: operation.to_owned(), by: person(caller), request, text, fields }
}

/// Everything that this caller may have by this row.
async fn everything(caller: &Caller, row: &Row, target: Option<&Target>, types: &Types) -> Vec<Left> {
    let mut left = Vec::new();
    for document in types.documents(row) {
        let body = json!({ "query": document, "variables": variables(row, target.map_or("", |it| &it.id)) });
        left.push(answer(caller, &row.operation, &body, types).await);
    }
    left
}

/// Every operation asked by everybody, of some of what each may ask it of, and every file.
async fn ask_for_everything(app: &App, world: &World, types: &Types, chance: &mut StdRng) -> Vec<Left> {
    let callers = callers(app).await;
    let asked = rows().into_iter().filter(|row| !row.fresh && !row.operation.starts_with("Subscription"));
    let rows: Vec<_> = asked.collect();
    let mut questions = Vec::new();
    for row in &rows {
        for caller in &callers {
            let mut targets = vec![None];
            if let Some(kind) = row.target {
                let may = world.of(kind).filter(|it| expectation(row, caller, Some(it)) == Expected::Allowed);
                // Of what there is much of, a few are enough.
                let reported = matches!(kind, Kind::Incident | Kind::Case | Kind::Queue);
                let some = may.sample(&mut *chance, if reported { 3 } else { 1 });
                targets = some.into_iter().map(Some).collect();
            }
            questions.extend(targets.into_iter().map(|target| (row, caller, target)));
        }
    }
    let answers = stream::iter(questions).map(|(row, caller, target)| everything(caller, row, target, types));
    let mut left = answers.buffer_unordered(AT_ONCE).concat().await;
    let downloads = stream::iter(&callers).map(|caller| download(app, caller, world));
    left.extend(downloads.buffer_unordered(AT_ONCE).concat().await);
    left
}

async fn download(app: &App, caller: &Caller, world: &World) -> Vec<Left> {
    let now = app.house.now().format("%FT%TZ");
    let files = FILES.map(|path| if path.ends_with('=') { format!("{path}{now}") } else { path.to_owned() });
    let prepared =
        world.of(Kind::Incident).map(|it| format!("/prepared/{}/cra_incident/early_warning.json", it.id));
    let evidence = world.of(Kind::Review).map(|it| format!("/reviews/{}.csv", it.id));
    let mut left = Vec::new();
    for path in files.into_iter().chain(prepared).chain(evidence) {
        let response = caller.get(&path).send().await.unwrap();
        let request = header(response.headers(), "x-request-id").to_owned();
        let text = response.text().await.unwrap();
        left.push(Left { operation: path, by: person(caller), request, text, fields: BTreeSet::new() });
    }
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
        left.push(Left { operation: row.operation.clone(), by: None, request, text, fields });
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

#[tokio::test(flavor = "multi_thread")]
async fn nothing_leaves_without_its_entry_and_a_missing_entry_is_noticed() {
    in_a_crowd(async |app| {
        let canaries = canaries(app).await;
        let (world, types) = (World::build(app).await, Types::read());
        let (mut chance, mut end) = (StdRng::seed_from_u64(seed()), None);
        let (mut answers, mut seen) = (0, BTreeSet::new());
        let mut left = watch(app, &types).await;
        // A million of both databases together, looked at a round at a time.
        let wanted = scale(1, 500_000);
        while answers < wanted {
            left.extend(ask_for_everything(app, &world, &types, &mut chance).await);
            let entries = log(app, &mut end).await;
            if answers == 0 {
                plant(&left, &entries, &canaries);
            }
            let whole = Log::of(entries);
            let missing: Vec<_> = left.iter().flat_map(|it| whole.missing(it, &canaries)).collect();
            assert!(missing.is_empty(), "{} of {}: {missing:#?}", missing.len(), left.len());
            let shown = |text: &str| left.iter().any(|it| it.text.contains(text));
            seen.extend(canaries.iter().map(|it| &it.text).filter(|text| shown(text)));
            answers += left.len();
            left.clear();
            app.house.advance(TimeDelta::hours(1));
        }
        assert_eq!(seen.len(), canaries.len(), "each is seen by somebody");
        let database = if app.house.services.store.is_shared() { "PostgreSQL" } else { "SQLite" };
        let found = format!("{answers} answers, files and events, {} canaries", seen.len());
        proved("E2", &format!("{database}: {found}: 0 without an entry"));
    })
    .await;
}

/// An entry that is taken out is missed, and so is a word in one.
fn plant(left: &[Left], entries: &[AccessEntry], canaries: &[Canary]) {
    let mut chance = StdRng::seed_from_u64(seed());
    let shows = |it: &&Left| {
        canaries.iter().any(|canary| matches!(canary.of, Record::Fact(..)) && it.text.contains(&canary.text))
    };
    for it in left.iter().filter(shows).sample(&mut chance, 20) {
        let without = entries.iter().filter(|entry| entry.request_id != it.request);
        assert!(!Log::of(without.cloned()).missing(it, canaries).is_empty(), "{}", it.operation);
        let poorer = entries.iter().cloned().map(|mut entry| {
            if let Some(facts) = entry.detail.get_mut("facts") {
                *facts = json!([]);
            }
            entry
        });
        assert!(!Log::of(poorer).missing(it, canaries).is_empty(), "{}", it.operation);
    }
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
