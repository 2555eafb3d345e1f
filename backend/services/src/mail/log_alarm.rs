//! The alarm about the log of use.

use chrono::{DateTime, Utc};
use serde::Serialize;
use varsel_domain::rules::Text;

use super::{Mail, danish_time};

/// The alarm that something is wrong with the log of use. It does not say what: that stands behind the sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct LogAlarm {
    clock: bool,
    at: Text,
    link: String,
}

impl LogAlarm {
    /// Found at `at`.
    pub(crate) fn new(at: DateTime<Utc>, public_url: &str) -> Self {
        Self { clock: false, at: danish_time(at), link: page(public_url) }
    }

    /// Its times are wrong, because the server's clock is: found at `at`, by that clock.
    pub(crate) fn of_clock(at: DateTime<Utc>, public_url: &str) -> Self {
        Self { clock: true, at: danish_time(at), link: page(public_url) }
    }
}

fn page(public_url: &str) -> String {
    format!("{}/compliance", public_url.trim_end_matches('/'))
}

impl Mail for LogAlarm {
    const NAME: &'static str = "log_alarm";

    #[cfg(test)]
    fn samples() -> Vec<Self> {
        let at = "2026-11-25T12:05:40Z".parse().unwrap();
        let url = "https://varsel.example";
        vec![Self::new(at, url), Self::of_clock(at, url)]
    }
}
