use proptest::prelude::*;

use super::oracle::{EASTERS, walked_limits};
use super::*;
use crate::calendar::tests::danish;

fn period(text: &str) -> Period {
    let (count, unit) = text.split_once(' ').unwrap();
    let unit = match unit {
        "h" => PeriodUnit::Hour,
        "d" => PeriodUnit::Day,
        "w" => PeriodUnit::Week,
        "months" => PeriodUnit::Month,
        other => panic!("{other}"),
    };
    Period { count: count.parse().unwrap(), unit }
}

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Trigger, period, rule: target and due, as RFC 3339 in the legal time zone.
fn ends(trigger: &str, length: &str, rule: CalendarRule) -> [String; 2] {
    let Limits { target, due } = limits(danish(), instant(trigger), period(length), rule).unwrap();
    [target.to_rfc3339(), due.to_rfc3339()]
}

use CalendarRule::{DoraWeekend, Elapsed, Regulation1182};

#[test]
fn the_hour_of_the_event_is_not_counted() {
    let expected = ["2026-11-24T15:20:00+01:00", "2026-11-24T16:00:00+01:00"];
    assert_eq!(ends("2026-11-23T15:20:00+01:00", "24 h", Elapsed), expected);
    let expected = ["2026-11-26T15:20:00+01:00", "2026-11-26T16:00:00+01:00"];
    assert_eq!(ends("2026-11-23T15:20:00+01:00", "72 h", Elapsed), expected);
}

#[test]
fn a_full_hour_belongs_to_the_hour_that_it_begins() {
    let expected = ["2026-11-24T15:00:00+01:00", "2026-11-24T16:00:00+01:00"];
    assert_eq!(ends("2026-11-23T15:00:00+01:00", "24 h", Elapsed), expected);
    let expected = ["2026-11-24T14:59:59.999+01:00", "2026-11-24T15:00:00+01:00"];
    assert_eq!(ends("2026-11-23T14:59:59.999+01:00", "24 h", Elapsed), expected);
}

#[test]
fn hours_elapse_through_the_night_that_the_clocks_change() {
    let expected = ["2026-10-25T19:00:00+01:00", "2026-10-25T20:00:00+01:00"];
    assert_eq!(ends("2026-10-24T20:00:00+02:00", "24 h", Elapsed), expected);
    let expected = ["2027-03-28T21:00:00+02:00", "2027-03-28T22:00:00+02:00"];
    assert_eq!(ends("2027-03-27T20:00:00+01:00", "24 h", Elapsed), expected);
    let expected = ["2027-03-30T21:00:00+02:00", "2027-03-30T22:00:00+02:00"];
    assert_eq!(ends("2027-03-27T20:00:00+01:00", "72 h", Elapsed), expected);
}

#[test]
fn each_of_the_two_half_past_twos_has_its_own_clock() {
    let expected = ["2026-10-26T01:30:00+01:00", "2026-10-26T02:00:00+01:00"];
    assert_eq!(ends("2026-10-25T02:30:00+02:00", "24 h", Elapsed), expected);
    let expected = ["2026-10-26T02:30:00+01:00", "2026-10-26T03:00:00+01:00"];
    assert_eq!(ends("2026-10-25T02:30:00+01:00", "24 h", Elapsed), expected);
}

#[test]
fn no_holiday_moves_hours() {
    let christmas = ["2026-12-27T22:00:00+01:00", "2026-12-27T23:00:00+01:00"];
    assert_eq!(ends("2026-12-24T22:00:00+01:00", "72 h", Elapsed), christmas);
    assert_eq!(ends("2026-12-24T22:00:00+01:00", "72 h", Regulation1182), christmas);
}

#[test]
fn a_month_ends_with_the_same_date_or_the_last_of_the_month() {
    let expected = ["2027-04-30T09:30:00+02:00", "2027-05-01T00:00:00+02:00"];
    assert_eq!(ends("2027-03-31T09:30:00+02:00", "1 months", Regulation1182), expected);
    let expected = ["2028-02-29T10:00:00+01:00", "2028-03-01T00:00:00+01:00"];
    assert_eq!(ends("2028-01-31T10:00:00+01:00", "1 months", Regulation1182), expected);
}

#[test]
fn a_month_that_ends_on_a_holiday_ends_with_the_next_working_day() {
    let expected = ["2026-12-26T10:00:00+01:00", "2026-12-29T00:00:00+01:00"];
    assert_eq!(ends("2026-11-26T10:00:00+01:00", "1 months", Regulation1182), expected);
    let expected = ["2027-02-28T10:00:00+01:00", "2027-03-02T00:00:00+01:00"];
    assert_eq!(ends("2027-01-31T10:00:00+01:00", "1 months", Regulation1182), expected);
}

#[test]
fn days_run_to_the_end_of_the_last() {
    let expected = ["2026-12-15T09:00:00+01:00", "2026-12-16T00:00:00+01:00"];
    assert_eq!(ends("2026-12-01T09:00:00+01:00", "14 d", Regulation1182), expected);
    assert_eq!(ends("2026-12-01T09:00:00+01:00", "2 w", Regulation1182), expected);
}

#[test]
fn two_days_or_more_hold_two_working_days() {
    let easter = ["2027-03-27T11:00:00+01:00", "2027-04-01T00:00:00+02:00"];
    assert_eq!(ends("2027-03-24T11:00:00+01:00", "3 d", Regulation1182), easter);
    let one_day = ["2027-03-25T11:00:00+01:00", "2027-03-31T00:00:00+02:00"];
    assert_eq!(ends("2027-03-24T11:00:00+01:00", "1 d", Regulation1182), one_day);
    let unmoved = ["2027-03-27T11:00:00+01:00", "2027-03-28T00:00:00+01:00"];
    assert_eq!(ends("2027-03-24T11:00:00+01:00", "3 d", Elapsed), unmoved);
}

#[test]
fn a_local_time_that_the_last_day_lacks_moves_forward() {
    let expected = ["2027-03-28T03:30:00+02:00", "2027-03-29T00:00:00+02:00"];
    assert_eq!(ends("2027-03-27T02:30:00+01:00", "1 d", Elapsed), expected);
}

#[test]
fn a_dora_limit_on_a_closed_day_waits_until_noon_of_the_next_open_one() {
    let whitsun = ["2027-05-15T06:00:00+02:00", "2027-05-18T12:00:00+02:00"];
    assert_eq!(ends("2027-05-15T02:00:00+02:00", "4 h", DoraWeekend), whitsun);
    let weekend = ["2026-11-28T06:00:00+01:00", "2026-11-30T12:00:00+01:00"];
    assert_eq!(ends("2026-11-28T02:00:00+01:00", "4 h", DoraWeekend), weekend);
    let not_for_banks = ["2026-11-28T06:00:00+01:00", "2026-11-28T07:00:00+01:00"];
    assert_eq!(ends("2026-11-28T02:00:00+01:00", "4 h", Elapsed), not_for_banks);
    let month = ["2026-12-31T10:00:00+01:00", "2027-01-04T12:00:00+01:00"];
    assert_eq!(ends("2026-11-30T10:00:00+01:00", "1 months", DoraWeekend)[1], "2026-12-31T00:00:00+01:00");
    assert_eq!(ends("2026-12-01T10:00:00+01:00", "30 d", DoraWeekend), month);
}

#[test]
fn a_dora_limit_on_an_open_day_stays() {
    let expected = ["2026-11-27T06:00:00+01:00", "2026-11-27T07:00:00+01:00"];
    assert_eq!(ends("2026-11-24T06:00:00+01:00", "72 h", DoraWeekend), expected);
    let ends_as_saturday_begins = ["2026-11-27T23:45:00+01:00", "2026-11-28T00:00:00+01:00"];
    assert_eq!(ends("2026-11-27T19:45:00+01:00", "4 h", DoraWeekend), ends_as_saturday_begins);
}

#[test]
fn the_earlier_of_two_limits_is_the_duty() {
    let capped = |aware: &str, classified: &str| {
        let ends = |trigger, length| limits(danish(), instant(trigger), period(length), DoraWeekend).unwrap();
        ends(classified, "4 h").earliest(ends(aware, "24 h")).target.to_rfc3339()
    };
    let aware = "2026-11-23T08:00:00+01:00";
    assert_eq!(capped(aware, "2026-11-23T15:00:00+01:00"), "2026-11-23T19:00:00+01:00");
    assert_eq!(capped(aware, "2026-11-24T06:00:00+01:00"), "2026-11-24T08:00:00+01:00");
}

#[test]
fn a_deferred_limit_stays_deferred_though_the_cap_comes_before_noon() {
    // 4 h from classification end on Sunday evening, 24 h from awareness on Monday at 02:00: Sunday is the limit.
    let calendar = danish();
    let ends = |trigger, length| limits(calendar, instant(trigger), period(length), DoraWeekend).unwrap();
    let limit = ends("2026-11-29T19:00:00+01:00", "4 h").earliest(ends("2026-11-29T02:00:00+01:00", "24 h"));
    assert_eq!(limit.due.to_rfc3339(), "2026-11-30T12:00:00+01:00");
}

#[test]
fn the_end_of_countable_time_is_no_panic() {
    for length in ["65535 h", "65535 d", "65535 w", "65535 months"] {
        for rule in [Elapsed, Regulation1182, DoraWeekend] {
            assert_eq!(limits(danish(), DateTime::<Utc>::MAX_UTC, period(length), rule), None);
            assert!(limits(danish(), instant("9999-12-31T23:59:59Z"), period(length), rule).is_some());
        }
    }
}

#[test]
fn a_period_is_written_as_count_and_unit() {
    assert_eq!(serde_saphyr::from_str::<Period>("{count: 24, unit: hour}").unwrap(), period("24 h"));
    assert!(serde_saphyr::from_str::<Period>("{count: 0, unit: hour}").is_err());
    assert_eq!(serde_saphyr::from_str::<CalendarRule>("reg1182_71").unwrap(), Regulation1182);
}

/// Instants from 2024 to 2040, most of them where calendars go wrong.
fn triggers() -> impl Strategy<Value = DateTime<Utc>> {
    let day = |year: i32, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
    let clock_change = (2024..2040, prop_oneof![Just(3), Just(10)], -5i64..2)
        .prop_map(move |(year, month, back)| day(year, month, 31) + TimeDelta::days(back));
    let easter = (2024..2040, -12i64..56).prop_map(move |(year, after)| {
        let (month, date) = EASTERS[usize::try_from(year - 2024).unwrap()];
        day(year, month, date) + TimeDelta::days(after)
    });
    let christmas =
        (2024..2040, 0i64..22).prop_map(move |(year, after)| day(year, 12, 15) + TimeDelta::days(after));
    let month_end = (2024..2040, 1u32..13, -3i64..2)
        .prop_map(move |(year, month, after)| day(year, month, 1) + TimeDelta::days(after))
        .prop_map(move |date| date.max(day(2024, 1, 1)));
    let any = (0i64..5844).prop_map(move |after| day(2024, 1, 1) + TimeDelta::days(after));
    let second = prop_oneof![0i64..86_400, 0i64..10_800, (0i64..24).prop_map(|hour| hour * 3600)];
    let days = prop_oneof![clock_change, easter, christmas, month_end, any];
    (days, second)
        .prop_map(|(day, second)| day.and_time(NaiveTime::MIN).and_utc() + TimeDelta::seconds(second))
}

fn periods() -> impl Strategy<Value = Period> {
    let of =
        |unit, most: u16| (1..=most).prop_map(move |count| Period { count: count.try_into().unwrap(), unit });
    prop_oneof![
        of(PeriodUnit::Hour, 200),
        of(PeriodUnit::Day, 20),
        of(PeriodUnit::Week, 5),
        of(PeriodUnit::Month, 13),
    ]
}

proptest! {
    // Four times as many as elsewhere: a day in a year goes wrong where calendars do.
    #![proptest_config(ProptestConfig::with_cases(4 * ProptestConfig::default().cases))]

    #[test]
    fn the_sums_agree_with_walking_the_calendar(
        trigger in triggers(),
        period in periods(),
        rule in prop_oneof![Just(Elapsed), Just(Regulation1182), Just(DoraWeekend)],
    ) {
        prop_assert_eq!(limits(danish(), trigger, period, rule), Some(walked_limits(trigger, period, rule)));
    }

    #[test]
    fn the_legal_end_never_comes_before_the_plain_one_and_a_later_event_never_ends_earlier(
        trigger in triggers(),
        later in 0i64..200_000,
        period in periods(),
        rule in prop_oneof![Just(Elapsed), Just(Regulation1182)],
    ) {
        let calendar = danish();
        let first = limits(calendar, trigger, period, rule).unwrap();
        let second = limits(calendar, trigger + TimeDelta::seconds(later), period, rule).unwrap();
        prop_assert!(first.target <= first.due);
        prop_assert!(first.due <= second.due);
    }
}
