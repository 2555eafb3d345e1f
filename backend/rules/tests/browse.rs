//! What the pages show of the Danish pack: sectors, routes and clocks, with their sources.

#![expect(clippy::unwrap_used, reason = "a test says what went wrong by panicking")]

use varsel_rules::Pack;

fn pack() -> Pack {
    Pack::embedded("dk").unwrap()
}

#[test]
fn every_subsector_that_can_be_chosen_is_browsed_once_with_its_authorities() {
    let pack = pack();
    let sectors = pack.sectors();
    let subsectors: Vec<_> = sectors.iter().flat_map(|sector| &sector.subsectors).collect();
    let options = &pack.fact("service.sectors").unwrap().options;
    assert_eq!(subsectors.len(), options.len());
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
