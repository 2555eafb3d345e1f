//! What one decision of `permits` costs: under a microsecond, or the benchmark fails.

use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use divan::{Bencher, black_box};
use uuid::Uuid;
use varsel_domain::authorisation::{Authorisation, Basis, Function, Purpose, Reach, Rights, State};
use varsel_domain::authz::{Action, Resource, permits};
use varsel_domain::{Actor, AuthorisationId, OrganisationId, PersonId, Role, UnitId};

/// How long one decision may take, and how many are looked at together.
const BOUND: Duration = Duration::from_micros(1);
const DECISIONS: u32 = 10_000;

fn main() {
    divan::main();
    let units = units(20);
    let actor = officer(units.last().cloned().unwrap_or_else(|| "none".into()));
    let resource = Resource::Incident { organisation: OrganisationId(Uuid::nil()), units: &units };
    let decide = || permits(black_box(&actor), black_box(Action::ReadIncident), black_box(resource));
    // The fastest of many: what else runs on the machine counts for nothing.
    let fastest = (0..100).map(|_| {
        let begun = Instant::now();
        assert!((0..DECISIONS).all(|_| decide()), "the officer may");
        begun.elapsed() / DECISIONS
    });
    let fastest = fastest.min().unwrap_or(Duration::MAX);
    assert!(fastest < BOUND, "one decision takes {fastest:?}");
}

fn units(count: usize) -> Vec<UnitId> {
    (0..count).map(|n| UnitId(format!("unit-{n:02}"))).collect()
}

fn officer(unit: UnitId) -> Actor {
    let role = Role::Officer { unit };
    let rights = Rights::usual(AuthorisationId(Uuid::nil()), &role);
    Actor { person: PersonId(Uuid::nil()), name: String::new(), role, rights }
}

fn of_unit(unit: UnitId) -> Authorisation {
    let start = DateTime::<Utc>::UNIX_EPOCH;
    Authorisation {
        id: AuthorisationId(Uuid::nil()),
        holder: PersonId(Uuid::nil()),
        functions: [Function::Read].into(),
        reach: Reach::Unit(unit),
        purpose: Purpose::Stated("Works on the unit's cases.".to_owned()),
        from: start,
        until: None,
        temporary: None,
        basis: Basis::Bootstrap,
        granted_at: start,
        state: State::Active,
        step: None,
    }
}

/// An officer of the last of the units with a case, so that all are looked at.
#[divan::bench(args = [1, 5, 20])]
fn officer_reads_an_incident_with_so_many_cases(bencher: Bencher<'_, '_>, cases: usize) {
    let units = units(cases);
    let actor = officer(units.last().cloned().unwrap_or_else(|| "none".into()));
    let resource = Resource::Incident { organisation: OrganisationId(Uuid::nil()), units: &units };
    assert!(permits(&actor, Action::ReadIncident, resource));
    bencher.bench(|| permits(black_box(&actor), black_box(Action::ReadIncident), black_box(resource)));
}

/// Of twenty authorisations the last reaches the incident.
#[divan::bench]
fn officer_with_twenty_rights_reads_an_incident(bencher: Bencher<'_, '_>) {
    let units = units(20);
    let held: Vec<_> = units.iter().map(|unit| of_unit(unit.clone())).collect();
    let now = DateTime::UNIX_EPOCH;
    let rights = Rights::effective(&held, now, |_, reach| match reach {
        Reach::Unit(unit) => vec![unit.clone()],
        _ => Vec::new(),
    });
    let actor = Actor { rights, ..officer("elsewhere".into()) };
    let cases = units.get(19..).unwrap_or_default();
    let resource = Resource::Incident { organisation: OrganisationId(Uuid::nil()), units: cases };
    assert!(permits(&actor, Action::ReadIncident, resource));
    bencher.bench(|| permits(black_box(&actor), black_box(Action::ReadIncident), black_box(resource)));
}

#[divan::bench]
fn stranger_is_refused(bencher: Bencher<'_, '_>) {
    let units = units(20);
    let actor = officer("elsewhere".into());
    let resource = Resource::Incident { organisation: OrganisationId(Uuid::nil()), units: &units };
    assert!(!permits(&actor, Action::ReadIncident, resource));
    bencher.bench(|| permits(black_box(&actor), black_box(Action::ReadIncident), black_box(resource)));
}
