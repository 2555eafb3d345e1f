//! What the pages show of the Danish pack: sectors, routes and clocks, with their sources.

#![expect(clippy::unwrap_used, reason = "a test says what went wrong by panicking")]

use varsel_rules::{Pack, StageField};

fn pack() -> Pack {
    Pack::embedded("dk").unwrap()
}

#[test]
fn every_subsector_that_can_be_chosen_is_browsed_once_with_its_authorities() {
    let pack = pack();
    let sectors = pack.sectors();
    let subsectors: Vec<_> = sectors.iter().flat_map(|sector| &sector.subsectors).collect();
    let asked = pack.fact(pack.sector_fact()).unwrap();
    assert_eq!((asked.id.as_str(), subsectors.len()), ("service.sectors", asked.options.len()));
    let electricity = subsectors.iter().find(|it| it.id == "energy.electricity").unwrap();
    assert_eq!(electricity.unit.as_deref(), Some("sektorcert"));
    assert!(electricity.authorities.contains(&"ens".to_owned()), "{:?}", electricity.authorities);
    assert!(electricity.regimes.contains(&"nis2_energy_dk".to_owned()), "{:?}", electricity.regimes);
    assert!(!electricity.sources.is_empty() && electricity.confidence.is_some());
    let named = subsectors.iter().flat_map(|it| it.authorities.iter().chain(&it.unit));
    let unknown: Vec<_> = named.filter(|unit| pack.unit(unit).is_none()).collect();
    assert_eq!(unknown, Vec::<&String>::new());
}

#[test]
fn routes_and_clocks_name_units_and_say_why() {
    let pack = pack();
    let routes = pack.routes();
    assert!(routes.iter().all(|route| !route.cite.is_empty() && !route.basis.da.contains('{')));
    let leads: Vec<_> = routes.iter().filter(|route| route.role.en == "Coordinates").collect();
    assert_eq!(leads.len(), 5);
    assert!(leads[0].units.contains(&"sektorcert".to_owned()));
    let stage = pack.stage_clock("gdpr_33", &pack.regime_info("gdpr_33").unwrap().stages[0].id).unwrap();
    assert!(stage.clock.en.starts_with("72 hours "), "{:?}", stage.clock);
    assert!(stage.clock.da.starts_with("72 timer "), "{:?}", stage.clock);
    assert_eq!(stage.recipients, ["datatilsynet"]);
    for regime in pack.regime_ids() {
        for stage in &pack.regime_info(regime).unwrap().stages {
            let found = pack.stage_clock(regime, &stage.id).unwrap();
            assert!(!found.recipients.is_empty() && !found.clock.da.is_empty(), "{regime}/{}", stage.id);
        }
    }
}

#[test]
fn the_acts_that_a_unit_was_found_in_are_named_and_linked() {
    let pack = pack();
    let sources = pack.unit_sources(pack.unit("klimadata").unwrap());
    let [only] = sources.as_slice() else { panic!("{sources:?}") };
    assert_eq!(only.name, "BEK nr 620 af 02/06/2025");
    assert_eq!(only.url.as_deref(), Some("https://www.retsinformation.dk/eli/lta/2025/620"));
}

#[test]
fn a_report_asks_for_the_facts_of_its_row_of_the_matrix() {
    let pack = pack();
    let fields = pack.stage_fields("tele_persondata_dk", "supplement").unwrap();
    let coded = |code: &str| {
        let code = |field: &&StageField| serde_json::to_value(field.code).unwrap() == code;
        let mut facts: Vec<_> = fields.iter().filter(code).map(|field| field.fact.as_str()).collect();
        facts.sort_unstable();
        facts
    };
    assert_eq!(coded("required"), ["consequences", "mitigation_applied", "subject_categories_n"]);
    assert_eq!(coded("carried"), ["description", "personal_data.involved"]);
    assert_eq!(pack.stage_fields("tele_persondata_dk", "final_report"), None);
    assert_eq!(pack.stage_fields("tele", "supplement"), None);
}

#[test]
fn a_subsector_is_found_by_what_people_call_it() {
    let pack = pack();
    let asked = pack.fact(pack.sector_fact()).unwrap();
    let electricity = asked.options.iter().find(|option| option.id == "energy.electricity").unwrap();
    assert!(electricity.also_called.iter().any(|word| word == "strøm"), "{electricity:?}");
}

#[test]
fn the_schema_of_the_facts_has_those_of_the_pack() {
    let pack = pack();
    let schema = pack.facts_schema();
    for fact in pack.facts() {
        assert_eq!(schema["properties"][&fact.id]["x-label-da"], fact.label.da.as_str(), "{}", fact.id);
    }
}

#[test]
fn whatever_an_assessment_names_by_its_id_has_a_name() {
    let pack = pack();
    assert_eq!((pack.id(), pack.version(), pack.name().en.as_str()), ("dk", "2026.1", "Denmark"));
    assert_eq!(format!("{pack:?}"), "Pack(dk 2026.1)", "a pack is too much to print");
    for unit in pack.units() {
        assert_eq!(pack.recipient_name(&unit.id), Some(&unit.name));
    }
    assert_eq!(pack.recipient_name("data_subjects").unwrap().en, "The people affected");
    assert_eq!(pack.recipient_name("nobody"), None);
    for regime in pack.regime_ids() {
        let info = pack.regime_info(regime).unwrap();
        assert_eq!((info.id.as_str(), pack.regime_name(regime)), (regime, Some(&info.name)));
        for stage in &info.stages {
            assert_eq!(pack.stage_name(regime, &stage.id), Some(&stage.name));
        }
    }
    let levels = (0..=6).map(|level| pack.severity_name(level).map(|name| name.en.as_str()));
    let levels: Vec<_> = levels.collect();
    let scale =
        ["No present effect", "Limited", "Considerable", "Serious", "Very serious", "National crisis"];
    assert_eq!(levels, scale.map(Some).into_iter().chain([None]).collect::<Vec<_>>());
    let whole: Vec<_> = pack.severity_scale().collect();
    assert_eq!(
        whole.iter().map(|it| (it.level, it.name.en.as_str())).collect::<Vec<_>>(),
        (0..).zip(scale).collect::<Vec<_>>()
    );
    assert_eq!(whole[2].meaning.en, "A duty to notify is triggered, or may be.");
}

#[test]
fn each_subsector_has_the_authority_that_its_own_law_names() {
    let pack = pack();
    let sectors = pack.sectors();
    let energy = sectors.iter().find(|sector| sector.id == "energy").unwrap();
    assert_eq!(energy.name.en, "Energy");
    assert!(energy.subsectors.iter().all(|it| it.id.starts_with("energy.")), "{energy:?}");
    let all: Vec<_> = sectors.iter().flat_map(|sector| &sector.subsectors).collect();
    for subsector in &all {
        // Whoever leads where no sector unit does is not the sector unit itself.
        let unit = subsector.unit.as_deref().unwrap_or_default();
        assert!(!subsector.authorities.iter().any(|it| it == unit), "{subsector:?}");
    }
}
