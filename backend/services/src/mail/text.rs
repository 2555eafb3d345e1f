//! What templates say: links, and times as people read them.

use std::fmt;

use chrono::{DateTime, Datelike, Timelike, Utc};
use chrono_tz::Europe::Copenhagen;
use varsel_domain::rules::{Text, month_name};

/// An instant in Danish time, to the minute: the clock on the wall of whoever reads it.
pub(crate) fn danish_time(instant: DateTime<Utc>) -> Text {
    let local = instant.with_timezone(&Copenhagen);
    let (da, en) = month_name(&local);
    let (day, year, hour, minute) = (local.day(), local.year(), local.hour(), local.minute());
    Text {
        da: format!("{day}. {da} {year} kl. {hour:02}.{minute:02} (dansk tid)"),
        en: format!("{day} {en} {year} at {hour:02}:{minute:02} (Danish time)"),
    }
}

/// The page of something on this server: `https://varsel.example/case/case_019b...`.
pub(crate) fn link(public_url: &str, page: &str, id: impl fmt::Display) -> String {
    format!("{}/{page}/{id}", public_url.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_danish_in_winter_and_in_summer() {
        let winter = danish_time("2026-11-25T12:05:59Z".parse().unwrap());
        assert_eq!(winter.da, "25. november 2026 kl. 13.05 (dansk tid)");
        assert_eq!(winter.en, "25 November 2026 at 13:05 (Danish time)");
        let summer = danish_time("2026-07-31T22:30:00Z".parse().unwrap());
        assert_eq!(summer.da, "1. august 2026 kl. 00.30 (dansk tid)");
    }
}
