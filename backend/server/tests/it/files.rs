//! Files behind the sign-in: this site's own pages get them, to be saved; no page of another site can embed, read or open one.

use chrono::TimeDelta;
use serde_json::json;
use varsel_services::testing::mails_in;
use varsel_services::{job, review};

use crate::harness::{App, header, in_each_app};
use crate::prepared;

/// Every file there is, and somebody who may have it.
async fn files(app: &App) -> Vec<(&'static str, String)> {
    let services = &app.house.services;
    let mails = tempfile::tempdir().unwrap();
    review::schedule(services).await.unwrap();
    app.house.advance(TimeDelta::days(190));
    while job::run_due(services, &mails_in(mails.path())).await.unwrap() > 0 {}
    let auditor = app.person("security-officer").await;
    let reviews = auditor.data("{ reviews(first: 1) { nodes { id } } }", json!({})).await;
    let review = reviews["reviews"]["nodes"][0]["id"].as_str().unwrap().to_owned();
    let report = format!("/prepared/{}/cra_incident/early_warning", prepared::filed(app).await);
    let mut files = vec![
        ("security-officer", format!("/reviews/{review}.csv")),
        ("security-officer", "/authorisations.csv".to_owned()),
    ];
    files.extend(
        ["html", "csv", "jsonl"].map(|form| ("security-officer", format!("/uses.{form}?case=2026-17"))),
    );
    files.extend(["html", "json", "txt"].map(|form| ("administrator", format!("/compliance-report.{form}"))));
    files.extend(["json", "da.txt", "en.txt"].map(|form| ("reporter-energy", format!("{report}.{form}"))));
    files
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_of_another_site_gets_a_file_and_no_file_is_shown_in_place() {
    in_each_app(async |app| {
        for (handle, path) in files(app).await {
            let client = app.person(handle).await;
            let own = client.get(&path).header("sec-fetch-site", "same-origin").send().await.unwrap();
            assert_eq!(own.status(), 200, "{path}");
            let headers = own.headers();
            for (name, expected) in [
                ("cross-origin-resource-policy", "same-origin"),
                ("x-content-type-options", "nosniff"),
                ("x-frame-options", "DENY"),
                ("cache-control", "no-store"),
                ("access-control-allow-origin", ""),
            ] {
                assert_eq!(header(headers, name), expected, "{path}: {name}");
            }
            assert!(header(headers, "content-disposition").starts_with("attachment; filename="), "{path}");
            // Browsers do not send the session's cookie along; here it is, as if one did.
            for (name, value) in [
                ("sec-fetch-site", "cross-site"),
                ("sec-fetch-site", "same-site"),
                ("origin", "https://evil.example"),
                ("origin", "null"),
            ] {
                let embedded = client.get(&path).header(name, value).send().await.unwrap();
                assert_eq!(embedded.status(), 403, "{path}: {name}: {value}");
                assert_eq!(header(embedded.headers(), "content-disposition"), "", "{path}: {name}: {value}");
            }
        }
    })
    .await;
}
