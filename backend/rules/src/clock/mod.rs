//! Periods laid down in law: when they end, in the plain reading and legally.

use std::num::NonZeroU16;

use chrono::{DateTime, Datelike, Days, FixedOffset, Months, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc};
use serde::{Deserialize, Serialize};

use crate::Calendar;
use crate::calendar::Closed;

#[cfg(test)]
mod oracle;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod years;

/// A length of time as the law states it, e.g. 24 hours or one month. In a pack: `{count: 24, unit: hour}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// How many.
    pub count: NonZeroU16,
    /// Of what. Regulation 1182/71 counts hours otherwise than the rest: 24 hours are not one day.
    pub unit: PeriodUnit,
}

/// What a period is expressed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeriodUnit {
    /// Elapsed hours.
    Hour,
    /// Calendar days.
    Day,
    /// Seven calendar days.
    Week,
    /// Calendar months.
    Month,
}

/// How weekends and holidays move the legal end of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CalendarRule {
    /// Not at all.
    Elapsed,
    /// Regulation (EEC, Euratom) 1182/71 art. 3(4) and (5): periods not in hours end with a working day and include two.
    #[serde(rename = "reg1182_71")]
    Regulation1182,
    /// RTS (EU) 2025/301 art. 5(4): a limit on a weekend day or bank holiday may be met by noon of the next working day.
    /// Not for every entity and report (art. 5(5) and (6)): the caller asks for [`CalendarRule::Elapsed`] for the others.
    DoraWeekend,
}

/// The two ends of a period, with the legal time zone's offset at each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Limits {
    /// The plain reading (event + 24 h): what to show, and to remind on.
    pub target: DateTime<FixedOffset>,
    /// The legal end: a filing is late only after it. The end of a day is 00:00 of the next.
    pub due: DateTime<FixedOffset>,
}

impl Limits {
    /// The earlier of two limits, for duties with a cap (DORA: 4 h from classification, at most 24 h from awareness).
    ///
    /// The plain readings decide which one it is; its legal end, deferred or not, comes with it.
    #[must_use]
    pub fn earliest(self, other: Self) -> Self {
        std::cmp::min_by_key(self, other, |limits| (limits.target, limits.due))
    }
}

/// When a period that `trigger` starts ends, under `rule`.
///
/// - Hours: `target` is that many elapsed hours later. `due` counts them from the end of the hour in which the trigger
///   falls (art. 3(1)); hours are those of the legal time zone. No rule but DORA's moves them.
/// - Days, weeks, months: `target` has the trigger's local time, in a month its day number or else the month's last day.
///   `due` is the end of that day (art. 3(2)(b) and (c)), moved as `rule` says.
///
/// Which event is the trigger, whether a cap or a rule applies, is for the caller to say; caps by [`Limits::earliest`].
/// None only where the trigger is no instant of RFC 3339: outside the years 0 to 9999.
pub fn limits(
    calendar: &Calendar,
    trigger: DateTime<Utc>,
    period: Period,
    rule: CalendarRule,
) -> Option<Limits> {
    if !(0..=9999).contains(&trigger.year()) {
        return None;
    }
    let (target, last_day) = plain_end(calendar, trigger, period)?;
    let due = match rule {
        CalendarRule::DoraWeekend if !calendar.is_open(last_day, Closed::Banks) => {
            let noon = NaiveTime::from_hms_opt(12, 0, 0)?;
            calendar.at(calendar.next_open(last_day, Closed::Banks)?, noon)?
        }
        _ if period.unit == PeriodUnit::Hour => {
            let hours = TimeDelta::hours(period.count.get().into());
            calendar.local(end_of_hour(calendar, trigger)?.checked_add_signed(hours)?)
        }
        CalendarRule::Regulation1182 => {
            let event_day = calendar.local(trigger).date_naive();
            end_of_day(calendar, last_working_day(calendar, event_day, last_day)?)?
        }
        CalendarRule::Elapsed | CalendarRule::DoraWeekend => end_of_day(calendar, last_day)?,
    };
    Some(Limits { target, due })
}

/// The end in the plain reading, and the local day on which it falls.
fn plain_end(
    calendar: &Calendar,
    trigger: DateTime<Utc>,
    period: Period,
) -> Option<(DateTime<FixedOffset>, NaiveDate)> {
    let count = period.count.get();
    let local = calendar.local(trigger);
    let day = local.date_naive();
    let last_day = match period.unit {
        PeriodUnit::Hour => {
            let target = calendar.local(trigger.checked_add_signed(TimeDelta::hours(count.into()))?);
            return Some((target, target.date_naive()));
        }
        PeriodUnit::Day => day.checked_add_days(Days::new(count.into()))?,
        PeriodUnit::Week => day.checked_add_days(Days::new(u64::from(count) * 7))?,
        PeriodUnit::Month => day.checked_add_months(Months::new(count.into()))?,
    };
    Some((calendar.at(last_day, local.time())?, last_day))
}

/// The end of the local hour in which `instant` falls; a full hour belongs to the hour that it begins.
fn end_of_hour(calendar: &Calendar, instant: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let local = calendar.local(instant).time();
    let into_hour = TimeDelta::seconds(i64::from(local.minute() * 60 + local.second()));
    instant.with_nanosecond(0)?.checked_sub_signed(into_hour)?.checked_add_signed(TimeDelta::hours(1))
}

fn end_of_day(calendar: &Calendar, day: NaiveDate) -> Option<DateTime<FixedOffset>> {
    calendar.at(day.succ_opt()?, NaiveTime::MIN)
}

/// The last day under Regulation 1182/71 art. 3(4), a working day, and art. 3(5): two working days in any period of
/// two days or more. The day of the event is no part of the period (art. 3(1)).
fn last_working_day(calendar: &Calendar, event_day: NaiveDate, plain: NaiveDate) -> Option<NaiveDate> {
    let mut last = plain;
    if !calendar.is_working_day(last) {
        last = calendar.next_working_day(last)?;
    }
    let two_days_or_more = event_day.succ_opt()? < plain;
    let working_days = event_day.iter_days().skip(1).take_while(|day| *day <= last);
    if two_days_or_more && working_days.filter(|day| calendar.is_working_day(*day)).take(2).count() < 2 {
        last = calendar.next_working_day(last)?;
    }
    Some(last)
}
