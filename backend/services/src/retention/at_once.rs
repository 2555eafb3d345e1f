//! Erasing at once, by two administrators: for the day on which what was reported must not fall into other hands (EO 528 § 3(2)).
//!
//! The keys go first, with one statement, so that within a minute nothing opens on any server or in any backup; the rows follow.

use chrono::{DateTime, Utc};
use serde_json::json;
use varsel_domain::access::UseKind;
use varsel_domain::authz::Scope;
use varsel_domain::change::{ChangeKind, Payload, Target};
use varsel_domain::{ChangeId, OrganisationId};
use varsel_storage::Tx;

use crate::change::{self, Outcome};
use crate::job::{EraseAtOnce, enqueue};
use crate::{Request, Result, Services, access, keys};

/// Proposes that the incidents of the organisation with this CVR number, or all where none is given, are erased at once.
///
/// # Errors
/// As [`change::propose`].
pub async fn propose_erasure(
    services: &Services,
    request: &Request,
    cvr: Option<&str>,
    reason: &str,
) -> Result<Outcome> {
    let (organisation, name) = match change::whose(services, request, ChangeKind::EraseAtOnce, cvr).await? {
        Ok(whose) => whose,
        Err(refusal) => return Ok(Err(refusal)),
    };
    change::propose(services, request, &Payload::EraseAtOnce { organisation, name }, reason).await
}

/// What it is about: nothing that changes meanwhile makes it another thing, for all that is there is to go.
pub(crate) fn erasure_target(organisation: Option<OrganisationId>) -> Target {
    let whose = organisation.map_or_else(|| "all".to_owned(), |id| id.to_string());
    Target { name: format!("incidents/{whose}"), version: "all".to_owned() }
}

/// Puts it into the outbox: it is done as soon as the approval is committed, and tried again until it is.
///
/// # Errors
/// Storage failed.
pub(crate) async fn begin_erasure(
    services: &Services,
    tx: &Tx,
    change: ChangeId,
    organisation: Option<OrganisationId>,
    now: DateTime<Utc>,
) -> Result<()> {
    enqueue(tx, &*services.ids, now, &EraseAtOnce { change, organisation }).await
}

/// Does it; may be done again. How many incidents are gone.
///
/// # Errors
/// Storage failed: what is done is done.
pub(crate) async fn erase_at_once(
    services: &Services,
    (change, organisation): (ChangeId, Option<OrganisationId>),
    request_id: &str,
) -> Result<u64> {
    let now = services.clock.now();
    let keys = keys::destroy_all(services, organisation, now).await?;
    let incidents = keys::erase_destroyed(services).await?;
    let tx = services.store.begin(&Scope::nothing()).await?;
    let detail = json!({ "change": change, "at_once": true, "incidents": incidents, "keys": keys });
    let written = (now, request_id.to_owned());
    access::write_of_system(services, &tx, written, UseKind::Erased, detail).await?;
    tx.commit().await?;
    Ok(keys)
}
