//! Reading incidents.

use varsel_domain::IncidentId;

use crate::view::{IncidentView, Page, PageRequest};
use crate::{Request, Result, Services};

/// An incident as the actor may see it; none when it does not exist or the actor may not know that it does.
///
/// # Errors
/// Nobody is signed in, or storage failed (then nothing is shown, because nothing could be logged).
pub async fn open(services: &Services, request: &Request, id: IncidentId) -> Result<Option<IncidentView>> {
    let _ = (services, request, id);
    unimplemented!()
}

/// Several incidents at once, as [`open`] would answer each, logged as rows of a list: for lists and live views.
///
/// # Errors
/// As [`open`].
pub async fn open_many(
    services: &Services,
    request: &Request,
    ids: &[IncidentId],
) -> Result<Vec<IncidentView>> {
    let _ = (services, request, ids);
    unimplemented!()
}

/// The incidents of the actor's own organisation, newest first.
///
/// # Errors
/// As [`open`]; a cursor or page size that cannot be taken.
pub async fn list_own(
    services: &Services,
    request: &Request,
    page: PageRequest,
) -> Result<Page<IncidentView>> {
    let _ = (services, request, page);
    unimplemented!()
}
