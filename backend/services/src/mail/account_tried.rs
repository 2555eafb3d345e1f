//! The notice that somebody tried to sign in as the recipient.

use chrono::{DateTime, Utc};
use serde::Serialize;
use varsel_domain::rules::Text;

use super::{Mail, danish_time};

/// The notice that a way in to the recipient's account was closed after rejected attempts (ASVS 6.3.5). It does not say from where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct AccountTried {
    at: Text,
    link: String,
}

impl AccountTried {
    /// Sent at `at`.
    pub(crate) fn new(at: DateTime<Utc>, public_url: &str) -> Self {
        Self { at: danish_time(at), link: format!("{}/account", public_url.trim_end_matches('/')) }
    }
}

impl Mail for AccountTried {
    const NAME: &'static str = "account_tried";

    #[cfg(test)]
    fn samples() -> Vec<Self> {
        vec![Self::new("2026-11-25T12:05:59Z".parse().unwrap(), "https://varsel.example")]
    }
}
