//! Ids in each other's places, and input that the schema does not know (attack D8): nothing is accepted.

use serde_json::{Value, json};

use super::table::{Row, Sdl, rows};
use super::world::{Caller, Kind, Target, World, callers, in_a_crowd};
use super::{ask, send, summary, variables};

/// What somebody would add to an input who wants more than it offers.
const WISHES: [&str; 12] = [
    "role",
    "unit",
    "organisation",
    "organisationId",
    "person",
    "status",
    "isAdmin",
    "receivedAt",
    "approved",
    "__proto__",
    "constructor",
    "surprise",
];

#[tokio::test(flavor = "multi_thread")]
async fn an_id_of_another_kind_names_nothing() {
    in_a_crowd(async |app| {
        let (world, callers) = (World::build(app).await, callers(app).await);
        let mut tried = 0;
        for row in rows() {
            let Some(kind) = row.target else { continue };
            for id in wrong_ids(&world, kind) {
                for caller in callers.iter().filter(|caller| caller.token.is_none()) {
                    let found = summary(&ask(caller, &row, &id).await);
                    let expected =
                        if caller.actor.is_some() { &row.denied } else { &vec![row.nobody.clone()] };
                    assert!(
                        expected.contains(&found),
                        "{} {id:?} as {}: {found}",
                        row.operation,
                        caller.name()
                    );
                    tried += 1;
                }
            }
        }
        assert!(tried > 1_000, "{tried}");
    })
    .await;
}

/// One of each other kind, the right number under a wrong kind and the reverse, and what is no id at all.
fn wrong_ids(world: &World, kind: Kind) -> Vec<String> {
    let own = &world.of(kind).next().unwrap().id;
    let number = |target: &Target| target.id.split_once('_').map(|(_, number)| number.to_owned());
    let others: Vec<_> = Kind::ALL.into_iter().filter(|it| *it != kind).collect();
    let others: Vec<_> = others.into_iter().filter_map(|kind| world.of(kind).next()).collect();
    let mut ids: Vec<String> = others.iter().map(|target| target.id.clone()).collect();
    if let Some((prefix, _)) = own.split_once('_').filter(|_| kind != Kind::Queue) {
        ids.extend(others.iter().filter_map(|target| Some(format!("{prefix}_{}", number(target)?))));
    }
    let cut: String = own.chars().take(own.chars().count() - 1).collect();
    ids.extend([cut, format!("{own}0"), own.to_uppercase(), format!(" {own}"), format!("{own}\u{0}")]);
    ids.extend(["", "%", "*", "' OR '1'='1", "../", "null", "0", "-1", "\u{202e}"].map(str::to_owned));
    ids
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_schema_does_not_know_is_refused_before_anything_is_done() {
    in_a_crowd(async |app| {
        let (world, callers) = (World::build(app).await, callers(app).await);
        let mut tried = 0;
        for row in rows() {
            let target = row.target.and_then(|kind| world.of(kind).next());
            let body = json!({ "query": row.document, "variables": variables(&row, target.map_or("", |it| &it.id)) });
            for body in with_more(&row, &body) {
                for caller in callers.iter().filter(|caller| caller.token.is_none()) {
                    refused(caller, &row, &body).await;
                    tried += 1;
                }
            }
        }
        assert!(tried > 1_000, "{tried}");
    })
    .await;
}

/// The request with an argument that there is none of, and with each wish in its input.
fn with_more(row: &Row, body: &Value) -> Vec<Value> {
    let field = row.operation.split_once('.').unwrap().1;
    let (called, name) = (format!("answer: {field}("), format!("answer: {field}"));
    let query = if row.document.contains(&called) {
        row.document.replacen(&called, &format!("{called}surprise: true, "), 1)
    } else {
        row.document.replacen(&name, &format!("{name}(surprise: true)"), 1)
    };
    let mut bodies = vec![json!({ "query": query, "variables": body["variables"] })];
    if let Some(input) = body["variables"].get("input") {
        let ty = row.document.split_once("$input: ").unwrap().1.split_once('!').unwrap().0;
        let known = Sdl::read().input_fields(ty);
        for wish in WISHES.iter().filter(|wish| !known.contains(**wish)) {
            let mut more = input.clone();
            more[*wish] = json!("administrator");
            let mut body = body.clone();
            body["variables"]["input"] = more;
            bodies.push(body);
        }
    }
    bodies
}

async fn refused(caller: &Caller, row: &Row, body: &Value) {
    let answer = send(caller, &row.operation, body).await;
    let found = answer.pointer("/errors/0/extensions/code");
    assert_eq!(found, Some(&json!("INVALID_DOCUMENT")), "{body} as {}: {answer}", caller.name());
    assert!(answer.get("data").is_none_or(Value::is_null), "{body} as {}: {answer}", caller.name());
}
