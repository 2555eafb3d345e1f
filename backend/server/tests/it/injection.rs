//! E8 over HTTP: a criterion reaches the log of use as it was sent, or it is refused; half a character (a lone surrogate, which JSON can
//! write and no text can hold) reaches nothing.

use serde_json::{Value, json};
use varsel_domain::access::UseKind;
use varsel_domain::authz::Scope;
use varsel_storage::access_log::{self, Sought};

use crate::harness::{App, in_each_patient_app};

const USES: &str = "query($inquiry: UseInquiry!) { uses(inquiry: $inquiry) { totalCount } }";

/// Case numbers that would like to be more than that.
const CASES: [&str; 24] = [
    "2026-17\",\"person\":\"person_0",
    "\"}\n{\"position\":0}",
    "1\r\n2026-11-25 INFO forged",
    "\u{1b}[2J",
    "\u{9b}31m",
    "a\0b",
    "\u{202e}71-6202",
    "\u{2066}2026\u{2069}",
    "\u{feff}2026\u{200b}17",
    "=HYPERLINK(\"http://evil\")",
    "'=1",
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1",
    "<script>alert(1)</script>",
    "</td><td>",
    "&lt;b&gt;",
    "{{title}}",
    "\\u202e\\u005c",
    "\\",
    "“2026” 17",
    "🇩🇰\u{ffff}\u{fffd}",
    "' OR '1'='1",
];

/// The case numbers of the log, of those who read it.
async fn logged(app: &App) -> Vec<String> {
    let tx = app.house.services.store.begin(&Scope::nothing()).await.unwrap();
    let sought = Sought { use_kind: Some(UseKind::UsesRead), ..Sought::default() };
    let all = access_log::list(&tx, &sought, None, 1_000).await.unwrap();
    all.into_iter().map(|(_, it)| it.entry.detail["case"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_criterion_is_logged_as_it_was_sent_or_refused() {
    in_each_patient_app(async |app| {
        let officer = app.person("security-officer").await;
        let mut expected = Vec::new();
        for case in CASES {
            let answer = officer.graphql(USES, json!({ "inquiry": { "case": case } })).await;
            if case.contains(char::is_control) {
                assert_eq!(answer["errors"][0]["extensions"]["code"], "INVALID", "{case:?}: {answer}");
            } else {
                assert_eq!(answer.get("errors"), None, "{case:?}: {answer}");
                expected.push(case.to_owned());
            }
        }
        assert_eq!(logged(app).await, expected);
        assert!(expected.len() > 15 && expected.len() < CASES.len());
        // What is no text is no request.
        for half in ["\\ud800", "\\udc00x", "x\\udbff\\u0041", "\\ud83c\\ud83c"] {
            let body = json!({ "query": USES, "variables": { "inquiry": { "case": "HALF" } } }).to_string();
            let body = body.replace("HALF", half);
            let request = officer.post("/graphql").header("content-type", "application/json").body(body);
            let response = request.send().await.unwrap();
            assert_eq!(response.status(), 400, "{half}");
            let answer: Value = response.json().await.unwrap();
            assert!(answer["errors"][0]["message"].is_string(), "{half}: {answer}");
        }
        assert_eq!(logged(app).await, expected);
    })
    .await;
}
