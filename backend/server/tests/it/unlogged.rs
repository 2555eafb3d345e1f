//! Where the log of use cannot be written, the server is out of service and says so (R54): monitors look at the status.

use reqwest::StatusCode;
use serde_json::json;

use crate::harness::in_each_app;
use crate::witness::execute;

#[tokio::test(flavor = "multi_thread")]
async fn where_nothing_can_be_logged_documents_and_files_are_answered_with_503_and_show_nothing() {
    in_each_app(async |app| {
        let (own, _) = app.house.file("reporter-energy", "first-report").await;
        let reporter = app.person("reporter-energy").await;
        let file = format!("/prepared/{}/nis2_dk/early_warning.json", own.id);
        let query = json!({ "query": "query($id: ID!) { incident(id: $id) { number } }", "variables": { "id": own.id } });
        assert_eq!(reporter.get(&file).send().await.unwrap().status(), StatusCode::OK, "the control");
        execute(&app.house, "ALTER TABLE access_entry RENAME TO access_entry_gone").await;
        let document = reporter.post("/graphql").json(&query).send().await.unwrap();
        assert_eq!(document.status(), StatusCode::SERVICE_UNAVAILABLE);
        let text = document.text().await.unwrap();
        assert!(text.contains("NOT_LOGGED") && !text.contains(&own.number), "{text}");
        let download = reporter.get(&file).send().await.unwrap();
        assert_eq!(download.status(), StatusCode::SERVICE_UNAVAILABLE);
        let text = download.text().await.unwrap();
        assert!(text.contains("NOT_LOGGED") && !text.contains(&own.number), "{text}");
        execute(&app.house, "ALTER TABLE access_entry_gone RENAME TO access_entry").await;
        assert_eq!(reporter.get(&file).send().await.unwrap().status(), StatusCode::OK, "it is mended");
    })
    .await;
}
