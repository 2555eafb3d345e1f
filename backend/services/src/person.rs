//! Organisations of people who sign in.

use varsel_domain::authz::Scope;
use varsel_domain::organisation::Organisation;
use varsel_storage::organisation;

use crate::{Request, Result, Services};

/// The organisation for which the actor reports.
///
/// # Errors
/// Nobody is signed in, or storage failed.
pub async fn own_organisation(services: &Services, request: &Request) -> Result<Option<Organisation>> {
    let Some(own) = request.actor()?.organisation() else { return Ok(None) };
    let tx = services.store.begin_snapshot(&Scope::nothing()).await?;
    let found = organisation::find(&tx, own).await?;
    tx.commit().await?;
    Ok(found)
}
