//! Erasing at once, by two administrators: for the day on which what was reported must not fall into other hands (EO 528 § 3(2)).
//!
//! The keys go first, so that within a minute nothing opens on any server or in any backup; the rows follow.

use chrono::{DateTime, Utc};
use serde_json::json;
use varsel_domain::access::UseKind;
use varsel_domain::authz::{Action, Reaches, Scope};
use varsel_domain::change::{ChangeKind, ChangeStatus, Payload, Target};
use varsel_domain::{ChangeId, OrganisationId};
use varsel_storage::access_log::{self, Sought};
use varsel_storage::{Tx, change_proposal};

use super::scrub;
use crate::change::{self, Outcome};
use crate::job::{EraseAtOnce, enqueue};
use crate::session::{FRESH, require_fresh};
use crate::{Request, Result, Services, access, keys};

/// Proposes that the incidents of the organisation with this CVR number, or all where none is given, are erased at once.
///
/// # Errors
/// As [`change::propose`], also where the actor may not erase; [`crate::Error::StepUpRequired`] where they did not sign in just now.
pub async fn propose_erasure(
    services: &Services,
    request: &Request,
    cvr: Option<&str>,
    reason: &str,
) -> Result<Outcome> {
    // Whoever may erase nothing is not told which organisations there are.
    if Reaches::of(request.actor()?, Action::Erase).is_empty() {
        return Err(request.deny("change"));
    }
    let (organisation, name) = match change::whose(services, request, ChangeKind::EraseAtOnce, cvr).await? {
        Ok(whose) => whose,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let payload = Payload::EraseAtOnce { organisation, name };
    if let Some(erased) = payload.erased() {
        request.require(Action::Erase, erased, "change")?;
    }
    require_fresh(services, request, FRESH)?;
    change::propose(services, request, &payload, reason).await
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
    now: DateTime<Utc>,
) -> Result<()> {
    enqueue(tx, &*services.ids, now, &EraseAtOnce { change }).await
}

/// Does it, with what was reported until it was approved; may be begun again until it is done. How many incidents are gone; none where two
/// have not approved it, or it is done already.
///
/// # Errors
/// Storage failed: what is done is done.
pub(crate) async fn erase_at_once(
    services: &Services,
    change: ChangeId,
    request_id: &str,
) -> Result<Option<u64>> {
    let now = services.clock.now();
    let tx = services.store.begin_reading(&Scope::nothing()).await?;
    let approved = approved(&tx, change).await?;
    tx.commit().await?;
    let Some((organisation, at)) = approved else {
        // It is on record; but its files may not have been written anew yet.
        scrub(services).await?;
        return Ok(None);
    };
    let keys = keys::destroy_all(services, (organisation, at), now).await?;
    let incidents = keys::erase_destroyed(services).await?;
    let tx = services.store.begin(&Scope::nothing()).await?;
    let detail = json!({ "change": change, "at_once": true, "incidents": incidents, "keys": keys });
    let written = (now, request_id.to_owned());
    access::write_of_system(services, &tx, written, (UseKind::Erased, None), detail).await?;
    tx.commit().await?;
    scrub(services).await?;
    Ok(Some(keys))
}

/// Whose incidents two have decided to erase, and when, unless the log of use says that it is done.
async fn approved(tx: &Tx, id: ChangeId) -> Result<Option<(Option<OrganisationId>, DateTime<Utc>)>> {
    let Some(change) = change_proposal::find(tx, id).await? else { return Ok(None) };
    if !keys::is_sound(tx, &change).await? {
        tracing::error!(change.id = %id, "an erasure at once does not rest on the decision of two people, and is not done");
        return Ok(None);
    }
    let (Some(Payload::EraseAtOnce { organisation, .. }), Some(decision), ChangeStatus::Executed) =
        (change.read_payload(), &change.decision, change.status)
    else {
        return Ok(None);
    };
    let sought = Sought { use_kind: Some(UseKind::Erased), from: Some(decision.at), ..Sought::default() };
    let logged = access_log::list(tx, &sought, None, u64::from(u32::MAX)).await?;
    let done = logged.iter().any(|(_, it)| it.entry.detail.get("change") == Some(&json!(id)));
    Ok((!done).then_some((organisation, decision.at)))
}
