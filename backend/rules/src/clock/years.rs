//! Every year from 2024 to 2040, day by day where calendars go wrong, against the slow oracle: nothing here is left to chance.

use super::oracle::{bank_closed, day_off, walked_limits};
use super::*;
use crate::calendar::tests::danish;

const YEARS: std::ops::RangeInclusive<i32> = 2024..=2040;

fn days_of(year: i32) -> impl Iterator<Item = NaiveDate> {
    let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
    first.iter_days().take_while(move |day| day.year() == year)
}

/// Compares the sums with the walk for one trigger, given in local time as UTC would write it.
fn agrees(day: NaiveDate, minute: u32, (count, unit): (u16, PeriodUnit), rule: CalendarRule) {
    let time = NaiveTime::from_hms_opt(minute / 60, minute % 60, 0).unwrap();
    let trigger = day.and_time(time).and_utc();
    let period = Period { count: count.try_into().unwrap(), unit };
    let walked = Some(walked_limits(trigger, period, rule));
    assert_eq!(limits(danish(), trigger, period, rule), walked, "{trigger}, {count} {unit:?}, {rule:?}");
}

#[test]
fn each_day_is_a_working_day_or_not_as_the_almanac_has_it() {
    let mut closed = 0;
    for day in YEARS.flat_map(days_of) {
        assert_eq!(danish().is_working_day(day), !day_off(day), "{day}");
        assert_eq!(danish().is_bank_holiday(day), day_off(day) || bank_closed(day), "{day}");
        closed += usize::from(danish().is_holiday(day));
    }
    assert_eq!(closed, 17 * 10, "ten public holidays a year");
}

#[test]
fn periods_that_begin_when_the_clocks_change_end_where_the_walk_ends() {
    for year in YEARS {
        let changes = days_of(year).filter(|day| {
            let offset =
                |hour| danish().local(day.and_hms_opt(hour, 30, 0).unwrap().and_utc()).offset().to_owned();
            offset(0) != offset(1)
        });
        let changes: Vec<_> = changes.collect();
        assert_eq!(changes.iter().map(Datelike::month).collect::<Vec<_>>(), [3, 10], "{year}");
        for day in changes.iter().flat_map(|day| [day.pred_opt().unwrap(), *day]) {
            for minute in (0..24 * 60).step_by(30) {
                for hours in [1, 4, 24, 72] {
                    agrees(day, minute, (hours, PeriodUnit::Hour), CalendarRule::Elapsed);
                }
                agrees(day, minute, (1, PeriodUnit::Day), CalendarRule::Regulation1182);
            }
        }
    }
}

#[test]
fn a_month_from_the_ends_of_each_month_ends_where_the_walk_ends() {
    for day in YEARS.flat_map(days_of) {
        let soon = day + Days::new(3);
        if soon.month() != day.month() || day.day() == 1 {
            for rule in [CalendarRule::Elapsed, CalendarRule::Regulation1182] {
                agrees(day, 9 * 60, (1, PeriodUnit::Month), rule);
            }
        }
    }
}

#[test]
fn leap_days_begin_and_end_periods_as_any_other_day() {
    let leap_days: Vec<_> = YEARS.filter_map(|year| NaiveDate::from_ymd_opt(year, 2, 29)).collect();
    assert_eq!(leap_days.len(), 5);
    for leap_day in leap_days {
        for before in [0, 1, 2, 29, 366] {
            let day = leap_day - TimeDelta::days(before);
            for period in
                [(24, PeriodUnit::Hour), (1, PeriodUnit::Day), (2, PeriodUnit::Day), (12, PeriodUnit::Month)]
            {
                // Before 2024 the almanac of the oracle does not reach.
                if day.year() >= 2024 {
                    agrees(day, 10 * 60 + 20, period, CalendarRule::Regulation1182);
                }
            }
        }
    }
}
