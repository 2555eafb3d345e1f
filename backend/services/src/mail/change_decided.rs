//! The notice to whoever proposed a critical change that it is decided.

use chrono::{DateTime, Utc};
use serde::Serialize;
use varsel_domain::ChangeId;
use varsel_domain::rules::Text;

use super::{Mail, danish_time, link};

/// The notice to whoever proposed a critical change that it is decided. It does not say what changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ChangeDecided {
    proposed_at: Text,
    decided_at: Text,
    link: String,
}

impl ChangeDecided {
    /// Of the change `id`.
    pub(crate) fn new(
        proposed_at: DateTime<Utc>,
        decided_at: DateTime<Utc>,
        public_url: &str,
        id: ChangeId,
    ) -> Self {
        Self {
            proposed_at: danish_time(proposed_at),
            decided_at: danish_time(decided_at),
            link: link(public_url, "rules/change", id),
        }
    }
}

impl Mail for ChangeDecided {
    const NAME: &'static str = "change_decided";

    #[cfg(test)]
    fn samples() -> Vec<Self> {
        let proposed_at = "2026-11-25T12:05:59Z".parse().unwrap();
        let decided_at = "2026-12-09T12:05:59Z".parse().unwrap();
        vec![Self::new(proposed_at, decided_at, "https://varsel.example", ChangeId(uuid::Uuid::from_u128(7)))]
    }
}
