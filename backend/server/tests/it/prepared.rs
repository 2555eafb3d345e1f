//! Reports that are filed elsewhere: prepared, downloaded by those who reported, and by nobody else.

use serde_json::{Value, json};

use crate::harness::{App, header, in_each_app};

/// What a manufacturer tells of a severe incident at a product; the names are those of its form.
fn facts(app: &App) -> Value {
    let mut facts = app.house.facts("reporter-energy");
    let product = json!({
        "org.manufacturer": true, "product.severe_incident": true,
        "product.exploited_vulnerability": false, "product_identity": "Nordvind Gateway 4, <b>firmware</b> 2.1",
        "product_member_states": "unknown",
    });
    facts.as_object_mut().unwrap().extend(product.as_object().unwrap().clone());
    facts
}

pub(crate) async fn filed(app: &App) -> String {
    let client = app.person("reporter-energy").await;
    let outcome = client.submit("a-product-of-ours", &facts(app), true).await;
    outcome["incident"]["id"].as_str().unwrap_or_else(|| panic!("{outcome:#}")).to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_reporter_downloads_the_report_in_words_and_for_programs() {
    in_each_app(async |app| {
        let id = filed(app).await;
        let client = app.person("reporter-energy").await;
        let path = format!("/prepared/{id}/cra_incident/early_warning");
        let response = client.get(&format!("{path}.json")).send().await.unwrap();
        assert_eq!(response.status(), 200);
        let headers = response.headers().clone();
        let disposition = header(&headers, "content-disposition");
        assert!(disposition.starts_with("attachment; filename=\"V-2026-"), "{disposition}");
        assert!(disposition.ends_with("-cra_incident-early_warning.json\""), "{disposition}");
        assert_eq!(header(&headers, "x-content-type-options"), "nosniff");
        assert_eq!(header(&headers, "cache-control"), "no-store");
        let report: Value = response.json().await.unwrap();
        as_described(&report);
        assert_eq!(report["format"], "varsel-prepared-report/1");
        assert_eq!(report["file_at"]["id"], "enisa");
        assert!(report["target"].is_string() && report["due"].is_string(), "{report:#}");
        let field = |id: &str| {
            let fields = report["fields"].as_array().unwrap();
            fields.iter().find(|field| field["fact"] == id).unwrap_or_else(|| panic!("{id}: {report:#}"))
        };
        let suspected = field("incident.suspected_malicious");
        let told =
            (&suspected["need"], &suspected["state"], &suspected["value"], &suspected["display"]["da"]);
        assert_eq!(told, (&json!("required"), &json!("answered"), &json!(true), &json!("Ja")));
        assert_eq!(field("product_member_states")["state"], "not_known");
        assert_eq!(field("product.aware_at")["state"], "missing");
        assert_eq!(
            report["fields"].as_array().unwrap().len(),
            4,
            "the matrix of the stage, and no other fact"
        );

        for (language, heading, word) in
            [("da", "Tidlig varsling – ", "IKKE indsendt"), ("en", "Early warning – ", "NOT filed")]
        {
            let response = client.get(&format!("{path}.{language}.txt")).send().await.unwrap();
            assert_eq!(header(response.headers(), "content-type"), "text/plain; charset=utf-8");
            assert!(header(response.headers(), "content-disposition").starts_with("attachment; "));
            let text = response.text().await.unwrap();
            assert!(text.starts_with(heading) && text.contains(word), "{text}");
            assert!(text.contains(")\r\nNordvind Gateway 4, <b>firmware</b> 2.1\r\n"), "{text}");
        }
    })
    .await;
}

/// Every object has the fields that its schema has, and no other.
fn as_described(report: &Value) {
    let schema: Value =
        serde_json::from_str(include_str!("../../../../schema/prepared-report.schema.json")).unwrap();
    let names = |value: &Value| {
        let mut names: Vec<_> = value.as_object().unwrap().keys().cloned().collect();
        names.sort();
        names
    };
    assert_eq!(names(report), names(&schema["properties"]));
    let definitions = &schema["$defs"];
    for (kind, value) in [
        ("Organisation", &report["organisation"]),
        ("Pack", &report["pack"]),
        ("Regime", &report["regime"]),
        ("Basis", &report["regime"]["legal_basis"][0]),
        ("Stage", &report["stage"]),
        ("Place", &report["file_at"]),
        ("Field", &report["fields"][0]),
        ("Words", &report["fields"][0]["label"]),
    ] {
        assert_eq!(names(value), names(&definitions[kind]["properties"]), "{kind}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_gets_it_nor_learns_that_it_is_there() {
    in_each_app(async |app| {
        let id = filed(app).await;
        let path = format!("/prepared/{id}/cra_incident/early_warning.json");
        assert_eq!(app.nobody().get(&path).send().await.unwrap().status(), 401);
        for handle in ["reporter-bank", "officer-sektorcert", "duty-officer", "administrator"] {
            let answer = app.person(handle).await.get(&path).send().await.unwrap();
            assert_eq!(answer.status(), 404, "{handle}");
        }
        let reporter = app.person("reporter-energy").await;
        for none in [
            format!("/prepared/{id}/nis2_energy_dk/early_warning.json"),
            format!("/prepared/{id}/cra_incident/none.json"),
            format!("/prepared/{id}/cra_vuln/early_warning.json"),
            format!("/prepared/{id}/cra_incident/early_warning.de.txt"),
            "/prepared/incident_none/cra_incident/early_warning.json".to_owned(),
        ] {
            assert_eq!(reporter.get(&none).send().await.unwrap().status(), 404, "{none}");
        }
    })
    .await;
}
