//! How a world is made.

mod held;

use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::Just;
use proptest::strategy::Strategy;
use serde_json::json;
use uuid::Uuid;
use varsel_domain::case::{Case, CaseStatus};
use varsel_domain::feed::ChangeKind;
use varsel_domain::incident::Incident;
use varsel_domain::organisation::Organisation;
use varsel_domain::rules::{GuidanceRef, Part};
use varsel_domain::{Actor, CaseId, IncidentId, OrganisationId, UnitId};
use varsel_storage::{Tx, case, change_feed, guidance, incident, organisation, revision};

use crate::builder::{first_revision, minute, part};
use held::Held;

/// Names that an array, a list or a pattern could read as something else.
pub(super) const UNITS: [&str; 6] = ["csirt", "a,b", "q\"},{\"", "back\\slash", "NULL", "{}"];

const ORGANISATIONS: [&str; 4] = ["Ærø 100 % Strøm_A/S", "Bornholms Vand", "Nord", "Syd"];

/// An incident and its cases.
#[derive(Debug, Clone)]
pub(super) struct Reported {
    pub(super) organisation: usize,
    severity: u8,
    confirmed: Option<u8>,
    minute: i64,
    /// Unit, where its case stands, and when its next duty is due.
    pub(super) cases: Vec<(usize, CaseStatus, Option<i64>)>,
}

/// Incidents, and those who look.
#[derive(Debug, Clone)]
pub(super) struct World {
    pub(super) incidents: Vec<Reported>,
    /// What the viewer holds: none to four authorisations, of any scope, functions, window and standing.
    held: Vec<Held>,
    /// How long a page is.
    pub(super) page: u64,
    /// What the queue is asked for.
    pub(super) status: Vec<CaseStatus>,
    pub(super) min_severity: Option<u8>,
    pub(super) due_before: Option<i64>,
    pub(super) text: Option<&'static str>,
}

fn statuses() -> impl Strategy<Value = CaseStatus> {
    proptest::sample::select(vec![CaseStatus::New, CaseStatus::InProgress, CaseStatus::Closed])
}

fn reported() -> impl Strategy<Value = Reported> {
    let cases = btree_set(0..UNITS.len(), 0..4).prop_flat_map(|units| {
        let states = vec((statuses(), option::of(0_i64..4)), units.len());
        (Just(units), states).prop_map(|(units, states)| {
            units.into_iter().zip(states).map(|(unit, (status, due))| (unit, status, due)).collect()
        })
    });
    let levels = (1_u8..=3, option::weighted(0.4, 1_u8..=3));
    (0..ORGANISATIONS.len(), levels, 0_i64..3, cases).prop_map(
        |(organisation, (severity, confirmed), minute, cases)| Reported {
            organisation,
            severity,
            confirmed,
            minute,
            cases,
        },
    )
}

/// Worlds of up to ten incidents, in which much is equal.
pub(super) fn worlds() -> impl Strategy<Value = World> {
    let texts = proptest::sample::select(vec!["a", "%", "_a", "ÆRØ", "nord", "000", "\\"]);
    let asked = (
        1_u64..4,
        vec(statuses(), 0..3),
        option::weighted(0.3, 1_u8..=3),
        option::weighted(0.3, 0_i64..4),
        option::weighted(0.3, texts),
    );
    (vec(reported(), 0..10), vec(held::any(), 0..=4), asked).prop_map(
        |(incidents, held, (page, status, min_severity, due_before, text))| World {
            incidents,
            held,
            page,
            status,
            min_severity,
            due_before,
            text,
        },
    )
}

pub(super) fn organisation_of(n: usize) -> OrganisationId {
    OrganisationId(Uuid::from_u128(1 + part(n)))
}

pub(super) fn organisation_name(n: usize) -> &'static str {
    ORGANISATIONS[n]
}

impl World {
    /// Who looks.
    pub(super) fn viewer(&self) -> Actor {
        held::actor(&self.held)
    }

    /// The same, without the last authorisation that lets them read something here.
    pub(super) fn viewer_with_less(&self) -> Actor {
        let last = self.held.iter().rposition(Held::reads);
        let kept = self.held.iter().enumerate().filter(|(n, _)| Some(*n) != last);
        held::actor(&kept.map(|(_, held)| held.clone()).collect::<Vec<_>>())
    }

    /// The incidents as they are stored, in the order in which they were made.
    pub(super) fn stored(&self) -> Vec<(Incident, Vec<Case>)> {
        self.incidents.iter().enumerate().map(|(n, reported)| reported.stored(part(n))).collect()
    }

    /// Writes it.
    pub(super) async fn write(&self, tx: &Tx) {
        for (n, name) in ORGANISATIONS.iter().enumerate() {
            let id = organisation_of(n);
            let new = Organisation { id, name: (*name).to_owned(), cvr: None, registered_facts: json!({}) };
            organisation::insert(tx, &new).await.unwrap();
        }
        for ((new, cases), reported) in self.stored().into_iter().zip(&self.incidents) {
            incident::insert(tx, &new).await.unwrap();
            revision::insert(tx, &first_revision(new.id, new.severity)).await.unwrap();
            let playbook = GuidanceRef { playbook: "ransomware".to_owned(), version: 1 };
            guidance::issue(tx, new.id, &[playbook], minute(0)).await.unwrap();
            for (case, (.., due)) in cases.iter().zip(&reported.cases) {
                case::insert(tx, case, due.map(minute)).await.unwrap();
            }
            if !cases.is_empty() {
                let changes: Vec<_> = cases.iter().map(|case| (ChangeKind::CaseOpened, case)).collect();
                change_feed::append(tx, minute(0), &changes).await.unwrap();
            }
        }
    }
}

impl Reported {
    /// The severity that holds.
    pub(super) fn level(&self) -> u8 {
        self.confirmed.unwrap_or(self.severity)
    }

    fn stored(&self, n: u128) -> (Incident, Vec<Case>) {
        let id = IncidentId(Uuid::from_u128(100 + n));
        let incident = Incident {
            id,
            number: format!("2024-{n:06}"),
            organisation: organisation_of(self.organisation),
            received_at: minute(self.minute),
            severity: self.severity,
            confirmed_severity: self.confirmed,
            pack_version: "2026.1".to_owned(),
        };
        let case = |(unit, status, _): &(usize, CaseStatus, Option<i64>)| Case {
            id: CaseId(Uuid::from_u128(1_000 + n * 10 + part(*unit))),
            incident: id,
            unit: UnitId::from(UNITS[*unit]),
            part: Part::Support,
            status: *status,
            opened_at: minute(0),
            updated_at: minute(0),
            version: 1,
        };
        (incident, self.cases.iter().map(case).collect())
    }
}
