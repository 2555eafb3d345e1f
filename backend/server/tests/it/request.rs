//! A report that is owed only on request, asked for and answered over HTTP.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::harness::{Client, in_each_app};

const REQUEST: &str = "mutation($input: RequestReportInput!) { requestReport(input: $input) { __typename
    ... on ReportRequested { incident { id obligations { stage status due target } timeline { kind text { da en } by } } }
    ... on ReportRequestRefused { field message { da en } } } }";

async fn ask(client: &Client, incident: &Value, stage: &str, due: DateTime<Utc>) -> Value {
    let input =
        json!({ "incident": incident, "regime": "nis2_energy_dk", "stage": stage, "due": due.to_rfc3339() });
    client.data(REQUEST, json!({ "input": input })).await["requestReport"].take()
}

fn duty<'a>(incident: &'a Value, stage: &str) -> &'a Value {
    let mut duties = incident["obligations"].as_array().unwrap().iter();
    duties.find(|duty| duty["stage"] == stage).unwrap_or_else(|| panic!("{incident:#}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cyber_centre_asks_and_the_reporter_sees_by_when_and_answers() {
    in_each_app(async |app| {
        let reporter = app.person("reporter-energy").await;
        let filed = reporter.submit("asked-first", &app.house.facts("reporter-energy"), false).await;
        let id = filed["incident"]["id"].clone();
        let officer = app.person("duty-officer").await;
        let read = "query($id: ID!) { incident(id: $id) { requestable { regime regimeName { da } stage stageName { da en } } } }";
        let offered = officer.data(read, json!({ "id": id })).await["incident"]["requestable"].take();
        let offered = offered.as_array().unwrap().iter().find(|it| it["stage"] == "intermediate_report");
        assert_eq!(offered.unwrap()["regime"], "nis2_energy_dk");
        assert!(offered.unwrap()["stageName"]["da"].is_string());
        let seen = reporter.data(read, json!({ "id": id })).await;
        assert_eq!(seen["incident"]["requestable"], json!([]));

        let due = app.house.now() + TimeDelta::days(2);
        let asked = ask(&officer, &id, "intermediate_report", due).await;
        let owed = duty(&asked["incident"], "intermediate_report");
        assert_eq!(owed["status"], "OPEN", "{asked:#}");
        let stored = DateTime::parse_from_rfc3339(owed["due"].as_str().unwrap()).unwrap();
        assert_eq!(stored.timestamp(), due.timestamp());
        let own = "query($id: ID!) { incident(id: $id) { obligations { stage status } timeline { kind text { da en } by } } }";
        let seen = reporter.data(own, json!({ "id": id })).await["incident"].take();
        let mut told = seen["timeline"].as_array().unwrap().iter();
        let told = told.find(|entry| entry["kind"] == "REPORT_REQUESTED").unwrap();
        assert!(told["text"]["da"].as_str().unwrap().contains(" har bedt om: "), "{told}");
        assert!(!told["by"].as_str().unwrap().contains("Vang"), "the unit asks, not a person: {told}");

        app.house.advance(TimeDelta::hours(1));
        let answer = "mutation($input: SubmitReportInput!) { submitReport(input: $input) { __typename
            ... on ReportSubmitted { incident { obligations { stage status } } } } }";
        let input = json!({
            "idempotencyKey": "asked-answer", "incidentId": id,
            "facts": { "status_update": "Alle områder er i drift igen." },
        });
        let met = reporter.data(answer, json!({ "input": input })).await["submitReport"].take();
        assert_eq!(duty(&met["incident"], "intermediate_report")["status"], "MET", "{met:#}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_that_is_none_and_a_time_that_cannot_be_are_refused_by_name_in_both_languages() {
    in_each_app(async |app| {
        let reporter = app.person("reporter-energy").await;
        let filed = reporter.submit("refused-first", &app.house.facts("reporter-energy"), false).await;
        let (id, officer) = (&filed["incident"]["id"], app.person("duty-officer").await);
        let now = app.house.now();
        for (stage, due, field, word) in [
            ("final_report", now + TimeDelta::days(2), "stage", "listen"),
            ("no_such_report", now + TimeDelta::days(2), "stage", "listen"),
            ("intermediate_report", now, "due", "fremtiden"),
            ("intermediate_report", now + TimeDelta::days(367), "due", "366 dage"),
        ] {
            let refused = ask(&officer, id, stage, due).await;
            assert_eq!(refused["field"], field, "{refused}");
            assert!(refused["message"]["da"].as_str().unwrap().contains(word), "{refused}");
            assert!(refused["message"]["en"].as_str().unwrap().contains("hoose"), "{refused}");
        }
    })
    .await;
}
