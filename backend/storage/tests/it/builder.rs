//! Small builders: rows that a test needs and does not care about.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use uuid::Uuid;
use varsel_domain::authorisation::{Authorisation, Basis, Function, Purpose, Reach, Rights, State};
use varsel_domain::case::{Case, CaseStatus};
use varsel_domain::incident::{FactsRevision, Incident};
use varsel_domain::organisation::{Identity, Language, Organisation, Person};
use varsel_domain::rules::{Assessment, PackRef, Part, Severity};
use varsel_domain::{
    Actor, AuthorisationId, CaseId, IncidentId, OrganisationId, PersonId, RandomIds, RevisionId, Role,
};
use varsel_storage::{Tx, case, incident, organisation, person};

/// An instant, so many minutes after a fixed start.
pub(crate) fn minute(minutes: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::minutes(minutes)
}

/// A place in a list, as part of an id.
pub(crate) fn part(place: usize) -> u128 {
    u128::try_from(place).unwrap()
}

/// An authorisation by which nobody has approved of anything. Its window is in minutes, as [`minute`] has them.
pub(crate) fn an_authorisation(
    place: usize,
    (functions, reach): (BTreeSet<Function>, Reach),
    (from, until): (i64, Option<i64>),
    state: State,
) -> Authorisation {
    Authorisation {
        id: AuthorisationId(Uuid::from_u128(part(place) + 1)),
        holder: PersonId(Uuid::nil()),
        functions,
        reach,
        purpose: Purpose::Stated("To see what is seen.".to_owned()),
        from: minute(from),
        until: until.map(minute),
        temporary: None,
        basis: Basis::Bootstrap,
        state,
        granted_at: minute(from),
        step: None,
    }
}

/// Whoever holds these in the first minute. `units` says which units a function reaches.
pub(crate) fn an_actor(
    held: &[Authorisation],
    units: impl Fn(Function, &Reach) -> Vec<varsel_domain::UnitId>,
) -> Actor {
    let rights = Rights::effective(held, minute(0), units);
    Actor { person: PersonId(Uuid::nil()), name: String::new(), role: Role::SecurityOfficer, rights }
}

/// Adds an organisation.
pub(crate) async fn an_organisation(tx: &Tx, n: u128, name: &str) -> OrganisationId {
    let id = OrganisationId(Uuid::from_u128(n));
    let new = Organisation { id, name: name.to_owned(), cvr: None, registered_facts: json!({}) };
    organisation::insert(tx, &new).await.unwrap();
    id
}

/// Adds an incident of an organisation.
pub(crate) async fn an_incident(tx: &Tx, organisation: OrganisationId, n: u128, severity: u8) -> IncidentId {
    let id = IncidentId(Uuid::from_u128(n));
    let received_at = minute(i64::try_from(n).unwrap());
    let number = incident::next_number(tx, &RandomIds::seeded(7), received_at).await.unwrap();
    let pack_version = "2026.1".to_owned();
    let new =
        Incident { id, number, organisation, received_at, severity, confirmed_severity: None, pack_version };
    incident::insert(tx, &new).await.unwrap();
    id
}

/// Adds a case of a unit in an incident.
pub(crate) async fn a_case(
    tx: &Tx,
    (incident, unit): (IncidentId, &str),
    n: u128,
    due: Option<DateTime<Utc>>,
) -> Case {
    let new = Case {
        id: CaseId(Uuid::from_u128(n)),
        incident,
        unit: unit.into(),
        part: Part::Support,
        status: CaseStatus::New,
        opened_at: minute(0),
        updated_at: minute(0),
        version: 1,
    };
    case::insert(tx, &new, due).await.unwrap();
    new
}

/// Adds an officer of the cyber centre.
pub(crate) async fn a_person(tx: &Tx, n: u128, name: &str) -> Person {
    let new = Person {
        id: PersonId(Uuid::from_u128(n)),
        name: name.to_owned(),
        email: None,
        language: Language::Da,
        role: Role::Officer { unit: "csirt".into() },
        natural_key: None,
        demo_handle: None,
        title: None,
    };
    let identity = Identity { issuer: "test".to_owned(), subject: n.to_string() };
    person::insert(tx, &identity, &new).await.unwrap();
    new
}

/// The id that [`first_revision`] gives.
pub(crate) fn revision_of(incident: IncidentId) -> RevisionId {
    RevisionId(Uuid::from_u128(10_000 + incident.0.as_u128()))
}

/// The first facts of an incident, without any, and of which only the severity was assessed.
pub(crate) fn first_revision(incident: IncidentId, level: u8) -> FactsRevision {
    let pack = PackRef { id: "dk".to_owned(), version: "2026.1".to_owned(), draft: false };
    let assessment = Assessment {
        pack,
        regimes: Vec::new(),
        obligations: Vec::new(),
        routes: Vec::new(),
        severity: Severity { level, because: Vec::new() },
        questions: Vec::new(),
        guidance: Vec::new(),
    };
    FactsRevision {
        id: revision_of(incident),
        incident,
        revision: 1,
        facts: json!({}),
        assessment,
        at: minute(0),
    }
}
