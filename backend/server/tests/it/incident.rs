//! A report's way through the API: filed, seen by whom the law says, with guidance, and never doubled.

use serde_json::{Value, json};

use crate::harness::{Client, in_each_app};

const INCIDENT: &str = "query($id: ID!) { incident(id: $id) {
    number organisation { name cvr } receivedAt severity { level name { da en } proposed { level because { cite } } confirmation { level } }
    facts { fact { id sensitivity } unknown display { da en } }
    obligations { regime stage status target due recipientIds provisional cite }
    cases { id unit { id } part status nextDue { stage } incident { number } }
    guidance { playbook steps { id html { da en } text { da en } spans { da { href text } } who { da } when { da } sources { name url } } }
    timeline { kind by text { da en } }
    receipt { number factsSha256 next { stage } } assessment { packVersion } } }";

#[tokio::test(flavor = "multi_thread")]
async fn a_report_arrives_in_the_queues_of_its_units() {
    in_each_app(async |app| {
        let reporter = app.person("reporter-energy").await;
        let filed = reporter.submit("into-the-queues", &app.house.facts("reporter-energy"), false).await;
        let routed: Vec<&str> = filed["receipt"]["recipients"].as_array().unwrap().iter()
            .map(|route| route["unit"]["id"].as_str().unwrap()).collect();
        assert!(routed.contains(&"sektorcert") && routed.contains(&"csirt"), "{routed:?}");
        for (handle, unit) in [("officer-sektorcert", "sektorcert"), ("duty-officer", "csirt")] {
            let officer = app.person(handle).await;
            let query = "query($unit: String!) { cases(unit: $unit, filter: {status: [NEW], minSeverity: 1}) {
                totalCount pageInfo { hasNextPage endCursor } edges { cursor node { id part unit { id } incident { number } } } } }";
            let queue = officer.data(query, json!({ "unit": unit })).await;
            assert_eq!(queue["cases"]["totalCount"], 1, "{unit}: {queue:#}");
            let row = &queue["cases"]["edges"][0]["node"];
            assert_eq!((&row["unit"]["id"], &row["incident"]["number"]), (&json!(unit), &filed["incident"]["number"]));
            let case = officer.data("query($id: ID!) { case(id: $id) { version nextDue { stage target } } }", json!({ "id": row["id"] })).await;
            assert_eq!(case["case"]["version"], 1, "{case:#}");
            // The law sends it to the cyber centre; the sector's own unit leads, and so follows the clock as well.
            assert!(case["case"]["nextDue"]["target"].is_string(), "{case:#}");
        }
        let bank = app.person("officer-finanstilsynet").await;
        let queue = bank.data("{ cases(unit: \"ftnet\") { totalCount } }", json!({})).await;
        assert_eq!(queue["cases"]["totalCount"], 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_viewer_sees_the_incident_in_their_own_view() {
    in_each_app(async |app| {
        let reporter = app.person("reporter-energy").await;
        let filed = reporter.submit("own-projection", &app.house.facts("reporter-energy"), false).await;
        let id = &filed["incident"]["id"];
        let own = see(&reporter, id).await;
        assert!(own["receipt"]["factsSha256"].as_str().unwrap().len() == 64 && own["assessment"].is_object());
        assert!(own["timeline"].as_array().unwrap().iter().any(|entry| entry["kind"] == "REPORT_RECEIVED"));
        assert!(!own["guidance"][0]["steps"].as_array().unwrap().is_empty(), "{:#}", own["guidance"]);
        for step in own["guidance"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|playbook| playbook["steps"].as_array().unwrap())
        {
            let (html, text) = (step["html"]["da"].as_str().unwrap(), step["text"]["da"].as_str().unwrap());
            assert!(html.contains('<') && !text.is_empty() && !text.contains("**"), "{step:#}");
        }
        let said: String =
            own["guidance"].as_array().unwrap().iter().map(|it| it["steps"].to_string()).collect();
        for merged in [
            "Kontakt SektorCERT, som leder sagen: ",
            r#"{"href":"https://sektorcert.dk","text":"sektorcert.dk"}"#,
            r#"{"href":"tel:+4533926700","text":"+45 3392 6700"}"#,
            "Senest ",
        ] {
            assert!(said.contains(merged), "{merged}: {said}");
        }
        assert!(!said.contains("{{") && !said.contains(r"\\."), "{said}");
        let theirs = see(&app.person("officer-sektorcert").await, id).await;
        assert!(theirs["receipt"].is_null() && theirs["assessment"].is_null());
        let facts = |incident: &Value| incident["facts"].as_array().unwrap().len();
        assert!(facts(&theirs) > 0 && facts(&theirs) <= facts(&own));
        for case in own["cases"].as_array().unwrap() {
            assert_eq!(case["incident"]["number"], own["number"]);
        }
    })
    .await;
}

async fn see(client: &Client, id: &Value) -> Value {
    client.data(INCIDENT, json!({ "id": id })).await["incident"].take()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_again_returns_the_first_result() {
    in_each_app(async |app| {
        let reporter = app.person("reporter-energy").await;
        let facts = app.house.facts("reporter-energy");
        let first = reporter.submit("the-same-key", &facts, false).await;
        let again = reporter.submit("the-same-key", &facts, false).await;
        assert_eq!((&first["repeated"], &again["repeated"]), (&json!(false), &json!(true)));
        assert_eq!((&first["incident"], &first["receipt"]), (&again["incident"], &again["receipt"]));
        let short = json!({ "input": { "idempotencyKey": "short", "facts": {} } });
        let refused = reporter.graphql(crate::harness::SUBMIT, short).await;
        let extensions = &refused["errors"][0]["extensions"];
        assert_eq!(
            (&extensions["code"], &extensions["field"]),
            (&json!("INVALID"), &json!("idempotencyKey"))
        );
        assert!(extensions["text"]["da"].is_string() && extensions["requestId"].is_string());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn text_that_is_no_id_finds_nothing() {
    in_each_app(async |app| {
        let reporter = app.person("reporter-energy").await;
        let filed = reporter.submit("no-such-ids", &app.house.facts("reporter-energy"), false).await;
        let id = filed["incident"]["id"].as_str().unwrap();
        assert!(id.starts_with("incident_"), "{id}");
        for wrong in ["", "1", &id.replace("incident_", "case_"), &id.replace("incident_", ""), "incident_0"]
        {
            let answer = reporter
                .data(
                    "query($id: ID!) { incident(id: $id) { id } case(id: $id) { id } }",
                    json!({ "id": wrong }),
                )
                .await;
            assert!(answer["incident"].is_null() && answer["case"].is_null(), "{wrong}: {answer}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_paged_and_sizes_are_checked() {
    in_each_app(async |app| {
        let reporter = app.person("reporter-energy").await;
        let facts = app.house.facts("reporter-energy");
        for number in 0..5 {
            reporter.submit(&format!("page-of-reports-{number}"), &facts, false).await;
        }
        let query = "query($after: String) { incidents(first: 2, after: $after) { totalCount nodes { number } pageInfo { hasNextPage hasPreviousPage endCursor } } }";
        let (mut numbers, mut after, mut pages) = (Vec::new(), Value::Null, 0);
        loop {
            let page = reporter.data(query, json!({ "after": after })).await["incidents"].take();
            assert_eq!(page["totalCount"], 5);
            assert_eq!(page["pageInfo"]["hasPreviousPage"], pages > 0);
            numbers.extend(page["nodes"].as_array().unwrap().iter().map(|node| node["number"].to_string()));
            pages += 1;
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = page["pageInfo"]["endCursor"].clone();
        }
        numbers.dedup();
        assert_eq!((numbers.len(), pages), (5, 3));
        for first in [0, -1, 101] {
            let answer = reporter.graphql(&format!("{{ incidents(first: {first}) {{ totalCount }} }}"), json!({})).await;
            assert_eq!(answer["errors"][0]["extensions"]["code"], "INVALID", "{first}: {answer}");
        }
        let answer = reporter.graphql("{ incidents(after: \"not a cursor\") { totalCount } }", json!({})).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "INVALID", "{answer}");
    })
    .await;
}
