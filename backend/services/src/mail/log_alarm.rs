//! The alarm about the log of use.

use chrono::{DateTime, Utc};
use serde::Serialize;
use varsel_domain::rules::Text;

use super::{Mail, danish_time};

/// The alarm that something is wrong with the log of use. It does not say what: that stands behind the sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct LogAlarm {
    at: Text,
    link: String,
}

impl LogAlarm {
    /// Found at `at`.
    pub(crate) fn new(at: DateTime<Utc>, public_url: &str) -> Self {
        Self { at: danish_time(at), link: format!("{}/compliance", public_url.trim_end_matches('/')) }
    }
}

impl Mail for LogAlarm {
    const NAME: &'static str = "log_alarm";

    #[cfg(test)]
    fn samples() -> Vec<Self> {
        vec![Self::new("2026-11-25T12:05:40Z".parse().unwrap(), "https://varsel.example")]
    }
}
