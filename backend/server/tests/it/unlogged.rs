//! Where the log of use cannot be written, the server is out of service and says so (R54): monitors look at the status.

use reqwest::{Response, StatusCode};
use serde_json::json;

use crate::harness::in_each_app;
use crate::prepared::filed;
use crate::witness::execute;

/// Nothing is shown, and the reason is named.
async fn is_refused(answer: Response) {
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    let text = answer.text().await.unwrap();
    assert!(text.contains("NOT_LOGGED") && !text.contains("V-2026-"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nothing_can_be_logged_documents_and_files_are_answered_with_503_and_show_nothing() {
    in_each_app(async |app| {
        let id = filed(app).await;
        let reporter = app.person("reporter-energy").await;
        let file = format!("/prepared/{id}/cra_incident/early_warning.json");
        let query =
            json!({ "query": "query($id: ID!) { incident(id: $id) { number } }", "variables": { "id": id } });
        let download = async || reporter.get(&file).send().await.unwrap();
        assert_eq!(download().await.status(), StatusCode::OK, "the control");
        execute(&app.house, "ALTER TABLE access_entry RENAME TO access_entry_gone").await;
        is_refused(reporter.post("/graphql").json(&query).send().await.unwrap()).await;
        is_refused(download().await).await;
        execute(&app.house, "ALTER TABLE access_entry_gone RENAME TO access_entry").await;
        assert_eq!(download().await.status(), StatusCode::OK, "it is mended");
    })
    .await;
}
