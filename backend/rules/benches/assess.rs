//! How long one assessment takes, for a realistic first report and for each incident that tests replay; the goal is under
//! 1 ms on one core, with the whole pack.

#![expect(clippy::expect_used, reason = "a benchmark without its pack or facts measures nothing")]

use divan::{Bencher, black_box};
use serde::Deserialize;
use serde_json::{Value, json};
use varsel_rules::{Facts, Filing, History, Pack, Request, assess, assess_history, discharged, missing};

fn main() {
    divan::main();
}

/// Ransomware at an electricity supplier with a data centre of its own, some hours in.
fn report() -> Value {
    json!({
        "incident.kind": "ransomware", "description": "Filer på styringssystemerne er krypteret.",
        "incident.cyber": true, "incident.aware_at": "2026-12-04T04:10:00+01:00", "incident.ongoing": true,
        "service.sectors": ["energy.electricity", "digital_infrastructure.data_centre"],
        "service.kinds": ["data_centre"], "org.nis2_class": "essential", "org.energy_level": 4,
        "org.employees": 900, "org.data_role": "controller", "contact_primary": "Vagt, +45 70 00 00 00",
        "incident.suspected_malicious": true, "incident.unauthorised_access": true, "incident.cross_border": "unknown",
        "incident.crime_suspected": true, "incident.police_consent": true, "impact.serious_disruption": true,
        "impact.financial_loss_eur": "unknown", "impact.users_affected": 12000, "impact.unavailable_minutes": 340,
        "impact.data_compromised": true, "personal_data.involved": true, "personal_data.risk": "unknown",
        "severity_impact_initial": "Driften kører manuelt.", "ioc": "unknown",
    })
}

fn with_report(bencher: Bencher<'_, '_>, measured: impl Fn(&Pack, &Facts) + Sync) {
    let pack = Pack::embedded("dk").expect("the embedded pack is checked");
    let facts = Facts::parse(&pack, &report()).expect("the report is well-formed");
    bencher.bench(|| measured(black_box(&pack), black_box(&facts)));
}

#[divan::bench]
fn assess_report(bencher: Bencher<'_, '_>) {
    let now = "2026-12-04T08:00:00Z".parse().expect("an instant");
    with_report(bencher, |pack, facts| {
        black_box(assess(pack, facts, &[], now));
    });
}

/// A stored incident, as `tests/replay` has it.
#[derive(Deserialize)]
struct Stored {
    facts: Value,
    filings: Vec<Filing>,
    requests: Vec<Request>,
    now: chrono::DateTime<chrono::Utc>,
}

/// The incidents of the newest version in `tests/replay`, by name.
fn stored() -> Vec<String> {
    let version = Pack::embedded("dk").expect("the embedded pack is checked").version().to_owned();
    let entries = std::fs::read_dir(folder().join(version)).expect("the version is archived");
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let incidents = names.filter(|name| name != "pack.json" && !name.ends_with(".assessment.json"));
    let mut incidents: Vec<String> = incidents.collect();
    incidents.sort();
    incidents
}

fn folder() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/replay")
}

#[divan::bench(args = stored())]
fn assess_stored(bencher: Bencher<'_, '_>, name: &str) {
    let pack = Pack::embedded("dk").expect("the embedded pack is checked");
    let text = std::fs::read(folder().join(pack.version()).join(name)).expect("it was listed");
    let stored: Stored = serde_json::from_slice(&text).expect("the tests read it, too");
    let facts = Facts::parse(&pack, &stored.facts).expect("the tests read it, too");
    bencher.bench(|| {
        let history = History { filings: &stored.filings, requests: &stored.requests };
        assess_history(black_box(&pack), black_box(&facts), history, stored.now)
    });
}

#[divan::bench]
fn what_is_missing_and_discharged(bencher: Bencher<'_, '_>) {
    let now = "2026-12-04T08:00:00Z".parse().expect("an instant");
    with_report(bencher, |pack, facts| {
        black_box((missing(pack, facts, &[], now), discharged(pack, facts, &[], now)));
    });
}

#[divan::bench]
fn parse_facts(bencher: Bencher<'_, '_>) {
    let pack = Pack::embedded("dk").expect("the embedded pack is checked");
    let report = report();
    bencher.bench(|| Facts::parse(black_box(&pack), black_box(&report)));
}

#[divan::bench(sample_count = 20)]
fn load_pack() -> Pack {
    Pack::embedded("dk").expect("the embedded pack is checked")
}
