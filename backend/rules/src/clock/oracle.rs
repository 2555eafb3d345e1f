//! The same law computed slowly, by walking: its own rule for summer time, its own list of Easters, no calendar sums.
//! Only for the Danish calendar, from 2024 to 2041.

use chrono::{
    DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc, Weekday,
};

use super::{CalendarRule, Limits, Period, PeriodUnit};

/// Easter Sundays from 2024 on, as (month, day), from an almanac.
pub(super) const EASTERS: [(u32, u32); 18] = [
    (3, 31),
    (4, 20),
    (4, 5),
    (3, 28),
    (4, 16),
    (4, 1),
    (4, 21),
    (4, 13),
    (3, 28),
    (4, 17),
    (4, 9),
    (3, 25),
    (4, 13),
    (4, 5),
    (4, 25),
    (4, 10),
    (4, 1),
    (4, 21),
];

pub(super) fn walked_limits(trigger: DateTime<Utc>, period: Period, rule: CalendarRule) -> Limits {
    let count = usize::from(period.count.get());
    if period.unit == PeriodUnit::Hour {
        let target = local(walk_hours(trigger, count));
        let due = match deferred(target.date_naive(), rule) {
            Some(noon) => noon,
            None => local(walk_hours(walk_to_full_hour(trigger), count)),
        };
        return Limits { target, due };
    }
    let (plain, _) = walk_days(trigger, |days| reached(period, days));
    let target = at(plain.and_time(local(trigger).time()));
    let due = deferred(plain, rule).unwrap_or_else(|| {
        let end = walk_days(trigger, |days| {
            days.contains(&plain) && (rule != CalendarRule::Regulation1182 || may_end(days, plain))
        });
        local(end.1)
    });
    Limits { target, due }
}

/// Noon of the next day on which banks are open, where the DORA rule defers a limit on `day`.
fn deferred(mut day: NaiveDate, rule: CalendarRule) -> Option<DateTime<FixedOffset>> {
    if rule != CalendarRule::DoraWeekend || !(day_off(day) || bank_closed(day)) {
        return None;
    }
    while day_off(day) || bank_closed(day) {
        day = day.succ_opt().unwrap();
    }
    Some(at(day.and_hms_opt(12, 0, 0).unwrap()))
}

fn walk_hours(mut instant: DateTime<Utc>, hours: usize) -> DateTime<Utc> {
    for _ in 0..hours {
        instant += TimeDelta::seconds(3600);
    }
    instant
}

fn walk_to_full_hour(instant: DateTime<Utc>) -> DateTime<Utc> {
    let mut minute = instant.with_nanosecond(0).unwrap().with_second(0).unwrap() + TimeDelta::seconds(60);
    while local(minute).minute() != 0 {
        minute += TimeDelta::seconds(60);
    }
    minute
}

/// Walks from midnight to midnight, keeping the days that are over (the event's day first), until `done`.
fn walk_days(trigger: DateTime<Utc>, done: impl Fn(&[NaiveDate]) -> bool) -> (NaiveDate, DateTime<Utc>) {
    let mut hour = walk_to_full_hour(trigger);
    let mut over = Vec::new();
    loop {
        if local(hour).hour() == 0 {
            over.push(local(hour).date_naive().pred_opt().unwrap());
            if done(&over) {
                return (*over.last().unwrap(), hour);
            }
        }
        hour += TimeDelta::seconds(3600);
    }
}

/// Whether the last of `days` is the last day of the period, weekends and holidays aside.
fn reached(period: Period, days: &[NaiveDate]) -> bool {
    let (event, last) = (days[0], days[days.len() - 1]);
    let count = usize::from(period.count.get());
    match period.unit {
        PeriodUnit::Hour => unreachable!("hours are no days"),
        PeriodUnit::Day => days.len() == count + 1,
        PeriodUnit::Week => days[1..].iter().filter(|day| day.weekday() == event.weekday()).count() == count,
        PeriodUnit::Month => {
            let months = days[1..].iter().filter(|day| day.day() == 1).count();
            months == count && (last.day() == event.day() || last.succ_opt().unwrap().day() == 1)
        }
    }
}

/// Article 3(4) and (5): with a working day, and with the second one where the plain period has two days or more.
fn may_end(days: &[NaiveDate], plain: NaiveDate) -> bool {
    let working = days[1..].iter().filter(|day| !day_off(**day)).count();
    !day_off(days[days.len() - 1]) && (working >= 2 || days[1] == plain)
}

pub(super) fn day_off(day: NaiveDate) -> bool {
    let fixed = [(1, 1), (12, 25), (12, 26)].contains(&(day.month(), day.day()));
    let moving = [-3, -2, 0, 1, 39, 49, 50].contains(&(day - easter(day.year())).num_days());
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun) || fixed || moving
}

pub(super) fn bank_closed(day: NaiveDate) -> bool {
    let fixed = [(6, 5), (12, 24), (12, 31)].contains(&(day.month(), day.day()));
    fixed || (day - easter(day.year())).num_days() == 40
}

fn easter(year: i32) -> NaiveDate {
    let (month, day) = EASTERS[usize::try_from(year - 2024).unwrap()];
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// Danish time: summer time from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last Sunday of October.
fn local(instant: DateTime<Utc>) -> DateTime<FixedOffset> {
    let change = |month| {
        let last = NaiveDate::from_ymd_opt(instant.year(), month, 31).unwrap();
        let sunday = (0..7)
            .map(|back| last - TimeDelta::days(back))
            .find(|day| day.weekday() == Weekday::Sun)
            .unwrap();
        sunday.and_time(NaiveTime::from_hms_opt(1, 0, 0).unwrap()).and_utc()
    };
    let summer = (change(3)..change(10)).contains(&instant);
    instant.with_timezone(&FixedOffset::east_opt(if summer { 7200 } else { 3600 }).unwrap())
}

/// The first instant that clocks show `time`; one hour later on the clock when they never do.
fn at(time: NaiveDateTime) -> DateTime<FixedOffset> {
    let readings = [2, 1].map(|hours| local((time - TimeDelta::hours(hours)).and_utc()));
    let shown = readings.iter().find(|reading| reading.naive_local() == time);
    *shown.unwrap_or(&readings[1])
}
