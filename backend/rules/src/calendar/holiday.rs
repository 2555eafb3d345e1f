//! Holidays as rules: a date of the year or a distance from Easter, and the years in which it holds.

use chrono::{Datelike, Days, NaiveDate, TimeDelta};
use serde::Deserialize;

use crate::Text;

/// A day of the year on which offices (or banks) are closed, as the pack's `calendar.yaml` states it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// Id, e.g. `whit_monday`.
    pub id: String,
    /// Name.
    pub name: Text,
    /// When it falls.
    pub on: HolidayDate,
    /// First year in which it is a holiday; always, where none is given.
    #[serde(default)]
    pub first_year: Option<i32>,
    /// Last year in which it is a holiday.
    #[serde(default)]
    pub last_year: Option<i32>,
}

/// The rule by which a holiday finds its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum HolidayDate {
    /// The same date each year.
    Date {
        /// Month, 1 to 12.
        month: u32,
        /// Day of the month, from 1.
        day: u32,
    },
    /// Days after Easter Sunday; before it, when negative.
    Easter(i16),
}

impl Holiday {
    /// Whether `date` is this holiday.
    pub(super) fn falls_on(&self, date: NaiveDate) -> bool {
        let in_force = self.first_year.is_none_or(|first| date.year() >= first)
            && self.last_year.is_none_or(|last| date.year() <= last);
        in_force && self.on.in_year(date.year()) == Some(date)
    }
}

impl HolidayDate {
    /// Its date in `year`; none for 29 February in a common year.
    pub(super) fn in_year(self, year: i32) -> Option<NaiveDate> {
        match self {
            Self::Date { month, day } => NaiveDate::from_ymd_opt(year, month, day),
            Self::Easter(days) => easter_sunday(year)?.checked_add_signed(TimeDelta::days(days.into())),
        }
    }

    /// Whether there is such a date in any year.
    pub(super) fn exists(self) -> bool {
        // Year 2000 is a leap year, so that it has every date. Further from Easter than 120 days is a slip of the pen.
        match self {
            Self::Date { .. } => self.in_year(2000).is_some(),
            Self::Easter(days) => days.unsigned_abs() <= 120,
        }
    }
}

/// Easter Sunday of the western churches: the Sunday after the church's full moon, which falls on 21 March at the
/// earliest. By the rule of the Gregorian calendar, so from 1583.
fn easter_sunday(year: i32) -> Option<NaiveDate> {
    let century = year.div_euclid(100);
    // The moon repeats itself every 19 years, but for the leap days that are dropped and its own slow drift.
    let golden = year.rem_euclid(19);
    let dropped_leap_days = century - century.div_euclid(4);
    let drift = (8 * century + 13).div_euclid(25);
    let moon = (19 * golden + dropped_leap_days - drift + 15).rem_euclid(30);
    // The church's moon never turns full later than 18 April, nor twice on one day within 19 years.
    let early = moon == 29 || (moon == 28 && golden > 10);
    let full_moon = u64::try_from(moon - i32::from(early)).ok()?;
    let full_moon = NaiveDate::from_ymd_opt(year, 3, 21)?.checked_add_days(Days::new(full_moon))?;
    let to_sunday = 7 - full_moon.weekday().num_days_from_sunday();
    full_moon.checked_add_days(Days::new(to_sunday.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    /// Easter from the definition: the Sunday after the first church full moon on or after 21 March, with the moon
    /// from the table of golden numbers that holds from 1900 to 2199.
    fn easter_from_the_table(year: i32) -> NaiveDate {
        const FULL_MOON: [(u32, u32); 19] = [
            (4, 14),
            (4, 3),
            (3, 23),
            (4, 11),
            (3, 31),
            (4, 18),
            (4, 8),
            (3, 28),
            (4, 16),
            (4, 5),
            (3, 25),
            (4, 13),
            (4, 2),
            (3, 22),
            (4, 10),
            (3, 30),
            (4, 17),
            (4, 7),
            (3, 27),
        ];
        let (month, day) = FULL_MOON[usize::try_from(year % 19).unwrap()];
        let after = date(year, month, day).succ_opt().unwrap();
        after.iter_days().find(|day| day.weekday() == chrono::Weekday::Sun).unwrap()
    }

    #[test]
    fn easter_follows_the_table_of_full_moons_for_three_centuries() {
        for year in 1900..2200 {
            assert_eq!(easter_sunday(year), Some(easter_from_the_table(year)), "{year}");
        }
    }

    /// Butcher's rule of 1876: divisions only, and no calendar.
    fn easter_by_division(year: i32) -> NaiveDate {
        let (golden, century, within) = (year % 19, year / 100, year % 100);
        let drift = (century - (century + 8) / 25 + 1) / 3;
        let moon = (19 * golden + century - century / 4 - drift + 15) % 30;
        let weekday = (32 + 2 * (century % 4) + 2 * (within / 4) - moon - within % 4) % 7;
        let too_late = (golden + 11 * moon + 22 * weekday) / 451;
        let days = u32::try_from(moon + weekday - 7 * too_late + 114).unwrap();
        date(year, days / 31, days % 31 + 1)
    }

    #[test]
    fn easter_agrees_with_a_rule_of_divisions_in_every_year_of_the_calendar() {
        for year in 1583..10_000 {
            assert_eq!(easter_sunday(year), Some(easter_by_division(year)), "{year}");
        }
    }

    #[test]
    fn easter_falls_where_the_almanac_has_it() {
        let known = [
            (1818, 3, 22),
            (1943, 4, 25),
            (2008, 3, 23),
            (2024, 3, 31),
            (2026, 4, 5),
            (2027, 3, 28),
            (2038, 4, 25),
        ];
        for (year, month, day) in known {
            assert_eq!(easter_sunday(year), Some(date(year, month, day)));
        }
    }

    #[test]
    fn a_date_that_no_year_has_is_no_holiday() {
        assert!(!HolidayDate::Date { month: 2, day: 30 }.exists());
        assert!(!HolidayDate::Easter(-400).exists());
        assert!(HolidayDate::Date { month: 2, day: 29 }.exists());
        assert_eq!(HolidayDate::Date { month: 2, day: 29 }.in_year(2027), None);
    }
}
