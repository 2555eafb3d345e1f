//! Who gets a case, and who leads.

use serde_json::{Value, json};
use varsel_rules::{Assessment, Part};

use crate::{assessed, leads, pack, part, railway, read};

fn routed(others: Value) -> Assessment {
    assessed(&railway(others), &[], "2026-11-24T12:00:00+01:00")
}

#[test]
fn the_only_sector_unit_leads() {
    let assessment = routed(json!({}));
    assert_eq!(leads(&assessment), ["dcis_transport"]);
    assert_eq!(part(&assessment, "trafik"), Some(Part::Support));
    assert_eq!(part(&assessment, "csirt"), Some(Part::Support));
    assert_eq!(part(&assessment, "spoc"), None);
}

#[test]
fn without_a_sector_unit_the_authority_leads() {
    assert_eq!(leads(&routed(json!({"service.sectors": ["food.wholesale_industrial"]}))), ["fvst"]);
}

#[test]
fn several_sectors_are_coordinated_by_the_cyber_centre() {
    let assessment = routed(json!({"service.sectors": ["transport.rail", "health.providers"]}));
    assert_eq!(leads(&assessment), ["csirt"]);
    for unit in ["dcis_transport", "dcis_sund", "trafik", "sds"] {
        assert_eq!(part(&assessment, unit), Some(Part::Support), "{unit}");
    }
}

#[test]
fn without_a_known_sector_the_cyber_centre_leads() {
    assert_eq!(leads(&routed(json!({"service.sectors": "unknown"}))), ["csirt"]);
}

#[test]
fn public_administration_is_supervised_as_such() {
    let municipality = routed(json!({
        "service.sectors": ["public.municipalities", "drinking_water.supply"], "org.public_body": "municipality",
    }));
    assert_eq!(part(&municipality, "samsik"), Some(Part::Support));
    assert_eq!(part(&municipality, "mst"), None);
}

#[test]
fn no_authority_supervises_itself() {
    let assessment =
        routed(json!({"service.sectors": ["public.central.samsik_itself"], "org.public_body": "state"}));
    assert_eq!(leads(&assessment), ["sds"]);
    assert_eq!(part(&assessment, "samsik"), None);
}

#[test]
fn the_data_protection_authority_and_the_police_support() {
    let assessment = routed(json!({
        "personal_data.involved": true, "personal_data.risk": "risk",
        "incident.crime_suspected": true, "incident.police_consent": true,
    }));
    assert_eq!(part(&assessment, "datatilsynet"), Some(Part::Support));
    assert_eq!(part(&assessment, "nsk_nc3"), Some(Part::Support));
}

#[test]
fn the_police_hear_of_it_by_consent_or_by_law_only() {
    let without = json!({"incident.crime_suspected": true, "incident.police_consent": false});
    assert_eq!(part(&routed(without), "nsk_nc3"), None);
    assert_eq!(part(&routed(json!({"incident.crime_suspected": true})), "nsk_nc3"), None);
    let energy = routed(json!({
        "service.sectors": ["energy.oil"], "org.energy_level": 3,
        "incident.crime_suspected": true, "incident.police_consent": false,
    }));
    assert_eq!(part(&energy, "nsk_nc3"), Some(Part::Support));
}

#[test]
fn a_cross_border_incident_reaches_the_single_point_of_contact() {
    assert_eq!(part(&routed(json!({"incident.cross_border": true})), "spoc"), Some(Part::Inform));
}

#[test]
fn nobody_is_told_of_a_breach_that_may_not_exist() {
    let unknown = routed(json!({"personal_data.involved": "unknown"}));
    assert_eq!(part(&unknown, "datatilsynet"), None);
    let uncertain = routed(json!({"personal_data.involved": true, "personal_data.risk": "unknown"}));
    assert_eq!(part(&uncertain, "datatilsynet"), Some(Part::Support));
}

#[test]
fn a_lost_letter_is_no_matter_for_the_cyber_centre() {
    let letter = json!({
        "incident.kind": "other", "incident.cyber": false, "incident.aware_at": "2026-11-24T10:10:00+01:00",
        "service.sectors": ["other.company"], "org.nis2_class": "none", "org.data_role": "controller",
        "personal_data.involved": true, "personal_data.risk": "risk", "incident.crime_suspected": false,
    });
    let assessment = assessed(&read(&letter), &[], "2026-11-24T12:00:00+01:00");
    let units: Vec<&str> = assessment.routes.iter().map(|route| route.unit.as_str()).collect();
    assert_eq!(units, ["datatilsynet"]);
}

#[test]
fn a_report_is_never_left_without_a_unit() {
    for sector in &pack().fact("service.sectors").unwrap().options {
        for cyber in [json!(true), json!(false), json!("unknown")] {
            let facts = json!({
                "service.sectors": [sector.id], "incident.cyber": cyber, "incident.kind": "other",
                "org.nis2_class": "none", "personal_data.involved": false, "impact.serious_disruption": false,
            });
            let assessment = assessed(&read(&facts), &[], "2026-11-24T12:00:00+01:00");
            assert!(!assessment.routes.is_empty(), "{} (cyber {cyber})", sector.id);
            assert!(leads(&assessment).len() <= 1, "{}: {:?}", sector.id, leads(&assessment));
        }
    }
}

#[test]
fn every_route_says_why() {
    let assessment =
        routed(json!({"service.sectors": ["energy.electricity", "health.providers"], "org.energy_level": 5}));
    for route in &assessment.routes {
        assert!(!route.because.cite.is_empty() && !route.because.text.da.contains('{'), "{route:?}");
        assert!(pack().unit(&route.unit).is_some(), "{}", route.unit);
    }
}

#[test]
fn a_hotline_hears_of_cyber_incidents_and_a_sector_unit_of_what_may_be_one() {
    let told = |sector: &str, cyber: Value, unit: &str| {
        let facts = json!({"incident.kind": "other", "incident.cyber": cyber, "service.sectors": [sector]});
        part(&assessed(&read(&facts), &[], "2026-11-24T12:00:00+01:00"), unit).is_some()
    };
    let three = [json!(true), json!("unknown"), json!(false)];
    let hotline = three.clone().map(|cyber| told("other.company", cyber, "cyberhotline"));
    assert_eq!(hotline, [true, false, false]);
    let sector_unit = three.map(|cyber| told("transport.rail", cyber, "dcis_transport"));
    assert_eq!(sector_unit, [true, true, false]);
}

#[test]
fn where_one_sector_has_two_units_the_cyber_centre_coordinates() {
    let assessment = routed(json!({"service.sectors": ["transport.rail", "transport.water.shipping"]}));
    assert_eq!(leads(&assessment), ["csirt"]);
    let lead = assessment.routes.iter().find(|route| route.part == Part::Lead).unwrap();
    assert!(lead.because.text.en.starts_with("Coordinates: several sectors or units"), "{lead:?}");
    for unit in ["dcis_transport", "maritime_cyber_unit"] {
        assert_eq!(part(&assessment, unit), Some(Part::Support), "{unit}");
    }
}

#[test]
fn what_is_outside_the_regulated_sectors_makes_no_second_sector_and_hides_none() {
    let lead = |sectors: &[&str]| leads(&routed(json!({"service.sectors": sectors}))).join(" ");
    assert_eq!(lead(&["transport.rail", "other.product_manufacturer"]), "dcis_transport");
    assert_eq!(lead(&["transport.rail", "chemicals.all", "other.product_manufacturer"]), "csirt");
}
