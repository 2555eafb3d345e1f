//! Organisations of people who sign in.

use varsel_domain::organisation::Organisation;

use crate::{Request, Result, Services};

/// The organisation for which the actor reports.
///
/// # Errors
/// Nobody is signed in, or storage failed.
pub async fn own_organisation(services: &Services, request: &Request) -> Result<Option<Organisation>> {
    let _ = (services, request);
    unimplemented!()
}
