//! What every use case is given.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use varsel_domain::settings::Critical;
use varsel_domain::shown::Parts;
use varsel_domain::{Actor, ApiTokenId, Clock, Ids, PersonId, SessionId};
use varsel_storage::Store;

use crate::attempt::{self, Trail};
use crate::live::Live;
use crate::local::Local;
use crate::log::Keeper;
use crate::pack::Shelf;
use crate::provider::ConfiguredProvider;
use crate::session::Limits;
use crate::view::Page;

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
    /// Keeps the log of use.
    pub log: Arc<Keeper>,
    /// How rejected attempts are dealt with.
    pub attempts: attempt::Settings,
    /// How long sessions last, and how many a person may have.
    pub sessions: Limits,
    /// The accounts that Varsel itself vouches for; off unless the settings say otherwise.
    pub local: Arc<Local>,
    /// The identity providers of the configuration, in the order of their names; none in the demo.
    pub providers: Arc<[ConfiguredProvider]>,
    /// How long an authorisation that is only for a time may last.
    pub longest_temporary: TimeDelta,
    /// The critical settings as the configuration has them; what holds is asked of [`settings::in_force`](crate::settings::in_force).
    pub configured: Critical,
}

/// One request: who asks, and the id under which its uses are logged.
#[derive(Debug, Clone)]
pub struct Request {
    /// Who acts; none where nobody is signed in.
    pub actor: Option<Actor>,
    /// The session in which they act; none for a program and for the system itself.
    pub session: Option<InUse>,
    /// The token with which a program acts as that person; none in a browser.
    pub token: Option<ApiTokenId>,
    /// Where it comes from, and what was refused in it so far.
    pub trail: Trail,
    /// Id of the request, in every log line and access-log entry.
    pub request_id: String,
    /// What it shows of the incidents that it is given: all, unless it asked for less.
    pub shown: Parts,
    /// Whether it shows the rows of a list that it asks for, or only how many there are.
    pub rows: bool,
}

/// The session a request came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InUse {
    /// Which one.
    pub id: SessionId,
    /// When the person last showed who they are; none where the provider did not say.
    pub authenticated_at: Option<DateTime<Utc>>,
}

impl Request {
    /// One by nobody, as long as nothing shows who asks.
    pub fn by_nobody(trail: Trail, request_id: impl Into<String>) -> Self {
        let request_id = request_id.into();
        Self { actor: None, session: None, token: None, trail, request_id, shown: Parts::all(), rows: true }
    }

    /// The same, for a part of it that shows only this of an incident.
    #[must_use]
    pub fn showing(&self, shown: Parts) -> Self {
        Self { shown, ..self.clone() }
    }

    /// The same, for a list whose rows it shows, or of which it only shows how many there are.
    #[must_use]
    pub fn listing(&self, rows: bool) -> Self {
        Self { rows, ..self.clone() }
    }

    /// The rows of a page that it shows.
    pub(crate) fn shown_of<'a, T>(&self, page: &'a Page<T>) -> &'a [(String, T)] {
        if self.rows { &page.rows } else { &[] }
    }

    /// The actor.
    ///
    /// # Errors
    /// [`crate::Error::SignInRequired`] where nobody is signed in.
    pub fn actor(&self) -> crate::Result<&Actor> {
        self.actor.as_ref().ok_or(crate::Error::SignInRequired)
    }

    /// Who acts, by their id; none where nobody is signed in.
    pub fn person(&self) -> Option<PersonId> {
        self.actor.as_ref().map(|actor| actor.person)
    }

    /// The session.
    ///
    /// # Errors
    /// [`crate::Error::SignInRequired`] where there is none.
    pub fn session(&self) -> crate::Result<&InUse> {
        self.session.as_ref().ok_or(crate::Error::SignInRequired)
    }
}
