//! The notice that the recipient's account is in use from two networks at once.

use chrono::{DateTime, Utc};
use serde::Serialize;
use varsel_domain::rules::Text;

use super::{Mail, danish_time};

/// The notice that the recipient's sessions, or a token that acts as them, are in use from two networks at once. It does not say
/// from where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct TwoNetworks {
    token: bool,
    at: Text,
    link: String,
}

impl TwoNetworks {
    /// Noticed at `at`, of a token or of sessions.
    pub(crate) fn new(at: DateTime<Utc>, token: bool, public_url: &str) -> Self {
        Self { token, at: danish_time(at), link: format!("{}/account", public_url.trim_end_matches('/')) }
    }
}

impl Mail for TwoNetworks {
    const NAME: &'static str = "two_networks";

    #[cfg(test)]
    fn samples() -> Vec<Self> {
        let at = "2026-11-25T12:05:59Z".parse().unwrap();
        [false, true].map(|token| Self::new(at, token, "https://varsel.example")).to_vec()
    }
}
