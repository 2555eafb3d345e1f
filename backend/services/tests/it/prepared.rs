//! Reports that are filed elsewhere: who gets them prepared, and what the access log says of it.

use serde_json::json;
use varsel_domain::rules::StageRef;
use varsel_services::report::{SubmitOutcome, SubmitReport, prepared, submit};
use varsel_services::testing::in_each_house;

use crate::rows::uses;

#[tokio::test]
async fn a_prepared_report_has_the_facts_of_its_stage_and_is_logged_by_their_names() {
    in_each_house(async |house| {
        let request = house.request("reporter-energy").await;
        let mut facts = house.facts("reporter-energy");
        let product = json!({
            "org.manufacturer": true, "product.severe_incident": true, "product.exploited_vulnerability": false, "product_identity": "Gateway 4",
        });
        facts.as_object_mut().unwrap().extend(product.as_object().unwrap().clone());
        let report = SubmitReport {
            idempotency_key: "a-product-of-ours".to_owned(),
            facts,
            incident: None,
            warnings_seen: true,
        };
        let filed = match submit(&house.services, &request, report).await.unwrap() {
            SubmitOutcome::Submitted { incident, .. } => incident.id,
            other => panic!("{other:?}"),
        };
        let before = uses(&house).await.len();
        let stage = |regime: &str| StageRef { regime: regime.to_owned(), stage: "early_warning".to_owned() };
        let found =
            prepared(&house.services, &request, filed, &stage("cra_incident")).await.unwrap().unwrap();
        let facts: Vec<_> = found.fields.iter().map(|field| field.fact.id.as_str()).collect();
        let in_matrix = house.pack().stage_fields("cra_incident", "early_warning").unwrap();
        assert_eq!(facts, in_matrix.iter().map(|field| field.fact.as_str()).collect::<Vec<_>>());
        assert_eq!(found.place.unwrap().id, "enisa");
        let log = uses(&house).await;
        assert_eq!(log.len(), before + 1);
        let (entry, named) = (&log[before], "product_identity");
        assert_eq!((entry.kind.as_str(), entry.incident_id), ("exported", Some(filed.0)));
        assert!(entry.detail["facts"].as_array().unwrap().contains(&json!(named)), "{entry:?}");
        assert!(!entry.detail.to_string().contains("Gateway"), "never a value: {entry:?}");

        // What is filed here, what is not owed, and what others reported is not prepared, and not logged.
        for handle in ["reporter-energy", "reporter-bank", "officer-sektorcert", "administrator"] {
            let request = house.request(handle).await;
            let regime = if handle == "reporter-energy" { "nis2_energy_dk" } else { "cra_incident" };
            let none = prepared(&house.services, &request, filed, &stage(regime)).await.unwrap();
            assert!(none.is_none(), "{handle}");
        }
        let request = house.request("reporter-energy").await;
        assert!(prepared(&house.services, &request, filed, &stage("cra_vuln")).await.unwrap().is_none());
        assert_eq!(uses(&house).await.len(), before + 1);
    })
    .await;
}
