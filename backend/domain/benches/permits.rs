//! What one decision of `permits` costs: under a microsecond.

use divan::{Bencher, black_box};
use uuid::Uuid;
use varsel_domain::authz::{Action, Resource, permits};
use varsel_domain::{Actor, OrganisationId, PersonId, Role, UnitId};

fn main() {
    divan::main();
}

fn units(count: usize) -> Vec<UnitId> {
    (0..count).map(|n| UnitId(format!("unit-{n:02}"))).collect()
}

/// An officer of the last of the units with a case, so that all are looked at.
#[divan::bench(args = [1, 5, 20])]
fn officer_reads_an_incident_with_so_many_cases(bencher: Bencher<'_, '_>, cases: usize) {
    let units = units(cases);
    let role = Role::Officer { unit: units.last().cloned().unwrap_or_else(|| "none".into()) };
    let actor = Actor { person: PersonId(Uuid::nil()), name: String::new(), role };
    let resource = Resource::Incident { organisation: OrganisationId(Uuid::nil()), units: &units };
    assert!(permits(&actor, Action::ReadIncident, resource));
    bencher.bench(|| permits(black_box(&actor), black_box(Action::ReadIncident), black_box(resource)));
}

#[divan::bench]
fn stranger_is_refused(bencher: Bencher<'_, '_>) {
    let units = units(20);
    let role = Role::Officer { unit: "elsewhere".into() };
    let actor = Actor { person: PersonId(Uuid::nil()), name: String::new(), role };
    let resource = Resource::Incident { organisation: OrganisationId(Uuid::nil()), units: &units };
    assert!(!permits(&actor, Action::ReadIncident, resource));
    bencher.bench(|| permits(black_box(&actor), black_box(Action::ReadIncident), black_box(resource)));
}
