//! The notice to administrators that somebody belongs elsewhere now.

use chrono::{DateTime, Utc};
use serde::Serialize;
use varsel_domain::PersonId;
use varsel_domain::rules::Text;

use super::{Mail, danish_time};

/// The notice to an administrator that rights are suspended because their holder belongs elsewhere now, or that other rights go on all
/// the same. It does not say who.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct PersonMoved {
    at: Text,
    /// How long nobody has dealt with it; 0 where it has just happened.
    days: u32,
    kept: bool,
    link: String,
}

impl PersonMoved {
    /// Of `holder`, who signed in from elsewhere `at`, and whose rights have waited so many weeks since.
    pub(crate) fn new((at, weeks): (DateTime<Utc>, u32), public_url: &str, holder: PersonId) -> Self {
        let public_url = public_url.trim_end_matches('/');
        let link = format!("{public_url}/access/person/{holder}");
        Self { at: danish_time(at), days: weeks.saturating_mul(7), kept: false, link }
    }

    /// Of rights that go on.
    pub(crate) fn with_rights_kept(self) -> Self {
        Self { kept: true, ..self }
    }
}

impl Mail for PersonMoved {
    const NAME: &'static str = "person_moved";

    #[cfg(test)]
    fn samples() -> Vec<Self> {
        let holder = PersonId(uuid::Uuid::from_u128(8));
        let at = "2026-11-25T12:05:59Z".parse().unwrap();
        let of = |weeks| Self::new((at, weeks), "https://varsel.example", holder);
        vec![of(0), of(2), of(0).with_rights_kept()]
    }
}
