//! The notice that somebody's ways to sign in have changed, or that a program may act as them.

use chrono::{DateTime, Utc};
use serde::Serialize;
use varsel_domain::rules::Text;

use super::{Mail, danish_time};

/// The notice that somebody's ways to sign in have changed, or that a program may act as them. It does not say which.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct AccountChanged {
    at: Text,
    link: String,
}

impl AccountChanged {
    /// Of a change at `at`.
    pub(crate) fn new(at: DateTime<Utc>, public_url: &str) -> Self {
        Self { at: danish_time(at), link: format!("{}/account", public_url.trim_end_matches('/')) }
    }
}

impl Mail for AccountChanged {
    const NAME: &'static str = "account_changed";

    #[cfg(test)]
    fn samples() -> Vec<Self> {
        vec![Self::new("2026-11-25T12:05:59Z".parse().unwrap(), "https://varsel.example")]
    }
}
