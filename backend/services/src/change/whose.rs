//! Whose data a change is to be about.

use varsel_domain::OrganisationId;
use varsel_domain::authz::{Action, Resource, Scope};
use varsel_domain::change::{ChangeKind, Refusal};
use varsel_storage::organisation;

use super::refuse;
use crate::{Request, Result, Services};

/// An organisation, its name and CVR number; all of them where there is none.
pub(crate) type Whose = (Option<OrganisationId>, Option<String>);

/// The organisation of that CVR number, for a proposal of `kind`; all organisations where none is given. Asked only for those who
/// may propose; a refusal is logged as every other of a critical change.
///
/// # Errors
/// The actor may not propose it (not found); storage failed.
pub(crate) async fn whose(
    services: &Services,
    request: &Request,
    kind: ChangeKind,
    cvr: Option<&str>,
) -> Result<std::result::Result<Whose, Refusal>> {
    request.require(Action::ProposeChange, Resource::Changes, "change")?;
    let Some(cvr) = cvr else { return Ok(Ok((None, None))) };
    let tx = services.store.begin_reading(&Scope::nothing()).await?;
    let found = organisation::find_by_cvr(&tx, cvr.trim()).await?;
    tx.commit().await?;
    if let Some(found) = found {
        // A name need not be unique; whoever approves is shown the number.
        return Ok(Ok((Some(found.id), Some(format!("{} (CVR {})", found.name, cvr.trim())))));
    }
    let refusal = Refusal::UnknownOrganisation;
    refuse(services, request, kind, refusal).await?;
    Ok(Err(refusal))
}
