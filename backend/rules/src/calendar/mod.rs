//! The legal calendar of a jurisdiction: its time zone, its working days, its holidays.

mod holiday;
#[cfg(test)]
pub(crate) mod tests;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveTime, Offset, TimeZone, Utc, Weekday};
use chrono_tz::{GapInfo, Tz};
use serde::Deserialize;

use crate::Source;

pub use holiday::{Holiday, HolidayDate};

/// The pack's `calendar.yaml`, as read.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarFile {
    /// Public holidays of the Member State (Regulation 1182/71 art. 2(1)).
    pub public_holidays: Vec<Holiday>,
    /// Further days on which banks are closed: for rules that speak of bank holidays.
    #[serde(default)]
    pub bank_closing_days: Vec<Holiday>,
    /// Where the rules come from.
    #[serde(default)]
    pub sources: Vec<Source>,
}

/// Which days are no working days, in the legal time zone.
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    time_zone: Tz,
    public_holidays: Vec<Holiday>,
    bank_closing_days: Vec<Holiday>,
}

/// Why a calendar cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// Not a name of the IANA time zone database.
    #[error("`{0}` is no time zone: write an IANA name, e.g. `Europe/Copenhagen`")]
    UnknownTimeZone(String),
    /// The rule gives no date in any year.
    #[error(
        "holiday `{0}` falls on no date: write an existing month and day, or at most 120 days from Easter"
    )]
    NoSuchDate(String),
    /// Two holidays have one id.
    #[error("holiday `{0}` stands there twice: remove one, or give it an id of its own")]
    Twice(String),
    /// So many that a working day might never come.
    #[error("{0} holidays are too many: at most 100")]
    TooMany(usize),
}

/// Which closed days count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Closed {
    /// Saturdays, Sundays and public holidays.
    Public,
    /// Those and bank closing days.
    Banks,
}

impl Calendar {
    /// A calendar from the pack's file and the IANA name of its time zone.
    ///
    /// # Errors
    /// An unknown time zone, a holiday without a date, or the same holiday twice.
    pub fn new(file: CalendarFile, time_zone: &str) -> Result<Self, CalendarError> {
        let unknown = |_| CalendarError::UnknownTimeZone(time_zone.to_owned());
        let time_zone = time_zone.parse().map_err(unknown)?;
        let CalendarFile { public_holidays, bank_closing_days, sources: _ } = file;
        let days: Vec<&Holiday> = public_holidays.iter().chain(&bank_closing_days).collect();
        if days.len() > 100 {
            return Err(CalendarError::TooMany(days.len()));
        }
        for (index, day) in days.iter().enumerate() {
            if !day.on.exists() {
                return Err(CalendarError::NoSuchDate(day.id.clone()));
            }
            if days.iter().skip(index + 1).any(|other| other.id == day.id) {
                return Err(CalendarError::Twice(day.id.clone()));
            }
        }
        Ok(Self { time_zone, public_holidays, bank_closing_days })
    }

    /// The public holiday that `date` is, if any; Saturdays and Sundays are none by themselves.
    pub fn holiday(&self, date: NaiveDate) -> Option<&Holiday> {
        self.public_holidays.iter().find(|day| day.falls_on(date))
    }

    /// Whether `date` is a public holiday.
    pub fn is_holiday(&self, date: NaiveDate) -> bool {
        self.holiday(date).is_some()
    }

    /// Whether banks are closed on `date`: a weekend day, a public holiday or a bank closing day.
    pub fn is_bank_holiday(&self, date: NaiveDate) -> bool {
        !self.is_open(date, Closed::Banks)
    }

    /// Whether `date` is a working day: no public holiday, Sunday or Saturday (Regulation 1182/71 art. 2(2)).
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        self.is_open(date, Closed::Public)
    }

    /// The first working day after `date`; none only at the end of what can be counted.
    pub fn next_working_day(&self, date: NaiveDate) -> Option<NaiveDate> {
        self.next_open(date, Closed::Public)
    }

    /// Local time at `instant`, with the offset in force then.
    pub fn local(&self, instant: DateTime<Utc>) -> DateTime<FixedOffset> {
        let offset = self.time_zone.offset_from_utc_datetime(&instant.naive_utc()).fix();
        instant.with_timezone(&offset)
    }

    /// The instant of a local time. A time that comes twice (clocks set back) means the first; a time that never
    /// comes (clocks set forward) means as much later as the clocks jump: 02:30 becomes 03:30.
    ///
    /// None only at the end of what can be counted.
    pub fn at(&self, date: NaiveDate, time: NaiveTime) -> Option<DateTime<FixedOffset>> {
        let local = date.and_time(time);
        if let Some(instant) = self.time_zone.from_local_datetime(&local).earliest() {
            return Some(self.local(instant.to_utc()));
        }
        let (_, before) = GapInfo::new(&local, &self.time_zone)?.begin?;
        Some(self.local(local.checked_sub_offset(before.fix())?.and_utc()))
    }

    pub(crate) fn is_open(&self, date: NaiveDate, closed: Closed) -> bool {
        let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        let banks = closed == Closed::Banks && self.bank_closing_days.iter().any(|day| day.falls_on(date));
        !weekend && !banks && !self.is_holiday(date)
    }

    pub(crate) fn next_open(&self, date: NaiveDate, closed: Closed) -> Option<NaiveDate> {
        // A year without a working day cannot be: `new` allows 100 holidays.
        date.iter_days().skip(1).take(366).find(|day| self.is_open(*day, closed))
    }
}
