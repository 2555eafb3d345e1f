//! Days as people count them: those of Denmark.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use chrono_tz::Europe::Copenhagen;

/// When a Danish day begins: clocks change at two or three.
pub fn begins(date: NaiveDate) -> DateTime<Utc> {
    let midnight = date.and_time(NaiveTime::MIN);
    let local = midnight.and_local_timezone(Copenhagen).earliest();
    local.map_or_else(|| midnight.and_utc(), |local| local.to_utc())
}

/// The Danish day of an instant.
pub fn of(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&Copenhagen).date_naive()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight_in_denmark_in_winter_and_in_summer() {
        for (date, instant) in
            [("2026-11-25", "2026-11-24T23:00:00+00:00"), ("2026-07-01", "2026-06-30T22:00:00+00:00")]
        {
            let begin = begins(date.parse().unwrap());
            assert_eq!(begin.to_rfc3339(), instant);
            let before = begin - chrono::TimeDelta::seconds(1);
            assert_eq!((of(begin).to_string(), of(before).succ_opt()), (date.to_owned(), Some(of(begin))));
        }
    }
}
