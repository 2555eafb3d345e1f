//! The alarm about rejected attempts.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use varsel_domain::rules::{Text, month_name};

use super::{Mail, danish_time};

/// The alarm about rejected attempts. It does not say whose or from where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct AttemptsAlarm {
    blocks: bool,
    own: bool,
    networks: bool,
    at: Text,
    link: String,
}

impl AttemptsAlarm {
    /// Ways in were closed.
    pub(crate) fn of_blocks(at: DateTime<Utc>, public_url: &str) -> Self {
        Self { blocks: true, own: false, networks: false, at: danish_time(at), link: page(public_url) }
    }

    /// A day had five times as many as usual.
    pub(crate) fn of_day(date: NaiveDate, public_url: &str) -> Self {
        Self { blocks: false, own: false, networks: false, at: danish_date(date), link: page(public_url) }
    }

    /// An investigator asked for the log of their own acts.
    pub(crate) fn of_own_uses(at: DateTime<Utc>, public_url: &str) -> Self {
        Self { blocks: false, own: true, networks: false, at: danish_time(at), link: page(public_url) }
    }

    /// An account or a token is in use from two networks at once.
    pub(crate) fn of_two_networks(at: DateTime<Utc>, public_url: &str) -> Self {
        let (at, link) = (danish_time(at), page(public_url));
        Self { blocks: false, own: false, networks: true, at, link }
    }
}

fn page(public_url: &str) -> String {
    format!("{}/attempts", public_url.trim_end_matches('/'))
}

fn danish_date(date: NaiveDate) -> Text {
    use chrono::Datelike;
    let (da, en) = month_name(&date);
    let (day, year) = (date.day(), date.year());
    Text { da: format!("{day}. {da} {year}"), en: format!("{day} {en} {year}") }
}

impl Mail for AttemptsAlarm {
    const NAME: &'static str = "attempts_alarm";

    #[cfg(test)]
    fn samples() -> Vec<Self> {
        let at = "2026-11-25T12:05:40Z".parse().unwrap();
        let date = NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
        let url = "https://varsel.example";
        vec![
            Self::of_blocks(at, url),
            Self::of_day(date, url),
            Self::of_own_uses(at, url),
            Self::of_two_networks(at, url),
        ]
    }
}
