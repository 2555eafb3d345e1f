//! The end of a proposal that nobody decided.

use varsel_domain::ChangeId;
use varsel_domain::access::UseKind;
use varsel_domain::authz::Scope;
use varsel_domain::change::ChangeStatus;
use varsel_storage::change_proposal;

use super::detail;
use crate::access::write_of_system;
use crate::job::{ChangeDecided, enqueue};
use crate::{Result, Services};

/// Ends a proposal whose time is up, and tells whoever proposed it. False when it was decided before.
///
/// # Errors
/// Storage failed.
pub(crate) async fn expire(services: &Services, id: ChangeId, request_id: String) -> Result<bool> {
    let now = services.clock.now();
    let tx = services.store.begin(&Scope::nothing()).await?;
    let Some(change) = change_proposal::lock(&tx, id).await? else { return Ok(false) };
    let Some(decision) = change.expire(now) else { return Ok(false) };
    change_proposal::decide(&tx, id, ChangeStatus::Expired, &decision).await?;
    write_of_system(services, &tx, (now, request_id), (UseKind::ChangeExpired, None), detail(&change))
        .await?;
    enqueue(&tx, &*services.ids, now, &ChangeDecided { change: id }).await?;
    tx.commit().await?;
    Ok(true)
}
