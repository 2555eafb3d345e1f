//! Attack A4: the disk is full. What cannot be stored is refused and said so, what cannot be logged is not shown, and all goes on
//! by itself when there is room again.

use sea_orm::{ConnectionTrait, DatabaseBackend};
use serde_json::{Value, json};
use varsel_storage::testing::proved;

use super::small::{SmallDisk, facts};
use crate::harness::{Client, SUBMIT, in_each_app};
use crate::kill::sent::Sent;

/// More reports than a full database takes; each may still find a little room in a page that is not full.
const MANY: usize = 60;

/// Reads at most while the disk is full.
const READS: usize = 600;

const READ: &str = "query($id: ID!) { incident(id: $id) { number facts { value } } }";

/// Status and answer of a document.
async fn ask(client: &Client, query: &str, variables: Value) -> (u16, Value) {
    let body = json!({ "query": query, "variables": variables });
    let response = client.post("/graphql").json(&body).send().await.unwrap();
    (response.status().as_u16(), response.json().await.unwrap())
}

async fn file(client: &Client, key: &str, facts: &Value) -> (u16, Value) {
    ask(client, SUBMIT, json!({ "input": { "idempotencyKey": key, "facts": facts } })).await
}

fn number(answer: &Value) -> Option<&str> {
    answer.pointer("/data/submitReport/incident/number").and_then(Value::as_str)
}

/// Files until there is no room; what was acknowledged, and the key of the first that was not.
async fn fill(client: &Client, facts: &Value) -> (Vec<(String, String)>, String) {
    let mut acknowledged = Vec::new();
    for round in 0..MANY {
        let key = format!("full-report-{round}");
        let (status, answer) = file(client, &key, facts).await;
        if let Some(number) = number(&answer) {
            assert_eq!(status, 200);
            acknowledged.push((key, number.to_owned()));
            continue;
        }
        assert_eq!((status, code(&answer)), (503, "NO_ROOM"), "{answer:#}");
        let said = answer.pointer("/errors/0/message").and_then(Value::as_str).unwrap_or_default();
        assert!(said.contains("nothing was received"), "{said}");
        return (acknowledged, key);
    }
    panic!("{MANY} reports fit into a full disk");
}

fn code(answer: &Value) -> &str {
    answer.pointer("/errors/0/extensions/code").and_then(Value::as_str).unwrap_or_default()
}

/// Reads until the log of use has no room for it: nothing is shown then; how often it was shown before.
async fn read_until_refused(client: &Client, id: &Value) -> usize {
    for shown in 0..READS {
        let (status, answer) = ask(client, READ, json!({ "id": id })).await;
        if status == 200 {
            assert!(answer.pointer("/data/incident/number").is_some(), "{answer:#}");
            continue;
        }
        assert_eq!((status, code(&answer)), (503, "NO_ROOM"), "{answer:#}");
        assert_eq!(answer["data"], Value::Null, "shown without an entry: {answer:#}");
        return shown;
    }
    panic!("the log of use had room for {READS} entries on a full disk");
}

/// What was acknowledged is there under its number, and what was refused is filed now, once.
async fn all_goes_on(client: &Client, (acknowledged, refused): (&[(String, String)], &str), facts: &Value) {
    let (status, answer) = file(client, refused, facts).await;
    assert_eq!(
        (status, answer.pointer("/data/submitReport/repeated")),
        (200, Some(&json!(false))),
        "{answer:#}"
    );
    for (key, acknowledged) in acknowledged {
        let (status, answer) = file(client, key, facts).await;
        assert_eq!((status, number(&answer)), (200, Some(acknowledged.as_str())), "{answer:#}");
        assert_eq!(answer.pointer("/data/submitReport/repeated"), Some(&json!(true)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_without_room_refuses_and_goes_on_by_itself() {
    in_each_app(async |app| {
        let connection = app.house.services.store.connection();
        if connection.get_database_backend() != DatabaseBackend::Sqlite {
            return;
        }
        let (client, facts) = (app.person("reporter-energy").await, app.house.facts("reporter-energy"));
        let (_, first) = file(&client, "full-report-first", &facts).await;
        let id = first["data"]["submitReport"]["incident"]["id"].clone();
        // SQLite takes no more pages than it has: the limit is a setting of the connection, of which there is one.
        connection.execute_unprepared("PRAGMA max_page_count = 1").await.unwrap();
        let (acknowledged, refused) = fill(&client, &facts).await;
        // A connection that a full database has left in a transaction is replaced, and the limit goes with it.
        connection.execute_unprepared("PRAGMA max_page_count = 1000000").await.unwrap();
        let (status, _) = ask(&client, READ, json!({ "id": id })).await;
        assert_eq!(status, 200);
        all_goes_on(&client, (&acknowledged, &refused), &facts).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_on_a_full_disk_refuses_and_goes_on_by_itself() {
    let Some(disk) = SmallDisk::with_server().await else { return };
    let (client, facts) = (Client::of("reporter-energy", &disk.address).await, facts());
    let (_, first) = file(&client, "full-report-first", &facts).await;
    let id = first["data"]["submitReport"]["incident"]["id"].clone();
    let mut sent = Sent::default();
    let first = number(&first).unwrap().to_owned();
    sent.acknowledge("full-report-first".to_owned(), first.clone());
    disk.fill();
    let (acknowledged, refused) = fill(&client, &facts).await;
    // An entry is small: a page that is not full may have room for it. Whatever is shown must have one.
    for _ in 0..read_until_refused(&client, &id).await {
        sent.show(first.clone());
    }
    disk.make_room();
    let (status, answer) = ask(&client, READ, json!({ "id": id })).await;
    assert_eq!(status, 200, "{answer:#}");
    all_goes_on(&client, (&acknowledged, &refused), &facts).await;
    for (key, number) in &acknowledged {
        sent.acknowledge(key.clone(), number.clone());
    }
    assert_eq!(disk.stop_and_look(&sent).await, [""; 0]);
    proved("A4", &format!("a full disk: {} taken, the next refused, nothing lost", acknowledged.len()));
}
