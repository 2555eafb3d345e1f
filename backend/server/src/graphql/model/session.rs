//! One's own sessions.

use async_graphql::{ID, SimpleObject};
use varsel_services::session::SessionView;

use super::{DateTime, Text};
use crate::http::Door;

/// A signed-in session of the viewer.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Session {
    id: ID,
    /// Browser and system, e.g. `Firefox, Windows`; null where the browser named neither.
    device: Option<String>,
    begun_at: DateTime,
    /// To about a minute.
    last_used_at: DateTime,
    /// Whether it is the one that asks.
    current: bool,
    /// The identity provider; null in the demo.
    provider: Option<Text>,
    /// The assurance level, in the provider's words; null where it did not say.
    assurance: Option<String>,
    /// When the viewer last showed who they are; null where the provider did not say.
    authenticated_at: Option<DateTime>,
}

impl Session {
    pub(crate) fn new(view: SessionView, door: &Door) -> Self {
        let named = |name: String| Text::or_id(door.label(&name).as_ref(), &name);
        Self {
            id: view.id.to_string().into(),
            device: view.device,
            begun_at: view.begun_at.into(),
            last_used_at: view.last_used_at.into(),
            current: view.current,
            provider: view.provider.map(named),
            assurance: view.assurance,
            authenticated_at: view.authenticated_at.map(DateTime::from),
        }
    }
}
