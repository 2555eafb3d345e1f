//! Demo data: invented people and organisations, loaded only by `serve --demo`.

use varsel_domain::PersonId;
use varsel_domain::rules::Text;

use crate::{Result, Services};

/// One person of the demo.
#[derive(Debug, Clone)]
pub struct DemoPerson {
    /// Person.
    pub id: PersonId,
    /// Short name for `--as` and the sign-in page, e.g. `reporter-energy`.
    pub handle: String,
    /// Name.
    pub name: String,
    /// `reporter`, `officer`, `coordinator`, `security_officer`.
    pub role: &'static str,
    /// Title.
    pub title: Text,
    /// Organisation or unit.
    pub belongs_to: Text,
    /// The unit, for officers and coordinators: where their queue is.
    pub unit: Option<String>,
}

/// Loads what is not there yet; a second call changes nothing.
///
/// # Errors
/// Storage failed.
pub async fn load(services: &Services) -> Result<()> {
    let _ = services;
    unimplemented!()
}

/// The people to sign in as, in the order in which they are shown.
///
/// # Errors
/// Storage failed.
pub async fn people(services: &Services) -> Result<Vec<DemoPerson>> {
    let _ = services;
    unimplemented!()
}
