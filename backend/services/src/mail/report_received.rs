//! The receipt for the person who filed.

use chrono::{DateTime, Utc};
use serde::Serialize;
use varsel_domain::IncidentId;
use varsel_domain::rules::Text;

use super::{Mail, danish_time, link};

/// The receipt for the person who filed. It names no duty: which law applies already tells what happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ReportReceived {
    number: String,
    received_at: Text,
    next_at: Option<Text>,
    link: String,
}

impl ReportReceived {
    /// Of a filing on the incident `number`; `next_at` is the next time at which something is due.
    pub(crate) fn new(
        number: String,
        received_at: DateTime<Utc>,
        next_at: Option<DateTime<Utc>>,
        page: (&str, IncidentId),
    ) -> Self {
        let (public_url, incident) = page;
        Self {
            number,
            received_at: danish_time(received_at),
            next_at: next_at.map(danish_time),
            link: link(public_url, "incident", incident),
        }
    }
}

impl Mail for ReportReceived {
    const NAME: &'static str = "report_received";

    #[cfg(test)]
    fn samples() -> Vec<Self> {
        let at = |text: &str| text.parse().unwrap();
        let page = ("https://varsel.example", IncidentId(uuid::Uuid::from_u128(42)));
        [Some(at("2026-11-26T13:00:00Z")), None]
            .map(|next| Self::new("V-2026-00042".to_owned(), at("2026-11-25T12:05:59Z"), next, page))
            .to_vec()
    }
}
