//! E7 over HTTP: the log of use is read for an investigation with a case number, by whoever may, and never about oneself. What is
//! refused because of who asks is registered.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::harness::{App, Client, in_each_patient_app};

const PATTERNS: &str = "{ attemptPatterns { total } }";
const USES: &str = "query($inquiry: UseInquiry!) { uses(inquiry: $inquiry) { totalCount nodes { id } } }";

async fn registered(officer: &Client) -> f64 {
    officer.data(PATTERNS, json!({})).await["attemptPatterns"]["total"].as_f64().unwrap()
}

/// Asks for uses on the page and in each form of file: what each of them answered, and whether it showed anything.
async fn ask(client: &Client, inquiry: &Value) -> Vec<(StatusCode, bool)> {
    let page = client.graphql(USES, json!({ "inquiry": inquiry })).await;
    let refused = page.get("errors").is_some();
    let code = page["errors"][0]["extensions"]["code"].as_str().unwrap_or_default().to_owned();
    let status = match code.as_str() {
        "FORBIDDEN" => StatusCode::FORBIDDEN,
        "NOT_FOUND" => StatusCode::NOT_FOUND,
        "INVALID" => StatusCode::BAD_REQUEST,
        _ if !refused => StatusCode::OK,
        other => panic!("{other}: {page:#}"),
    };
    let mut answers = vec![(status, !refused && page["data"]["uses"]["nodes"][0].is_object())];
    for form in ["html", "csv", "jsonl"] {
        let pairs = inquiry
            .as_object()
            .unwrap()
            .iter()
            .map(|(key, value)| (key.clone(), value.as_str().unwrap().to_owned()));
        let response =
            client.get(&format!("/uses.{form}")).query(&pairs.collect::<Vec<_>>()).send().await.unwrap();
        let status = response.status();
        let shown = response.headers().contains_key("content-disposition");
        answers.push((status, shown));
    }
    answers
}

async fn own_id(client: &Client) -> String {
    client.data("{ me { id } }", json!({})).await["me"]["id"].as_str().unwrap().to_owned()
}

async fn somebody_uses_something(app: &App) {
    let reporter = app.person("reporter-energy").await;
    reporter.submit("one-report", &app.house.facts("reporter-energy"), true).await;
}

#[tokio::test]
async fn an_investigator_without_a_case_sees_nothing_and_nobody_their_own_acts() {
    in_each_patient_app(async |app| {
        somebody_uses_something(app).await;
        let officer = app.person("security-officer").await;
        let own = own_id(&officer).await;
        let before = registered(&officer).await;
        for case in ["", "   ", "a\u{7}b", "2026\r\n17", &"9".repeat(61)] {
            for (status, shown) in ask(&officer, &json!({ "case": case })).await {
                assert_eq!((status, shown), (StatusCode::BAD_REQUEST, false), "{case:?}");
            }
        }
        assert!((registered(&officer).await - before).abs() < 0.5, "a mistake is no attempt");
        for (status, shown) in ask(&officer, &json!({ "case": "2026-17", "person": own })).await {
            assert_eq!((status, shown), (StatusCode::FORBIDDEN, false));
        }
        assert!((registered(&officer).await - before - 4.0).abs() < 0.5, "each of four is registered");
        for handle in ["duty-officer", "reporter-energy", "administrator"] {
            let client = app.person(handle).await;
            let before = registered(&officer).await;
            for (status, shown) in ask(&client, &json!({ "case": "2026-17" })).await {
                assert_eq!((status, shown), (StatusCode::NOT_FOUND, false), "{handle}");
            }
            assert!((registered(&officer).await - before - 4.0).abs() < 0.5, "{handle}");
        }
        // What they must be told from: an investigator with a case is shown what others did.
        let answers = ask(&officer, &json!({ "case": "2026-17" })).await;
        assert_eq!(answers, vec![(StatusCode::OK, true); 4]);
    })
    .await;
}
