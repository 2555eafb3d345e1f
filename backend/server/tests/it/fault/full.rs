//! Attack A4: the disk is full. What cannot be stored is refused and said so, what cannot be logged is not shown, and all goes on
//! by itself when there is room again.

use sea_orm::{ConnectionTrait, DatabaseBackend};
use serde_json::{Value, json};
use varsel_services::incident;
use varsel_services::testing::read_unlogged;
use varsel_storage::testing::proved;

use super::small::{SmallDisk, facts};
use crate::harness::{Client, SUBMIT, in_each_app};
use crate::kill::sent::Sent;
use crate::kill::{self, founded};

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
        assert_eq!(faults_of_refusal(status, &answer), [""; 0], "{answer:#}");
        let said = answer.pointer("/errors/0/message").and_then(Value::as_str).unwrap_or_default();
        assert!(said.contains("nothing was received"), "{said}");
        return (acknowledged, key);
    }
    panic!("{MANY} reports fit into a full disk");
}

fn code(answer: &Value) -> &str {
    answer.pointer("/errors/0/extensions/code").and_then(Value::as_str).unwrap_or_default()
}

/// What is wrong with an answer that there is no room for.
fn faults_of_refusal(status: u16, answer: &Value) -> Vec<&'static str> {
    let mut faults = Vec::new();
    if (status, code(answer)) != (503, "NO_ROOM") {
        faults.push("it does not say that there is no room");
    }
    if answer["data"] != Value::Null {
        faults.push("shown without an entry");
    }
    faults
}

/// Reads until the log of use has no room for it: nothing is shown then; how often it was shown before.
async fn read_until_refused(client: &Client, id: &Value) -> usize {
    for shown in 0..READS {
        let (status, answer) = ask(client, READ, json!({ "id": id })).await;
        if status == 200 {
            assert!(answer.pointer("/data/incident/number").is_some(), "{answer:#}");
            continue;
        }
        assert_eq!(faults_of_refusal(status, &answer), [""; 0], "{answer:#}");
        return shown;
    }
    panic!("the log of use had room for {READS} entries on a full disk");
}

/// What is wrong when there is room again: what was acknowledged must be there under its number, and what was refused be filed now,
/// once.
async fn faults_afterwards(
    client: &Client,
    (acknowledged, refused): (&[(String, String)], &str),
    facts: &Value,
) -> Vec<String> {
    let mut faults = Vec::new();
    let repeated = |answer: &Value| answer.pointer("/data/submitReport/repeated").and_then(Value::as_bool);
    let (_, answer) = file(client, refused, facts).await;
    if repeated(&answer) != Some(false) {
        faults.push(format!("{refused} was refused, and is not filed now: {answer:#}"));
    }
    for (key, acknowledged) in acknowledged {
        let (_, answer) = file(client, key, facts).await;
        if (number(&answer), repeated(&answer)) != (Some(acknowledged), Some(true)) {
            faults.push(format!("{key} was acknowledged as {acknowledged}, and is not there: {answer:#}"));
        }
    }
    faults
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
        assert_eq!(faults_afterwards(&client, (&acknowledged, &refused), &facts).await, [""; 0]);
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
    assert_eq!(faults_afterwards(&client, (&acknowledged, &refused), &facts).await, [""; 0]);
    for (key, number) in &acknowledged {
        sent.acknowledge(key.clone(), number.clone());
    }
    assert_eq!(disk.stop_and_look(&sent).await, [""; 0]);
    proved("A4", &format!("a full disk: {} taken, the next refused, nothing lost", acknowledged.len()));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_full_disk_must_not_do_is_found() {
    in_each_app(async |app| {
        let (client, facts) = (app.person("reporter-energy").await, app.house.facts("reporter-energy"));
        let (_, answer) = file(&client, "full-report-kept", &facts).await;
        let kept = ("full-report-kept".to_owned(), number(&answer).unwrap().to_owned());
        // Its number was said, and nothing of it is there; and what was refused is there all the same.
        let lost = ("full-report-lost".to_owned(), "V-2026-00002".to_owned());
        let faults = faults_afterwards(&client, (&[kept, lost], "full-report-kept"), &facts).await;
        let told = ["full-report-kept was refused", "full-report-lost was acknowledged"];
        assert_eq!(faults.len(), told.len(), "{faults:?}");
        assert!(faults.iter().zip(told).all(|(fault, told)| fault.starts_with(told)), "{faults:?}");
        let mut refusal = json!({ "data": null, "errors": [{ "extensions": { "code": "NO_ROOM" } }] });
        assert_eq!(faults_of_refusal(503, &refusal), [""; 0]);
        refusal["data"] = json!({ "incident": { "number": "V-2026-00001" } });
        assert_eq!(faults_of_refusal(503, &refusal), ["shown without an entry"]);
        assert_eq!(faults_of_refusal(500, &json!({})), ["it does not say that there is no room"]);
    })
    .await;
}

#[tokio::test]
async fn an_incident_that_is_shown_without_an_entry_is_found() {
    let (data, house) = founded().await;
    let (own, _) = house.file("reporter-energy", "full-report-shown").await;
    let (request, mut sent) = (house.request("reporter-energy").await, Sent::default());
    sent.acknowledge("full-report-shown".to_owned(), own.number.clone());
    incident::open(&house.services, &request, own.id).await.unwrap().unwrap();
    sent.show(own.number.clone());
    // What a server would do that has no room for the entry and shows the incident all the same.
    read_unlogged(&house, &request, own.id).await.unwrap().unwrap();
    sent.show(own.number.clone());
    varsel_services::log::seal(&house.services).await.unwrap();
    kill::close(&house).await;
    let told = format!("{} was shown 2 times after it was filed, and logged 2 times", own.number);
    assert_eq!(kill::oracle_of_house(data.path(), &sent).await, [told]);
}
