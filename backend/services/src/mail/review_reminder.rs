//! The reminder to whoever has authorisations to review.

use chrono::{DateTime, Utc};
use serde::Serialize;
use varsel_domain::rules::Text;

use super::{Mail, danish_time};

/// The reminder that authorisations wait for a review. It does not say whose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ReviewReminder {
    items: u64,
    one: bool,
    deadline: Text,
    link: String,
}

impl ReviewReminder {
    /// Of `items` that are not decided, the first of which are suspended at `deadline`.
    pub(crate) fn new(items: u64, deadline: DateTime<Utc>, public_url: &str) -> Self {
        let link = format!("{}/access/reviews", public_url.trim_end_matches('/'));
        Self { items, one: items == 1, deadline: danish_time(deadline), link }
    }
}

impl Mail for ReviewReminder {
    const NAME: &'static str = "review_reminder";

    #[cfg(test)]
    fn samples() -> Vec<Self> {
        let deadline = "2026-12-09T12:05:59Z".parse().unwrap();
        vec![
            Self::new(1, deadline, "https://varsel.example"),
            Self::new(23, deadline, "https://varsel.example"),
        ]
    }
}
