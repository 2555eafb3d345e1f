//! The notice to a person who filed, that an authority asks for a report.

use chrono::{DateTime, Utc};
use serde::Serialize;
use varsel_domain::IncidentId;
use varsel_domain::rules::Text;

use super::{Mail, danish_time, link};

/// The notice that an authority asks for a report. It names neither: which law applies already tells what happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ReportRequested {
    number: String,
    due: Option<Text>,
    link: String,
}

impl ReportRequested {
    /// Of a request on the incident `number`, to be met by `due`.
    pub(crate) fn new(number: String, due: Option<DateTime<Utc>>, page: (&str, IncidentId)) -> Self {
        let (public_url, incident) = page;
        Self { number, due: due.map(danish_time), link: link(public_url, "incident", incident) }
    }
}

impl Mail for ReportRequested {
    const NAME: &'static str = "report_requested";

    #[cfg(test)]
    fn samples() -> Vec<Self> {
        let page = ("https://varsel.example", IncidentId(uuid::Uuid::from_u128(42)));
        let due = "2026-11-27T11:00:00Z".parse().unwrap();
        [Some(due), None].map(|due| Self::new("V-2026-00042".to_owned(), due, page)).to_vec()
    }
}
