//! Legal holds: two administrators keep an incident, and the uses of it, beyond their deadlines; or let go.

use chrono::{DateTime, Utc};
use varsel_domain::authz::{Action, Resource, Scope};
use varsel_domain::change::{ChangeKind, Payload, Refusal, Target};
use varsel_domain::retention::may_hold_until;
use varsel_domain::{ChangeId, IncidentId};
use varsel_storage::legal_hold::{self, Hold};
use varsel_storage::{Tx, incident};

use crate::change::{self, Outcome};
use crate::{Request, Result, Services};

/// Proposes that the incident of that number is kept until `until`, for `reason`.
///
/// # Errors
/// As [`change::propose`].
pub async fn propose_hold(
    services: &Services,
    request: &Request,
    (number, until): (&str, DateTime<Utc>),
    reason: &str,
) -> Result<Outcome> {
    match find(services, request, number).await? {
        Some(incident) => {
            let payload = Payload::PlaceHold { incident, number: number.to_owned(), until };
            change::propose(services, request, &payload, reason).await
        }
        None => unknown(services, request, ChangeKind::PlaceHold).await,
    }
}

/// Proposes that nothing keeps the incident of that number any longer, for `reason`.
///
/// # Errors
/// As [`change::propose`].
pub async fn propose_lift(
    services: &Services,
    request: &Request,
    number: &str,
    reason: &str,
) -> Result<Outcome> {
    match find(services, request, number).await? {
        Some(incident) => {
            let payload = Payload::LiftHold { incident, number: number.to_owned() };
            change::propose(services, request, &payload, reason).await
        }
        None => unknown(services, request, ChangeKind::LiftHold).await,
    }
}

/// The refusal, which is logged as every other of a critical change.
async fn unknown(services: &Services, request: &Request, kind: ChangeKind) -> Result<Outcome> {
    change::refuse(services, request, kind, Refusal::UnknownIncident).await?;
    Ok(Err(Refusal::UnknownIncident))
}

/// The incident of that number: asked only for those who may propose.
async fn find(services: &Services, request: &Request, number: &str) -> Result<Option<IncidentId>> {
    request.require(Action::ProposeChange, Resource::Changes, "change")?;
    let scope = Scope::nothing();
    let tx = services.store.begin(&scope).await?;
    let found = incident::id_of(&tx, &scope, number).await?;
    tx.commit().await?;
    Ok(found)
}

/// The incident, and the last hold that stands on it.
///
/// # Errors
/// Storage failed.
pub(crate) async fn target(services: &Services, tx: &Tx, incident: IncidentId) -> Result<Target> {
    let standing = legal_hold::standing(tx, Some(incident), services.clock.now()).await?;
    let version = standing.last().map_or_else(|| "free".to_owned(), |hold| hold.change.to_string());
    Ok(Target { name: format!("incident/{incident}"), version })
}

/// Whether a hold may be placed.
///
/// # Errors
/// Storage failed.
pub(crate) async fn check_place(
    tx: &Tx,
    (id, number): (IncidentId, &str),
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<std::result::Result<(), Refusal>> {
    if incident::id_of(tx, &Scope::nothing(), number).await? != Some(id) {
        return Ok(Err(Refusal::UnknownIncident));
    }
    Ok(if may_hold_until(until, now) { Ok(()) } else { Err(Refusal::HoldEnd) })
}

/// Whether there is anything to lift.
///
/// # Errors
/// Storage failed.
pub(crate) async fn check_lift(
    tx: &Tx,
    id: IncidentId,
    now: DateTime<Utc>,
) -> Result<std::result::Result<(), Refusal>> {
    let standing = legal_hold::standing(tx, Some(id), now).await?;
    Ok(if standing.is_empty() { Err(Refusal::NotHeld) } else { Ok(()) })
}

/// Places it.
///
/// # Errors
/// Storage failed.
pub(crate) async fn place(
    tx: &Tx,
    change: ChangeId,
    incident: IncidentId,
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<()> {
    Ok(legal_hold::place(tx, &Hold { change, incident, placed_at: now, until }).await?)
}

/// Lifts all that stand.
///
/// # Errors
/// Storage failed.
pub(crate) async fn lift(tx: &Tx, change: ChangeId, incident: IncidentId, now: DateTime<Utc>) -> Result<()> {
    Ok(legal_hold::lift(tx, incident, change, now).await?)
}
