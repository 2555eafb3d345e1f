//! The queue of a unit.

use varsel_domain::{CaseId, UnitId};

use crate::view::{CaseChange, CaseFilter, CaseView, Page, PageRequest};
use crate::{Request, Result, Services};

/// The cases of a unit, most urgent first: next due, then severity, then age.
///
/// # Errors
/// The actor does not work for the unit (not found), a cursor or page size that cannot be taken, storage failed.
pub async fn list(
    services: &Services,
    request: &Request,
    unit: &UnitId,
    filter: CaseFilter,
    page: PageRequest,
) -> Result<Page<CaseView>> {
    let _ = (services, request, unit, filter, page);
    unimplemented!()
}

/// One case; none when it does not exist or the actor may not know that it does.
///
/// # Errors
/// Nobody is signed in, or storage failed.
pub async fn open(services: &Services, request: &Request, id: CaseId) -> Result<Option<CaseView>> {
    let _ = (services, request, id);
    unimplemented!()
}

/// Changes of the unit's cases after `sequence`, oldest first, at most 100. The right is checked anew each time.
///
/// # Errors
/// The actor does not (or no longer) work for the unit, or storage failed.
pub async fn changes_after(
    services: &Services,
    request: &Request,
    unit: &UnitId,
    sequence: i64,
) -> Result<Vec<CaseChange>> {
    let _ = (services, request, unit, sequence);
    unimplemented!()
}

/// The newest position of the change feed: where a live view starts.
///
/// # Errors
/// As [`changes_after`].
pub async fn newest_change(services: &Services, request: &Request, unit: &UnitId) -> Result<i64> {
    let _ = (services, request, unit);
    unimplemented!()
}
