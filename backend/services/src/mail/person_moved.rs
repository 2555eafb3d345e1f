//! The notice to administrators that somebody belongs elsewhere now.

use chrono::{DateTime, Utc};
use serde::Serialize;
use varsel_domain::PersonId;
use varsel_domain::rules::Text;

use super::{Mail, danish_time};

/// The notice to an administrator that rights are suspended because their holder belongs elsewhere now. It does not say who.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct PersonMoved {
    at: Text,
    link: String,
}

impl PersonMoved {
    /// Of `holder`, who signed in from elsewhere `at`.
    pub(crate) fn new(at: DateTime<Utc>, public_url: &str, holder: PersonId) -> Self {
        let public_url = public_url.trim_end_matches('/');
        Self { at: danish_time(at), link: format!("{public_url}/access/person/{holder}") }
    }
}

impl Mail for PersonMoved {
    const NAME: &'static str = "person_moved";

    #[cfg(test)]
    fn samples() -> Vec<Self> {
        let holder = PersonId(uuid::Uuid::from_u128(8));
        vec![Self::new("2026-11-25T12:05:59Z".parse().unwrap(), "https://varsel.example", holder)]
    }
}
