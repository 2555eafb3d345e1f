//! Patterns: how many attempts a day has for each cause, and whether that is unusual.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};

use super::{Cause, Subject};

/// With how many days before it a day is compared.
const COMPARED: i64 = 28;
/// How many times the usual number is unusual.
const TIMES: u64 = 5;
/// Fewer than this are never unusual: five where there was one are no pattern.
const FEWEST: u64 = 20;

/// Attempts of a day, in Danish time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// Which day.
    pub date: NaiveDate,
    /// Why they were rejected.
    pub cause: Cause,
    /// How many.
    pub count: u64,
}

/// A day's attempts for one cause, beside what is usual.
#[derive(Debug, Clone, PartialEq)]
pub struct Deviation {
    /// Why they were rejected.
    pub cause: Cause,
    /// How many on that day.
    pub count: u64,
    /// The mean of the 28 days before it.
    pub usual: f64,
    /// At least 20, and at least five times the usual number.
    pub deviates: bool,
}

/// The attempts of `date`, cause by cause, beside what was usual before; causes that had none in all that time are left out.
pub fn compare(days: &[Day], date: NaiveDate) -> Vec<Deviation> {
    let mut sums: BTreeMap<Cause, (u64, u64)> = BTreeMap::new();
    for day in days {
        let (of_day, before) = sums.entry(day.cause).or_default();
        if day.date == date {
            *of_day += day.count;
        } else if day.date < date && date - day.date <= TimeDelta::days(COMPARED) {
            *before += day.count;
        }
    }
    let deviation = |(cause, (count, before)): (Cause, (u64, u64))| Deviation {
        cause,
        count,
        usual: mean(before),
        deviates: is_unusual(count, before),
    };
    sums.into_iter().filter(|(_, sums)| *sums != (0, 0)).map(deviation).collect()
}

/// What came from one source on a day, or was tried on one account, where that is unusual.
#[derive(Debug, Clone, PartialEq)]
pub struct Unusual {
    /// Which day.
    pub date: NaiveDate,
    /// The source: a client, a person, or a name that nobody has.
    pub subject: Subject,
    /// How many on that day.
    pub count: u64,
    /// The mean of the 28 days before it.
    pub usual: f64,
}

impl Unusual {
    /// Of a source with `count` on `date` and `before` in the 28 days before; none where that is as usual.
    pub fn of(date: NaiveDate, subject: Subject, (count, before): (u64, u64)) -> Option<Self> {
        is_unusual(count, before).then(|| Self { date, subject, count, usual: mean(before) })
    }
}

fn is_unusual(count: u64, before: u64) -> bool {
    // Without fractions: count >= 5 * before / 28.
    count >= FEWEST && count.saturating_mul(28) >= before.saturating_mul(TIMES)
}

fn mean(before: u64) -> f64 {
    f64::from(u32::try_from(before).unwrap_or(u32::MAX)) / 28.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    fn day(day: u32, cause: Cause, count: u64) -> Day {
        Day { date: date(day), cause, count }
    }

    #[test]
    fn five_times_the_usual_number_is_unusual_and_a_handful_is_not() {
        // 280 in the 28 days before: 10 a day.
        let before = day(20, Cause::Gate, 280);
        for (count, expected) in [(49, false), (50, true), (10_000, true)] {
            let found = compare(&[before.clone(), day(25, Cause::Gate, count)], date(25));
            assert_eq!((found[0].deviates, found[0].count), (expected, count));
            assert!((found[0].usual - 10.0).abs() < f64::EPSILON);
        }
        assert!(!compare(&[day(25, Cause::Gate, 19)], date(25))[0].deviates, "too few to say");
        assert!(compare(&[day(25, Cause::Gate, 20)], date(25))[0].deviates, "where there were none");
    }

    #[test]
    fn a_source_is_compared_with_itself() {
        let subject = Subject::Client(crate::attempt::Client("192.0.2.7".to_owned()));
        let of = |count, before| Unusual::of(date(25), subject.clone(), (count, before)).map(|it| it.usual);
        assert_eq!(of(49, 280), None);
        assert_eq!(of(50, 280), Some(10.0));
        assert_eq!(of(19, 0), None);
        assert_eq!(of(20, 0), Some(0.0));
    }

    #[test]
    fn a_day_is_compared_with_the_four_weeks_before_it_only() {
        let later = NaiveDate::from_ymd_opt(2026, 12, 20).unwrap();
        let days = [day(1, Cause::Limit, 9_000), day(22, Cause::Limit, 28), day(30, Cause::Session, 0)];
        let found = compare(&days, later);
        assert_eq!(found.len(), 1);
        assert!((found[0].usual - 1.0).abs() < f64::EPSILON, "{found:?}");
    }
}
