//! Every operation as everybody, with every object there is, over HTTP, held to what `permits` says (attack D1); every id in the
//! place of every other, and input that the schema does not know (D8). What is tried stands in `operations.yaml` and `fields.yaml`.

mod fields;
mod grid;
mod ids;
mod table;
mod uses;
mod world;

use std::collections::BTreeSet;

use chrono::TimeDelta;
use futures_util::{StreamExt, stream};
use reqwest::RequestBuilder;
use serde_json::{Value, json};

use crate::harness::App;
use table::{Asked, Row, Sdl, rows};
use world::{Caller, Kind, Target, World, callers, in_a_crowd, in_a_session};

/// How many attempts are made at once.
const AT_ONCE: usize = 8;

/// The state of the world in which it is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Reports as they were filed, changes proposed.
    First,
    /// Another version of the rules has come into force since.
    Later,
}

#[test]
fn every_operation_of_the_schema_has_an_entry() {
    let listed: BTreeSet<String> = rows().into_iter().map(|row| row.operation).collect();
    let roots = Sdl::read().fields().into_iter().filter(|(ty, ..)| is_root(ty));
    let known: BTreeSet<String> = roots.map(|(ty, field, _)| format!("{ty}.{field}")).collect();
    assert!(known.len() >= 24, "{known:?}");
    let missing: Vec<_> = known.difference(&listed).collect();
    assert!(missing.is_empty(), "add entries to operations.yaml for {missing:?}");
    let gone: Vec<_> = listed.difference(&known).collect();
    assert!(gone.is_empty(), "take out of operations.yaml: {gone:?}");
    for row in rows() {
        let field = row.operation.split_once('.').unwrap().1;
        assert!(row.document.contains(&format!("answer: {field}")), "{}: {}", row.operation, row.document);
    }
}

fn is_root(ty: &str) -> bool {
    matches!(ty, "Query" | "Mutation" | "Subscription")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_does_what_permits_says_for_everybody() {
    in_a_crowd(async |app| {
        let mut world = World::build(app).await;
        let mut cells = 0;
        for state in [State::First, State::Later] {
            if state == State::Later {
                app.house.publish(false).await;
                app.house.advance(TimeDelta::minutes(11));
            }
            let mut callers = callers(app).await;
            for row in rows().iter().filter(|row| row.only.is_none() || state == State::First) {
                if row.target == Some(Kind::Session) {
                    world.renew_sessions(app).await;
                }
                cells += try_row(app, (&world, &callers, state), row).await;
                if row.fresh {
                    callers = world::callers(app).await;
                }
            }
        }
        assert!(cells > 4_000, "{cells} cells");
    })
    .await;
}

/// Tries one row as everybody with everything; how many attempts that were. Those that must fail come first, so that none fails
/// only because another has ended what it is about.
async fn try_row(app: &App, (world, callers, state): (&World, &[Caller], State), row: &Row) -> usize {
    let mut targets: Vec<Option<&Target>> = vec![None];
    if let Some(kind) = row.target {
        targets = world.of(kind).map(Some).collect();
        assert!(targets.len() >= 2, "{}: {} targets", row.operation, targets.len());
    }
    let pairs = callers.iter().flat_map(|caller| targets.iter().map(move |target| (caller, *target)));
    let (permitted, refused): (Vec<_>, Vec<_>) =
        pairs.partition(|(caller, target)| expectation(row, caller, *target) == Expected::Allowed);
    let judged = stream::iter(&refused).map(|(caller, target)| judge(world, row, state, (caller, *target)));
    judged.buffer_unordered(AT_ONCE).collect::<Vec<()>>().await;
    for (caller, target) in &permitted {
        match (&caller.handle, row.fresh && caller.token.is_none()) {
            (Some(handle), true) => {
                judge(world, row, state, (&in_a_session(app, handle).await, *target)).await;
            }
            _ => judge(world, row, state, (caller, *target)).await,
        }
    }
    permitted.len() + refused.len()
}

/// How an attempt must end.
#[derive(Debug, PartialEq, Eq)]
enum Expected {
    Allowed,
    Denied,
    /// Nobody is signed in, or not in the way that it needs.
    Told(String),
}

fn expectation(row: &Row, caller: &Caller, target: Option<&Target>) -> Expected {
    let asked = row.asked();
    if caller.actor.is_none() && asked.right != "public" {
        return Expected::Told(row.nobody.clone());
    }
    let anywhere = |right| Asked { right, by: Some("anywhere") };
    let also =
        row.also.as_deref().is_none_or(|right| world::may(caller.actor.as_ref(), anywhere(right), None));
    let may = also && world::may(caller.actor.as_ref(), asked, target);
    match &row.by_token {
        Some(told) if caller.token.is_some() => Expected::Told(told.clone()),
        _ if may => Expected::Allowed,
        _ => Expected::Denied,
    }
}

async fn judge(world: &World, row: &Row, state: State, (caller, target): (&Caller, Option<&Target>)) {
    let id = target.map_or("", |target| &target.id);
    let answer = ask(caller, row, id).await;
    let found = summary(&answer);
    let what = || format!("{} {id} as {} ({state:?}): {answer}", row.operation, caller.name());
    match expectation(row, caller, target) {
        Expected::Told(told) => assert_eq!(found, told, "{}", what()),
        Expected::Allowed => {
            let later = state == State::Later && !row.later.is_empty();
            let allowed = if later { &row.later } else { &row.allowed };
            assert!(allowed.contains(&found), "{}", what());
            if let (Some(lists), Some(actor)) = (&row.lists, &caller.actor) {
                let expected = world.listed(actor, (lists.kind, &lists.right), target);
                let shown: BTreeSet<_> = shown_ids(&answer).into_iter().collect();
                assert_eq!(shown, expected, "{}", what());
            }
        }
        Expected::Denied => {
            assert!(row.denied.contains(&found), "{}", what());
            let Some(target) = target else { return };
            let known = row.known_by.as_ref().map(|right| table::Asked { right, by: None });
            if known.is_some_and(|known| world::may(caller.actor.as_ref(), known, Some(target))) {
                return;
            }
            let ghost = target.kind.ghost();
            let nothing = ask(caller, row, &ghost).await;
            assert_eq!(unnamed(&answer), unnamed(&nothing), "{}", what());
        }
    }
}

/// The whole answer, without what differs from request to request.
fn unnamed(answer: &Value) -> Value {
    let mut answer = answer.clone();
    if let Some(extensions) = answer.pointer_mut("/errors/0/extensions").and_then(Value::as_object_mut) {
        extensions.remove("requestId");
    }
    answer
}

/// The variables of a row, with this id in its place.
fn variables(row: &Row, id: &str) -> Value {
    match &row.variables {
        Some(variables) => placed(variables, id),
        None if row.document.contains("$id:") => json!({ "id": id }),
        None => json!({}),
    }
}

fn placed(value: &Value, id: &str) -> Value {
    match value {
        Value::String(text) if text == "$id" => id.into(),
        Value::Array(items) => items.iter().map(|item| placed(item, id)).collect(),
        Value::Object(fields) => {
            fields.iter().map(|(name, value)| (name.clone(), placed(value, id))).collect()
        }
        other => other.clone(),
    }
}

async fn ask(caller: &Caller, row: &Row, id: &str) -> Value {
    let body = json!({ "query": row.document, "variables": variables(row, id) });
    send(caller, &row.operation, &body).await
}

async fn send(caller: &Caller, operation: &str, body: &Value) -> Value {
    answer(operation, || caller.request(body)).await
}

/// The answer, or what a live view begins with: an error, or silence, given as `open`.
async fn answer(operation: &str, request: impl Fn() -> RequestBuilder) -> Value {
    if !operation.starts_with("Subscription") {
        return request().send().await.unwrap().json().await.unwrap();
    }
    let mut response = open(request).await;
    let mut text = String::new();
    while let Some(chunk) = response.chunk().await.unwrap() {
        text.push_str(&String::from_utf8_lossy(&chunk));
        if let Some((_, event)) = text.split_once("event: next\ndata: ") {
            return serde_json::from_str(event.lines().next().unwrap()).unwrap();
        }
        if text.contains(": watching\n\n") {
            return json!({ "data": { "answer": { "__typename": "open" } } });
        }
    }
    panic!("the stream ended: {text}")
}

/// A live view. The server notices only in a while that those before it were hung up on.
async fn open(request: impl Fn() -> RequestBuilder) -> reqwest::Response {
    loop {
        let opened = request().header("accept", "text/event-stream").send().await.unwrap();
        if opened.status() != 429 {
            return opened;
        }
    }
}

/// The ids of the rows of a page, or of a list.
fn shown_ids(answer: &Value) -> Vec<String> {
    let given = &answer["data"]["answer"];
    let rows = given["nodes"].as_array().or(given.as_array()).into_iter().flatten();
    rows.map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

/// A code, the type of an outcome, `null`, `empty` (a list without rows) or `data`.
fn summary(answer: &Value) -> String {
    if let Some(code) = answer.pointer("/errors/0/extensions/code") {
        return code.as_str().unwrap().to_owned();
    }
    let data = answer.pointer("/data/answer").unwrap_or_else(|| panic!("{answer}"));
    if let Some(outcome) = data.get("__typename") {
        return outcome.as_str().unwrap().to_owned();
    }
    match data.get("nodes").and_then(Value::as_array) {
        _ if data.is_null() => "null".to_owned(),
        Some(nodes) if nodes.is_empty() => "empty".to_owned(),
        _ => "data".to_owned(),
    }
}
