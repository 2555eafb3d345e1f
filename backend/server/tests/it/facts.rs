//! Bad facts: each has a clear answer that names the fact, and nothing typed is lost.

use chrono::{SecondsFormat, TimeDelta};
use serde_json::{Value, json};

use crate::harness::{App, Client, in_each_app};

/// The sample report with some answers changed.
fn with(app: &App, changes: &Value) -> Value {
    let mut facts = app.house.facts("reporter-energy");
    for (fact, value) in changes.as_object().unwrap() {
        facts[fact] = value.clone();
    }
    facts
}

/// The problem that keeps a report from being taken.
async fn problem(app: &App, client: &Client, changes: Value) -> Value {
    let outcome = client.submit("bad-facts", &with(app, &changes), false).await;
    assert_eq!(outcome["__typename"], "ReportRefused", "{outcome:#}");
    assert_eq!(outcome["problems"].as_array().unwrap().len(), 1, "{outcome:#}");
    outcome["problems"][0].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn facts_that_cannot_be_taken_are_named_with_the_way_out() {
    in_each_app(async |app| {
        let client = app.person("reporter-energy").await;
        let now = app.house.now();
        let at = |days| (now + TimeDelta::days(days)).to_rfc3339_opts(SecondsFormat::Secs, true);
        let long = "x".repeat(60_000);
        for (fact, value, code) in [
            ("impact.user_affected", json!(1), "UNKNOWN_FACT"),
            ("impact.users_affected", json!("many"), "WRONG_TYPE"),
            ("impact.users_affected", json!(-1), "OUT_OF_RANGE"),
            ("incident.cross_border", json!("maybe"), "WRONG_TYPE"),
            ("incident.kind", json!("ransomwere"), "UNKNOWN_OPTION"),
            ("incident.aware_at", json!(at(1)), "IN_FUTURE"),
            ("incident.aware_at", json!("1999-12-31T23:00:00Z"), "TOO_EARLY"),
            ("incident.aware_at", json!("yesterday"), "BAD_FORMAT"),
            ("org.cvr", json!("99990105"), "BAD_CHECK_DIGIT"),
            ("description", json!("bell \u{7} and escape \u{1b}[31m"), "CONTROL_CHARACTERS"),
            ("description", json!(long), "TOO_LONG"),
        ] {
            let mut changes = json!({});
            changes[fact] = value;
            let problem = problem(app, &client, changes).await;
            assert_eq!((&problem["fact"], &problem["code"]), (&json!(fact), &json!(code)), "{problem:#}");
            let words = |language| problem["message"][language].as_str().unwrap().len();
            assert!(words("da") > 10 && words("en") > 10, "{problem:#}");
        }
        let unknown = problem(app, &client, json!({ "impact.user_affected": 1 })).await;
        assert_eq!(unknown["suggestion"], "impact.users_affected");
        assert_eq!(incidents(&client).await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn facts_that_are_no_object_are_refused() {
    in_each_app(async |app| {
        let client = app.person("reporter-energy").await;
        for facts in [json!([1]), json!("text"), json!(7)] {
            let outcome = client.submit("no-object-key", &facts, false).await;
            assert_eq!(outcome["problems"][0]["code"], "NOT_AN_OBJECT", "{outcome:#}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_is_listed_and_unknown_is_an_answer() {
    in_each_app(async |app| {
        let client = app.person("reporter-energy").await;
        let mut facts = app.house.facts("reporter-energy");
        facts.as_object_mut().unwrap().remove("description");
        let outcome = client.submit("incomplete-key", &facts, false).await;
        assert_eq!(outcome["__typename"], "ReportIncomplete", "{outcome:#}");
        assert_eq!(outcome["missing"][0]["fact"]["id"], "description");
        facts["description"] = json!("unknown");
        let outcome = client.submit("incomplete-key", &facts, false).await;
        assert!(outcome["__typename"] != "ReportRefused", "{outcome:#}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cpr_number_is_warned_about_and_never_repeated() {
    in_each_app(async |app| {
        let client = app.person("reporter-energy").await;
        let facts = with(app, &json!({ "description": "Medarbejder 010190-1234 fik sin konto overtaget." }));
        let outcome = client.submit("cpr-in-text", &facts, false).await;
        assert_eq!(outcome["__typename"], "ReportNeedsConfirmation", "{outcome:#}");
        let warning = &outcome["warnings"][0];
        assert_eq!((&warning["fact"], &warning["code"]), (&json!("description"), &json!("CPR_NUMBER")));
        assert!(!outcome.to_string().contains("010190"), "{outcome}");
        assert_eq!(incidents(&client).await, 0);
        let outcome = client.submit("cpr-in-text", &facts, true).await;
        assert_eq!(outcome["__typename"], "ReportSubmitted", "{outcome:#}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn script_comes_back_as_the_text_that_it_is() {
    in_each_app(async |app| {
        let client = app.person("reporter-energy").await;
        let typed = "<script>alert('æøå')</script> & {{7*7}} ${7*7} \"quoted\" 日本語";
        let outcome =
            client.submit("script-as-text", &with(app, &json!({ "description": typed })), true).await;
        let query = "query($id: ID!) { incident(id: $id) { facts { fact { id } value display { da } } } }";
        let incident = client.data(query, json!({ "id": outcome["incident"]["id"] })).await;
        let facts = incident["incident"]["facts"].as_array().unwrap();
        let description = facts.iter().find(|fact| fact["fact"]["id"] == "description").unwrap();
        assert_eq!(description["value"], typed);
        assert_eq!(description["display"]["da"], typed);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_assessment_while_typing_takes_what_it_can_and_stores_nothing() {
    in_each_app(async |app| {
        let nobody = app.nobody();
        let query =
            "query($facts: JSON!) { assess(facts: $facts) { regimes { id } problems { fact code } } }";
        let facts = with(app, &json!({ "impact.user_affected": 1, "incident.aware_at": "soon" }));
        let answer = nobody.data(query, json!({ "facts": facts })).await;
        let problems = answer["assess"]["problems"].as_array().unwrap();
        assert_eq!(problems.len(), 2, "{answer:#}");
        assert!(!answer["assess"]["regimes"].as_array().unwrap().is_empty());
        assert_eq!(incidents(&app.person("reporter-energy").await).await, 0);
    })
    .await;
}

async fn incidents(client: &Client) -> i64 {
    client.data("{ incidents { totalCount } }", json!({})).await["incidents"]["totalCount"].as_i64().unwrap()
}
