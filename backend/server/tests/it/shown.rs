//! The log of use tells what was shown: of a list the rows of the page that was asked for, and of one that was only counted no row.

use chrono::TimeDelta;
use serde_json::{Value, json};
use varsel_services::domain::access::{AccessEntry, UseKind};
use varsel_services::domain::authz::Scope;
use varsel_storage::access_log::{self, Sought};

use crate::harness::{App, in_each_app};

/// What the log holds after the first `known` entries.
async fn logged(app: &App, known: usize) -> Vec<AccessEntry> {
    let tx = app.house.services.store.begin(&Scope::system()).await.unwrap();
    let all = access_log::list(&tx, &Sought::default(), None, 10_000).await.unwrap();
    let uses = all.into_iter().map(|(_, it)| it.entry).filter(|it| it.use_kind != UseKind::Heartbeat);
    uses.skip(known).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn of_32_hits_the_10_that_were_shown_and_the_1_that_was_opened_are_logged_with_their_times() {
    in_each_app(async |app| {
        let reporter = app.person("reporter-energy").await;
        let facts = app.house.facts("reporter-energy");
        for number in 0..32 {
            let filed = reporter.submit(&format!("hit-number-{number}"), &facts, true).await;
            assert_eq!(filed["__typename"], "ReportSubmitted", "{filed:#}");
        }
        let officer = app.person("officer-sektorcert").await;
        let known = logged(app, 0).await.len();
        let listed_at = app.house.now();
        let list = "{ cases(unit: \"sektorcert\", filter: {text: \" NORDVIND  elnet\"}, first: 10) {
            totalCount nodes { id incident { id } } } }";
        let found = officer.data(list, json!({})).await["cases"].take();
        assert_eq!((&found["totalCount"], found["nodes"].as_array().unwrap().len()), (&json!(32), 10));
        app.house.advance(TimeDelta::minutes(3));
        let id = &found["nodes"][4]["incident"]["id"];
        let opened = officer
            .data("query($id: ID!) { incident(id: $id) { number timeline { kind } } }", json!({ "id": id }))
            .await;
        assert!(opened["incident"]["number"].is_string());

        let entries = logged(app, known).await;
        let searches: Vec<_> = entries.iter().filter(|it| it.incident.is_none()).collect();
        assert_eq!(searches.len(), 1, "{searches:#?}");
        let detail = &searches[0].detail;
        assert_eq!((&detail["text"], &detail["shown"]), (&json!("nordvind elnet"), &json!(10)));
        let rows =
            entries.iter().filter(|it| it.use_kind == UseKind::Listed && it.detail.get("case").is_some());
        let rows: Vec<_> = rows.map(|it| (it.at, it.detail["case"].clone())).collect();
        let shown: Vec<_> =
            found["nodes"].as_array().unwrap().iter().map(|node| (listed_at, node["id"].clone())).collect();
        assert_eq!(rows, shown);
        let whole: Vec<_> = entries.iter().filter(|it| it.use_kind == UseKind::Opened).collect();
        assert_eq!(whole.len(), 1, "{whole:#?}");
        let (at, incident) = (whole[0].at, whole[0].incident.map(|id| json!(id)));
        assert_eq!((at, incident.as_ref()), (listed_at + TimeDelta::minutes(3), Some(id)));
        assert_eq!(whole[0].detail["parts"], json!(["number", "timeline"]));
    })
    .await;
}

/// The lists, who may see them, and what of each row stands in the log where it is shown.
const LISTS: [(&str, &str, &str); 8] = [
    ("officer-sektorcert", "cases(unit: \"sektorcert\", filter: {text: \"Nordvind\"})", "rows"),
    ("reporter-energy", "incidents", "rows"),
    ("administrator", "authorisations(filter: {text: \"Mads\"})", "shown"),
    ("administrator", "changes", "changes"),
    ("administrator", "reviews", "reviews"),
    ("security-officer", "rejectedAttempts", "attempts"),
    ("security-officer", "attemptBlocks", "blocks"),
    ("security-officer", "uses(inquiry: {case: \"2026-17\"})", "shown"),
];

/// How many rows the entries say were shown.
fn rows(entries: &[AccessEntry], named: &str) -> usize {
    if named == "rows" {
        return entries.iter().filter(|it| it.incident.is_some()).count();
    }
    let shown = |it: &AccessEntry| match &it.detail[named] {
        Value::Array(ids) => ids.len(),
        number => number.as_u64().map_or(0, |number| usize::try_from(number).unwrap()),
    };
    entries.iter().map(shown).sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_was_only_counted_leaves_the_criterion_and_the_count_and_no_row() {
    in_each_app(async |app| {
        let reporter = app.person("reporter-energy").await;
        reporter.submit("only-counted", &app.house.facts("reporter-energy"), true).await;
        // One who may not: an attempt that was rejected.
        reporter.graphql("{ changes { totalCount } }", json!({})).await;
        for (handle, list, named) in LISTS {
            let client = app.person(handle).await;
            for counting in [
                "totalCount",
                "totalCount pageInfo { hasNextPage }",
                "totalCount nodes @skip(if: true) { __typename }",
            ] {
                let known = logged(app, 0).await.len();
                let found = client.data(&format!("{{ list: {list} {{ {counting} }} }}"), json!({})).await;
                let entries = logged(app, known).await;
                assert_eq!(entries.len(), 1, "{list} {counting}: {entries:#?}");
                assert_eq!(entries[0].detail["counted"], found["list"]["totalCount"], "{list} {counting}");
                assert_eq!(rows(&entries, named), 0, "{list} {counting}: {entries:#?}");
            }
            // A cursor is made of a row.
            for showing in ["nodes { __typename }", "edges { cursor }", "pageInfo { endCursor }"] {
                let known = logged(app, 0).await.len();
                let document = format!("{{ list: {list} {{ totalCount {showing} }} }}");
                let found = client.data(&document, json!({})).await["list"]["totalCount"].as_u64().unwrap();
                let entries = logged(app, known).await;
                let shown = usize::try_from(found.min(20)).unwrap();
                assert_eq!(rows(&entries, named), shown, "{list} {showing}: {entries:#?}");
                assert!(entries.iter().all(|it| it.detail.get("counted").is_none()), "{list} {showing}");
            }
        }
        let sought = logged(app, 0).await;
        for text in ["nordvind", "mads"] {
            let found =
                sought.iter().any(|it| it.detail["text"] == text || it.detail["filter"]["text"] == text);
            assert!(found, "{text}");
        }
    })
    .await;
}
