//! The severity of an incident, confirmed over HTTP.

use serde_json::{Value, json};

use crate::harness::{Client, in_each_app};

const CONFIRM: &str = "mutation($input: ConfirmSeverityInput!) { confirmSeverity(input: $input) { __typename
    ... on SeverityConfirmed { incident { severity { level confirmation { level outdated by justification unit { id } } } } }
    ... on SeverityConflict { incident { severity { level } } message { da en } }
    ... on SeverityRefused { field message { da en } } } }";
const READ: &str = "query($id: ID!) { incident(id: $id) { severity { level name { da } confirmable
    proposed { level because { text { da } } } confirmation { level by justification unit { id } } scale { level meaning { da } } } } }";

async fn confirm(
    client: &Client,
    incident: &Value,
    (level, proposal): (i64, i64),
    seen: i64,
    why: &str,
) -> Value {
    let input = json!({
        "incident": incident, "level": level, "justification": why,
        "expectedConfirmations": seen, "expectedProposal": proposal,
    });
    client.data(CONFIRM, json!({ "input": input })).await["confirmSeverity"].take()
}

async fn read(client: &Client, incident: &Value) -> Value {
    client.data(READ, json!({ "id": incident })).await["incident"]["severity"].take()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_lead_confirms_and_every_answer_is_data_in_both_languages() {
    in_each_app(async |app| {
        let reporter = app.person("reporter-energy").await;
        let filed = reporter.submit("severity-first", &app.house.facts("reporter-energy"), false).await;
        let (id, officer) = (filed["incident"]["id"].clone(), app.person("officer-sektorcert").await);
        let before = read(&officer, &id).await;
        assert_eq!((&before["confirmation"], &before["confirmable"]), (&Value::Null, &json!(true)));
        assert_eq!(before["scale"].as_array().unwrap().len(), 6);
        let proposed = before["proposed"]["level"].as_i64().unwrap();

        for (level, why, field) in
            [(9, "", "level"), (-1, "", "level"), (proposed - 1, "nej", "justification")]
        {
            let refused = confirm(&officer, &id, (level, proposed), 0, why).await;
            assert_eq!(refused["field"], field, "{refused}");
            assert!(refused["message"]["da"].is_string() && refused["message"]["en"].is_string());
        }
        let done = confirm(&officer, &id, (proposed, proposed), 0, "").await;
        assert_eq!(done["incident"]["severity"]["confirmation"]["by"], "Mads Krogh", "{done}");
        let late = confirm(&officer, &id, (proposed - 1, proposed), 0, "Kun to områder er ramt.").await;
        assert_eq!(late["__typename"], "SeverityConflict", "{late}");
        assert!(late["message"]["en"].as_str().unwrap().starts_with("Mads Krogh set the severity to "));
        let again = confirm(&officer, &id, (proposed - 1, proposed), 1, "Kun to områder er ramt.").await;
        assert_eq!(again["incident"]["severity"]["level"], proposed - 1, "{again}");

        let seen = read(&reporter, &id).await;
        let made = &seen["confirmation"];
        assert_eq!((&seen["level"], &made["unit"]["id"]), (&json!(proposed - 1), &json!("sektorcert")));
        assert_eq!((&made["by"], &made["justification"]), (&Value::Null, &Value::Null), "{made}");
        assert_eq!(seen["confirmable"], false);
    })
    .await;
}
