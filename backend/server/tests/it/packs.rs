//! Versions of the rules through the edges: received, read, proposed, published.

use chrono::TimeDelta;
use serde_json::{Value, json};
use varsel_services::testing::edited;

use crate::harness::{App, Client, in_each_app};

async fn send(client: &Client, body: &Value) -> (u16, Value) {
    let response = client.post("/packs").json(body).send().await.unwrap();
    (response.status().as_u16(), response.json().await.unwrap())
}

fn next() -> Value {
    json!({ "files": edited(&[("pack.yaml", "version: \"2026.1\"", "version: \"2026.3\"")]) })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_is_received_from_administrators_only_and_a_broken_one_is_named_by_line() {
    in_each_app(async |app| {
        let administrator = app.person("administrator").await;
        let (status, first) = send(&administrator, &next()).await;
        assert_eq!((status, &first["version"]), (200, &json!("2026.3")), "{first}");
        assert_eq!(send(&administrator, &next()).await, (200, first), "the same again");

        let broken = json!({ "files": edited(&[("regimes/gdpr_33.yaml", "count: 72", "count: none")]) });
        let (status, answer) = send(&administrator, &broken).await;
        let problem = &answer["problems"][0];
        assert_eq!((status, &problem["file"]), (422, &json!("regimes/gdpr_33.yaml")), "{answer}");
        assert!(problem["line"].as_u64().unwrap() > 0 && problem["message"].is_string(), "{problem}");
        assert_eq!(problem["text"]["en"], problem["message"]);
        assert_eq!(problem["text"]["da"], "værdien passer ikke: skriv et helt tal fra 0 til 65535");
        let old = json!({ "files": edited(&[("regimes/gdpr_33.yaml", "count: 72", "count: 71")]) });
        let (_, answer) = send(&administrator, &old).await;
        let said = &answer["problems"][0]["text"]["da"];
        assert!(said.as_str().unwrap().contains("en version ændres aldrig"), "{answer}");
        let (status, answer) = send(&administrator, &json!({ "file": {} })).await;
        assert_eq!((status, &answer["code"]), (400, &json!("INVALID")));

        let (status, answer) = send(&app.nobody(), &next()).await;
        assert_eq!((status, &answer["code"]), (401, &json!("SIGN_IN_REQUIRED")));
        let (status, answer) = send(&app.person("officer-sektorcert").await, &next()).await;
        assert_eq!((status, &answer["code"]), (403, &json!("FORBIDDEN")));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_sites_page_another_type_and_too_much_are_refused() {
    in_each_app(async |app| {
        let client = app.person("administrator").await;
        let post = || client.post("/packs").json(&next());
        let foreign = post().header("origin", "https://evil.example").send().await.unwrap();
        assert_eq!(foreign.status(), 403);
        let text =
            client.post("/packs").header("content-type", "text/plain").body("{}").send().await.unwrap();
        assert_eq!(text.status(), 415);
        let large = json!({ "files": { "pack.yaml": "x".repeat(4 * 1024 * 1024) } });
        assert_eq!(send(&client, &large).await.0, 413);
    })
    .await;
}

const BROWSE: &str = "{ pack { version draft name { da en }
    regimes { id name { en } confidence legalBasis { cite url } explanation { da en }
              stages { id name { en } clock { da en } recipients cite } }
    sectors { id name { en } subsectors { id unit { id } authority { id name { en } } regimes source confidence } }
    routes { role { en } basis { en } units { id } cite }
    units { id hours { en } source confidence }
    playbooks { id version title { en } steps { id html { da en } sources { name url } confidence } askFirst { en } worseIf { en } } } }";

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_version_is_browsed_in_one_request() {
    in_each_app(async |app| {
        let pack = app.nobody().data(BROWSE, json!({})).await["pack"].take();
        assert!(pack["regimes"].as_array().unwrap().len() >= 18);
        let gdpr = pack["regimes"].as_array().unwrap().iter().find(|it| it["id"] == "gdpr_33").unwrap();
        let page = gdpr["explanation"]["da"].as_str().unwrap();
        assert!(page.contains("<h2>") && page.contains("<table>") && page.contains("72 timer"), "{page}");
        assert_eq!(gdpr["stages"][0]["recipients"], json!(["datatilsynet"]));
        assert_eq!(gdpr["confidence"], "primary");
        assert!(
            pack["sectors"].as_array().unwrap().len() > 5 && pack["routes"].as_array().unwrap().len() > 10
        );
        assert!(!pack["playbooks"].to_string().contains("{{"), "steps are read as for any incident");
    })
    .await;
}

const PROPOSE: &str =
    "mutation($input: ProposePackVersionInput!) { proposePackVersion(input: $input) { __typename
    ... on ChangeProposed { change { id payloadSha256 packVersion { version status } } }
    ... on ChangeRefused { code } } }";
const APPROVE: &str = "mutation($input: ApproveChangeInput!) { approveChange(input: $input) { __typename
    ... on ChangeDecided { change { packVersion { status inForceFrom } } } ... on ChangeRefused { code } } }";

async fn published(app: &App) {
    let input = json!({
        "version": "2026.2", "inForceFrom": (app.house.now() + TimeDelta::minutes(10)).to_rfc3339(),
        "reason": "The periods have changed.",
    });
    let first = app.person("administrator").await;
    let proposed = first.data(PROPOSE, json!({ "input": input })).await["proposePackVersion"].take();
    assert_eq!(proposed["change"]["packVersion"]["status"], "PROPOSED", "{proposed}");
    let read = "{ packVersion(version: \"2026.2\") { status change { id approvable } \
                comparison { against incidents changedIncidents items { what { da } } effects { what { en } incidents } } } }";
    let second = app.person("administrator-second").await;
    let seen = second.data(read, json!({})).await["packVersion"].take();
    assert_eq!(seen["change"]["approvable"], true, "{seen}");
    assert_eq!(seen["comparison"]["incidents"], 1, "{seen}");
    let change = &proposed["change"];
    let input = json!({ "id": change["id"], "payloadSha256": change["payloadSha256"] });
    let decided = second.data(APPROVE, json!({ "input": input })).await["approveChange"].take();
    assert_eq!(decided["change"]["packVersion"]["status"], "SCHEDULED", "{decided}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_is_published_by_two_and_the_lead_assesses_anew() {
    in_each_app(async |app| {
        let facts = app.house.facts("reporter-energy");
        let filed = app.person("reporter-energy").await.submit("before-the-new-law", &facts, false).await;
        let id = filed["incident"]["id"].clone();
        published(app).await;
        app.house.advance(TimeDelta::minutes(10));
        let pack = app.nobody().data("{ pack { version } packVersions { version status } }", json!({})).await;
        assert_eq!(pack["pack"]["version"], "2026.2", "{pack}");
        let lead = app.person("officer-sektorcert").await;
        let read = "query($id: ID!) { incident(id: $id) { packVersion reassessable }
                    reassessment(incident: $id) { from to changes { what { da en } before { en } after { en } } } }";
        let seen = lead.data(read, json!({ "id": id })).await;
        assert_eq!(seen["incident"], json!({ "packVersion": "2026.1", "reassessable": true }));
        assert_eq!(seen["reassessment"]["to"], "2026.2");
        let reassess = "mutation($input: ReassessIncidentInput!) { reassessIncident(input: $input) { __typename
                        ... on IncidentReassessed { incident { packVersion reassessable timeline { kind } } } } }";
        let input = json!({ "incident": id, "packVersion": "2026.2" });
        let done = lead.data(reassess, json!({ "input": input })).await["reassessIncident"].take();
        assert_eq!(done["incident"]["packVersion"], "2026.2", "{done}");
        let kinds = done["incident"]["timeline"].as_array().unwrap();
        assert!(kinds.iter().any(|it| it["kind"] == "REASSESSED"), "{done}");

        // Trying older and draft law: whoever may know of a version may assess under it.
        let tried = "query($facts: JSON!, $version: String) { assess(facts: $facts, packVersion: $version) { packVersion } }";
        let old = app.nobody().data(tried, json!({ "facts": {}, "version": "2026.1" })).await;
        assert_eq!(old["assess"]["packVersion"], "2026.1");
        let unknown = app.nobody().graphql(tried, json!({ "facts": {}, "version": "2026.9" })).await;
        assert_eq!(unknown["errors"][0]["extensions"]["field"], "packVersion", "{unknown}");
    })
    .await;
}
