//! The notice to a unit that got a case.

use chrono::{DateTime, Utc};
use serde::Serialize;
use varsel_domain::CaseId;
use varsel_domain::rules::Text;

use super::{Mail, danish_time, link};

/// The notice to a unit that got a case. It does not say whose incident it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct CaseOpened {
    number: String,
    opened_at: Text,
    link: String,
}

impl CaseOpened {
    /// Of a case on the incident `number`.
    pub(crate) fn new(number: String, opened_at: DateTime<Utc>, public_url: &str, case: CaseId) -> Self {
        Self { number, opened_at: danish_time(opened_at), link: link(public_url, "case", case) }
    }
}

impl Mail for CaseOpened {
    const NAME: &'static str = "case_opened";

    #[cfg(test)]
    fn samples() -> Vec<Self> {
        let opened_at = "2026-11-25T12:05:59Z".parse().unwrap();
        let case = CaseId(uuid::Uuid::from_u128(7));
        vec![Self::new("V-2026-00042".to_owned(), opened_at, "https://varsel.example", case)]
    }
}
