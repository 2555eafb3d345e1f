//! How long data is kept, over HTTP: an incident is held by two, and the page says so, in numbers and in words.

use serde_json::{Value, json};
use varsel_services::domain::retention::Kind;
use varsel_services::{demo, retention};

use crate::harness::{App, in_each_app};

const READ: &str = "{ retention { nextRunAt
    lines { kind holds { da en } basis { en } countedFrom { en } period unit holdable due overdue oldest }
    held { number reason since until proposedBy approvedBy changeId }
    runs { beganAt endedAt erased { kind count } held overdue } } }";
const HOLD: &str = "mutation($input: ProposeHoldInput!) { proposeHold(input: $input) { __typename
    ... on ChangeProposed { change { id payloadSha256 title { en } } } ... on ChangeRefused { code } } }";
const KEPT: &str =
    "{ retention { keptUses { personName from to reason since until proposedBy approvedBy changeId } } }";
const KEEP: &str = "mutation($input: ProposeKeepingUsesInput!) { answer: proposeKeepingUses(input: $input) { __typename
    ... on ChangeProposed { change { id kind payloadSha256 title { da en } } } ... on ChangeRefused { code message { en } } } }";
const RELEASE: &str = "mutation($input: ProposeReleasingUsesInput!) { answer: proposeReleasingUses(input: $input) { __typename
    ... on ChangeProposed { change { id kind payloadSha256 title { en } } } ... on ChangeRefused { code } } }";
const APPROVE: &str = "mutation($input: ApproveChangeInput!) { approveChange(input: $input) { __typename } }";
const REASON: &str = "The police have asked for it in case 0042.";

/// Two administrators hold an incident; the id of the change.
async fn hold(app: &App, number: &str, until: &str) -> Value {
    let input = json!({ "input": { "number": number, "until": until, "reason": REASON } });
    let proposed = app.person("administrator").await.data(HOLD, input).await;
    let change = &proposed["proposeHold"]["change"];
    let approval = json!({ "input": { "id": change["id"], "payloadSha256": change["payloadSha256"] } });
    let approved = app.person("administrator-second").await.data(APPROVE, approval).await;
    assert_eq!(approved["approveChange"]["__typename"], "ChangeDecided", "{proposed}");
    change["id"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_tells_what_is_kept_what_is_held_and_what_was_erased() {
    in_each_app(async |app| {
        let (own, _) = app.house.file("reporter-energy", "one-report").await;
        let change = hold(app, &own.number, "2027-11-25T23:00:00Z").await;
        retention::schedule(&app.house.services).await.unwrap();
        retention::erase(&app.house.services, "test").await.unwrap();
        for reader in ["administrator", "security-officer"] {
            let told = app.person(reader).await.data(READ, json!({})).await["retention"].clone();
            let lines = told["lines"].as_array().unwrap();
            assert_eq!(lines.len(), Kind::ALL.len());
            let incidents = &lines[0];
            assert_eq!(
                (&incidents["kind"], &incidents["period"], &incidents["unit"], &incidents["holdable"]),
                (&json!("INCIDENTS"), &json!(60), &json!("MONTHS"), &json!(true))
            );
            let sessions = lines.iter().find(|line| line["kind"] == "SESSIONS").unwrap();
            assert_eq!((&sessions["period"], &sessions["unit"]), (&json!(30), &json!("DAYS")));
            assert!(lines.iter().all(|line| line["overdue"] == 0.0 && line["due"] == 0.0), "{lines:#?}");
            let [held] = told["held"].as_array().unwrap().as_slice() else { panic!("{told:#}") };
            assert_eq!((&held["number"], &held["reason"]), (&json!(own.number), &json!(REASON)));
            assert_eq!((&held["until"], &held["changeId"]), (&json!("2027-11-25T23:00:00+00:00"), &change));
            let [run] = told["runs"].as_array().unwrap().as_slice() else { panic!("{told:#}") };
            assert_eq!((&run["held"], &run["overdue"]), (&json!(1.0), &json!(0.0)));
            assert!(told["nextRunAt"].is_string());
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_investigator_reads_in_words_who_saw_that_an_incident_is_held() {
    in_each_app(async |app| {
        let (own, _) = app.house.file("reporter-energy", "one-report").await;
        hold(app, &own.number, "2027-11-25T23:00:00Z").await;
        app.person("administrator").await.data(READ, json!({})).await;
        let query = "query($inquiry: UseInquiry!) { uses(inquiry: $inquiry, first: 100) { nodes { sentence { da en } } } }";
        let inquiry = json!({ "case": "2026-17", "incident": own.number, "kind": "RETENTION_READ" });
        let found = app.person("security-officer").await.data(query, json!({ "inquiry": inquiry })).await;
        let [node] = found["uses"]["nodes"].as_array().unwrap().as_slice() else { panic!("{found:#}") };
        let (da, en) = (node["sentence"]["da"].as_str().unwrap(), node["sentence"]["en"].as_str().unwrap());
        assert!(da.contains(&format!("så, at hændelsen {} (", own.number)), "{da}");
        assert!(en.contains(&format!("(administrator) was shown that incident {} (", own.number)), "{en}");
        assert!(en.contains("is held beyond its deadline"), "{en}");
        let all = json!({ "case": "2026-17", "kind": "RETENTION_READ" });
        let found = app.person("security-officer").await.data(query, json!({ "inquiry": all })).await;
        let nodes = found["uses"]["nodes"].as_array().unwrap();
        assert!(
            nodes.len() == 2 && nodes.iter().any(|it| it["sentence"]["en"].as_str().unwrap().contains("how long data is kept, and what was erased: held 1")),
            "{found:#}"
        );
    })
    .await;
}

/// A second administrator approves what was proposed; its id.
async fn approve(app: &App, proposed: &Value) -> Value {
    let change = &proposed["answer"]["change"];
    let approval = json!({ "input": { "id": change["id"], "payloadSha256": change["payloadSha256"] } });
    let approved = app.person("administrator-second").await.data(APPROVE, approval).await;
    assert_eq!(approved["approveChange"]["__typename"], "ChangeDecided", "{proposed}");
    change["id"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_of_the_log_are_kept_by_two_and_let_go_by_two() {
    in_each_app(async |app| {
        let person = demo::find(&app.house.services, "officer-sektorcert").await.unwrap().id;
        let administrator = app.person("administrator").await;
        let propose = async |until: &str| {
            let input = json!({ "person": person, "from": "2026-10-31T23:00:00Z", "to": "2026-11-20T23:00:00Z",
                "until": until, "reason": REASON });
            administrator.data(KEEP, json!({ "input": input })).await
        };
        let leap = json!({ "input": { "person": person, "from": "2016-12-31T23:59:60Z", "to": "2026-11-20T23:00:00Z",
            "until": "2026-12-20T23:00:00Z", "reason": REASON } });
        let refused = administrator.graphql(KEEP, leap).await;
        assert!(refused.to_string().contains("a leap second"), "{refused}");
        let refused = propose("2031-10-31T23:00:01Z").await;
        assert_eq!(refused["answer"]["code"], "KEEP_END");
        assert!(refused["answer"]["message"]["en"].as_str().unwrap().contains("at most five years"));
        let proposed = propose("2031-10-31T23:00:00Z").await;
        let change = &proposed["answer"]["change"];
        let title = "Keep the log entries of what Mads Krogh did in a period, until 2031-10-31";
        assert_eq!((&change["kind"], &change["title"]["en"]), (&json!("KEEP_USES"), &json!(title)));
        let id = approve(app, &proposed).await;
        for reader in ["administrator", "security-officer"] {
            let told = app.person(reader).await.data(KEPT, json!({})).await["retention"].clone();
            let [kept] = told["keptUses"].as_array().unwrap().as_slice() else { panic!("{told:#}") };
            assert_eq!((&kept["personName"], &kept["reason"]), (&json!("Mads Krogh"), &json!(REASON)));
            assert_eq!((&kept["changeId"], &kept["until"]), (&id, &json!("2031-10-31T23:00:00+00:00")));
        }
        let input = json!({ "input": { "person": person, "reason": "The case is closed." } });
        let released = administrator.data(RELEASE, input.clone()).await;
        assert_eq!(released["answer"]["change"]["kind"], "RELEASE_USES");
        approve(app, &released).await;
        let told = administrator.data(KEPT, json!({})).await;
        assert_eq!(told["retention"]["keptUses"], json!([]));
        assert_eq!(administrator.data(RELEASE, input).await["answer"]["code"], "NOT_KEPT");
    })
    .await;
}
