//! The notice to an administrator that a critical change waits for a decision.

use chrono::{DateTime, Utc};
use serde::Serialize;
use varsel_domain::ChangeId;
use varsel_domain::rules::Text;

use super::{Mail, danish_time, link};

/// The notice to an administrator that a critical change waits for a decision. It does not say what changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ChangeProposed {
    proposed_at: Text,
    expires_at: Text,
    link: String,
}

impl ChangeProposed {
    /// Of the change `id`.
    pub(crate) fn new(
        proposed_at: DateTime<Utc>,
        expires_at: DateTime<Utc>,
        public_url: &str,
        id: ChangeId,
    ) -> Self {
        Self {
            proposed_at: danish_time(proposed_at),
            expires_at: danish_time(expires_at),
            link: link(public_url, "rules/change", id),
        }
    }
}

impl Mail for ChangeProposed {
    const NAME: &'static str = "change_proposed";

    #[cfg(test)]
    fn samples() -> Vec<Self> {
        let proposed_at = "2026-11-25T12:05:59Z".parse().unwrap();
        let expires_at = "2026-12-09T12:05:59Z".parse().unwrap();
        vec![Self::new(proposed_at, expires_at, "https://varsel.example", ChangeId(uuid::Uuid::from_u128(7)))]
    }
}
