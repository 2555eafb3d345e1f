//! Each viewer sees what the law gives them: facts, duties, cases, timeline.

use std::collections::BTreeSet;

use serde_json::json;
use varsel_domain::IncidentId;
use varsel_domain::rules;
use varsel_domain::timeline::TimelineKind;
use varsel_services::report::{SubmitOutcome, SubmitReport, preview, submit};
use varsel_services::testing::{House, in_each_house};
use varsel_services::view::{CaseFilter, IncidentView, PageRequest};
use varsel_services::{incident, queue};

async fn seen(house: &House, handle: &str, id: IncidentId) -> Option<IncidentView> {
    incident::open(&house.services, &house.request(handle).await, id).await.unwrap()
}

fn facts_of(view: &IncidentView) -> BTreeSet<&str> {
    view.facts.iter().map(|answer| answer.fact.as_str()).collect()
}

#[tokio::test]
async fn the_data_protection_authority_does_not_see_what_only_nis_2_asks() {
    in_each_house(async |house| {
        let (own, _) = house.file("reporter-municipality", "first-report").await;
        let dpa = seen(&house, "officer-datatilsynet", own.id).await.unwrap();
        let facts_of_dpa = facts_of(&dpa);
        for given in ["personal_data.involved", "personal_data.risk", "consequences", "incident.kind"] {
            assert!(facts_of_dpa.contains(given), "{given}: {facts_of_dpa:?}");
        }
        for withheld in ["impact.serious_disruption", "severity_impact_initial", "incident.cross_border"] {
            assert!(!facts_of_dpa.contains(withheld), "{withheld}: {facts_of_dpa:?}");
            assert!(facts_of(&own).contains(withheld), "{withheld} was answered");
        }
        assert!(
            dpa.obligations.iter().all(|it| it
                .obligation
                .recipients
                .iter()
                .any(|unit| unit == "datatilsynet"))
        );
        assert!(!dpa.obligations.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_supporting_unit_sees_its_own_part_and_the_lead_and_the_centre_see_who_is_told() {
    in_each_house(async |house| {
        let (own, _) = house.file("reporter-municipality", "first-report").await;
        let all: BTreeSet<_> = own.cases.iter().map(|case| case.unit.0.clone()).collect();
        assert!(all.len() >= 3 && all.contains("datatilsynet") && all.contains("csirt"), "{all:?}");

        let dpa = seen(&house, "officer-datatilsynet", own.id).await.unwrap();
        let units: Vec<_> = dpa.cases.iter().map(|case| case.unit.as_str()).collect();
        assert_eq!(units, ["datatilsynet"]);
        for entry in &dpa.timeline {
            let of_others =
                !entry.units.is_empty() && !entry.units.iter().any(|it| it.as_str() == "datatilsynet");
            assert!(!of_others, "{entry:?}");
        }

        let centre = seen(&house, "duty-officer", own.id).await.unwrap();
        let units: BTreeSet<_> = centre.cases.iter().map(|case| case.unit.0.clone()).collect();
        assert_eq!(units, all);
        assert!(centre.obligations.iter().any(|it| it.obligation.regime == "gdpr_33"), "who is told when");
        assert!(!facts_of(&centre).contains("personal_data.risk"), "but not what");
    })
    .await;
}

#[tokio::test]
async fn guidance_tells_a_viewer_no_more_than_the_view_holds() {
    in_each_house(async |house| {
        let (own, _) = house.file("reporter-municipality", "first-report").await;
        let (energy, _) = house.file("reporter-energy", "first-report").await;
        assert!(!energy.situation.open.is_empty(), "some clock still runs");
        for (handle, id) in [
            ("reporter-municipality", own.id),
            ("officer-datatilsynet", own.id),
            ("duty-officer", own.id),
            ("reporter-energy", energy.id),
            ("officer-sektorcert", energy.id),
            ("duty-officer", energy.id),
        ] {
            let view = seen(&house, handle, id).await.unwrap();
            let cases: Vec<_> = view.cases.iter().map(|case| (case.unit.0.clone(), case.part)).collect();
            assert_eq!(view.situation.units, cases, "{handle}");
            for duty in &view.situation.open {
                assert!(view.obligations.iter().any(|it| it.obligation == *duty), "{handle}: {duty:?}");
            }
            let sectors = view.facts.iter().any(|answer| answer.fact == "service.sectors");
            assert_eq!(!view.situation.sectors.is_empty(), sectors, "{handle}");
        }
        let steps = |view: &IncidentView| {
            let rendered = rules::render(&view.pack, &view.guidance, &view.situation);
            rendered.iter().flat_map(|it| &it.steps).map(|step| step.text.en.clone()).collect::<String>()
        };
        let dpa = seen(&house, "officer-datatilsynet", own.id).await.unwrap();
        assert!(steps(&own).contains("KOMBIT"), "the unit that leads: {}", steps(&own));
        assert!(!steps(&dpa).contains("KOMBIT"), "who leads is not its business: {}", steps(&dpa));
    })
    .await;
}

#[tokio::test]
async fn receipt_assessment_and_names_of_reporters_stay_with_the_organisation() {
    in_each_house(async |house| {
        let (own, receipt) = house.file("reporter-energy", "first-report").await;
        assert!(own.assessment.is_some());
        assert_eq!(own.receipts, [receipt]);
        assert_eq!(own.timeline[0].by, "Karen Holm");
        for handle in ["officer-sektorcert", "duty-officer"] {
            let view = seen(&house, handle, own.id).await.unwrap();
            assert!(view.receipts.is_empty() && view.assessment.is_none(), "{handle}");
            let received = view.timeline.iter().find(|it| it.kind == TimelineKind::ReportReceived).unwrap();
            assert_eq!(received.by, "Nordvind Elnet A/S", "{handle}");
        }
    })
    .await;
}

#[tokio::test]
async fn reasons_for_the_severity_do_not_give_away_facts_that_are_withheld() {
    in_each_house(async |house| {
        let (own, _) = house.file("reporter-energy", "first-report").await;
        for handle in ["officer-sektorcert", "duty-officer"] {
            let view = seen(&house, handle, own.id).await.unwrap();
            let seen = facts_of(&view);
            assert_eq!(view.severity.level(), own.severity.level());
            for reason in &view.severity.proposed.because {
                assert!(!reason.facts.is_empty(), "{handle}: {reason:?}");
                assert!(reason.facts.iter().all(|fact| seen.contains(fact.as_str())), "{handle}: {reason:?}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn answers_come_in_words_and_what_is_not_known_says_so() {
    in_each_house(async |house| {
        let (own, _) = house.file("reporter-energy", "first-report").await;
        let answer = |fact: &str| own.facts.iter().find(|answer| answer.fact == fact).unwrap();
        assert_eq!(answer("impact.users_affected").display.da, "48.000");
        assert_eq!(answer("impact.users_affected").display.en, "48,000");
        assert_eq!(answer("incident.suspected_malicious").display.da, "Ja");
        assert_eq!(answer("incident.aware_at").display.da, "25. november 2026 kl. 05.20");
        assert_eq!(answer("incident.cross_border").display.en, "Not known yet");
        assert_eq!(answer("incident.cross_border").value, None);
        assert_ne!(answer("incident.kind").display.da, "ransomware_raw");
        assert_ne!(answer("service.sectors").display.da, "energy.electricity", "sectors have names");
    })
    .await;
}

#[tokio::test]
async fn a_unit_without_a_case_sees_nothing_on_any_path() {
    in_each_house(async |house| {
        let (own, _) = house.file("reporter-energy", "first-report").await;
        for handle in ["officer-finanstilsynet", "officer-dcis-sund", "officer-datatilsynet"] {
            let request = house.request(handle).await;
            let unit = request.actor.as_ref().unwrap().unit().unwrap().clone();
            assert!(own.cases.iter().all(|case| case.unit != unit), "{handle} has no case");
            assert!(seen(&house, handle, own.id).await.is_none(), "{handle}");
            let many = incident::open_many(&house.services, &request, &[own.id]).await.unwrap();
            assert!(many.is_empty(), "{handle}");
            for case in &own.cases {
                assert!(queue::open(&house.services, &request, case.id).await.unwrap().is_none(), "{handle}");
            }
            let (filter, page) = (CaseFilter::default(), PageRequest { first: 10, after: None });
            let listed = queue::list(&house.services, &request, &unit, filter, page).await.unwrap();
            assert_eq!((listed.rows.len(), listed.total), (0, 0), "{handle}");
            assert!(queue::changes_after(&house.services, &request, &unit, 0).await.unwrap().is_empty());
            assert_eq!(queue::newest_change(&house.services, &request, &unit).await.unwrap(), 0);
        }
    })
    .await;
}

#[tokio::test]
async fn a_supporting_unit_does_not_learn_of_another_ones_duty_from_the_severity() {
    in_each_house(async |house| {
        let request = house.request("reporter-municipality").await;
        let mut facts = json!({
            "service.sectors": ["public.municipalities", "health.providers"], "incident.kind": "data_leak",
            "incident.aware_at": "2026-11-24T10:10:00+01:00", "description": "A list was sent to the wrong people.",
            "contact_primary": "Jens Dahl, +45 00 00 00 00", "incident.cyber": true,
            "personal_data.involved": true, "personal_data.risk": "high", "org.data_role": "controller",
        });
        for question in preview(&house.services, &facts).missing {
            facts[question.fact] = json!("unknown");
        }
        let idempotency_key = "two-sectors-one-breach".to_owned();
        let report = SubmitReport { idempotency_key, facts, incident: None, warnings_seen: false };
        let outcome = submit(&house.services, &request, report).await.unwrap();
        let SubmitOutcome::Submitted { incident: own, .. } = outcome else { panic!("{outcome:?}") };
        let told = |view: &IncidentView| format!("{:?}", view.severity.proposed.because);
        assert!(told(&own).contains("personal data breach"), "{}", told(&own));
        let view = seen(&house, "officer-dcis-sund", own.id).await.unwrap();
        assert!(!facts_of(&view).contains("personal_data.involved"));
        assert!(!told(&view).contains("personal data"), "{}", told(&view));
    })
    .await;
}

#[tokio::test]
async fn the_registration_of_an_organisation_tells_a_unit_no_more_than_the_facts_do() {
    in_each_house(async |house| {
        for (reporter, officer) in
            [("reporter-municipality", "officer-datatilsynet"), ("reporter-bank", "officer-finanstilsynet")]
        {
            let (own, _) = house.file(reporter, &format!("report-of-{reporter}")).await;
            let whole = own.organisation.registered_facts.as_object().unwrap();
            let other = seen(&house, officer, own.id).await.unwrap();
            let given = other.organisation.registered_facts.as_object().unwrap();
            let facts = facts_of(&other);
            assert!(given.keys().all(|id| facts.contains(id.as_str())), "{given:?}");
            assert!(given.contains_key("org.cvr") && given.len() < whole.len(), "{given:?} of {whole:?}");
            assert_eq!(other.organisation.name, own.organisation.name);
        }
    })
    .await;
}
