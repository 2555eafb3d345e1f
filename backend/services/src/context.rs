//! What every use case is given.

use std::sync::Arc;

use varsel_domain::{Actor, ApiTokenId, Clock, Ids};
use varsel_storage::Store;

use crate::live::Live;
use crate::pack::Shelf;

/// The parts a use case works with; cheap to clone.
#[derive(Clone)]
pub struct Services {
    /// The database.
    pub store: Store,
    /// The versions of the rule pack: the one in force, and those of running incidents.
    pub packs: Shelf,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Makes ids and secrets.
    pub ids: Arc<dyn Ids>,
    /// Wakes live views and the job runner after a commit.
    pub live: Live,
}

/// One request: who asks, and the id under which its uses are logged.
#[derive(Debug, Clone)]
pub struct Request {
    /// Who acts; none where nobody is signed in.
    pub actor: Option<Actor>,
    /// The token with which a program acts as that person; none in a browser.
    pub token: Option<ApiTokenId>,
    /// Id of the request, in every log line and access-log entry.
    pub request_id: String,
}

impl Request {
    /// The actor.
    ///
    /// # Errors
    /// [`crate::Error::SignInRequired`] where nobody is signed in.
    pub fn actor(&self) -> crate::Result<&Actor> {
        self.actor.as_ref().ok_or(crate::Error::SignInRequired)
    }
}
