use std::sync::LazyLock;

use chrono::{Days, Timelike};
use proptest::prelude::*;

use super::*;

/// The Danish calendar as it is shipped.
pub(crate) fn danish() -> &'static Calendar {
    static DANISH: LazyLock<Calendar> = LazyLock::new(|| {
        let file = serde_saphyr::from_str(include_str!("../../../packs/dk/calendar.yaml")).unwrap();
        Calendar::new(file, "Europe/Copenhagen").unwrap()
    });
    &DANISH
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn time(text: &str) -> NaiveTime {
    text.parse().unwrap()
}

#[test]
fn banks_are_closed_on_the_days_that_the_central_bank_announced() {
    // Danmarks Nationalbank, Banklukkedage, read for 2026 and 2027; days that fall in a weekend are not all listed.
    let announced = [
        "2026-01-01",
        "2026-04-02",
        "2026-04-03",
        "2026-04-06",
        "2026-05-14",
        "2026-05-15",
        "2026-05-25",
        "2026-06-05",
        "2026-12-24",
        "2026-12-25",
        "2026-12-31",
        "2027-01-01",
        "2027-03-25",
        "2027-03-26",
        "2027-03-29",
        "2027-05-06",
        "2027-05-07",
        "2027-05-17",
        "2027-12-24",
        "2027-12-31",
    ]
    .map(date);
    let calendar = danish();
    let closed: Vec<NaiveDate> = date("2026-01-01")
        .iter_days()
        .take_while(|day| day.year() < 2028)
        .filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && calendar.is_bank_holiday(*day))
        .collect();
    assert_eq!(closed, announced);
}

#[test]
fn great_prayer_day_is_a_holiday_until_2023() {
    let calendar = danish();
    assert_eq!(calendar.holiday(date("2023-05-05")).unwrap().id, "great_prayer_day");
    assert!(calendar.is_working_day(date("2024-04-26")));
}

#[test]
fn a_new_holiday_is_one_from_its_first_year_on() {
    let yaml = "public_holidays: [{id: a, name: {da: A, en: A}, on: {date: {month: 5, day: 4}}, first_year: 2027, last_year: 2028}]";
    let calendar = Calendar::new(serde_saphyr::from_str(yaml).unwrap(), "Europe/Copenhagen").unwrap();
    let years: Vec<i32> =
        (2025..=2030).filter(|year| calendar.is_holiday(date(&format!("{year}-05-04")))).collect();
    assert_eq!(years, [2027, 2028]);
}

#[test]
fn christmas_eve_and_constitution_day_are_working_days_for_everyone_but_banks() {
    let calendar = danish();
    for day in ["2026-12-24", "2026-12-31", "2026-06-05", "2026-05-15"].map(date) {
        assert!(calendar.is_working_day(day) && calendar.is_bank_holiday(day), "{day}");
    }
}

#[test]
fn after_wednesday_before_easter_the_next_working_day_is_tuesday() {
    assert_eq!(danish().next_working_day(date("2027-03-24")), Some(date("2027-03-30")));
}

#[test]
fn each_holiday_comes_once_a_year() {
    let calendar = danish();
    for year in 2024..2060 {
        let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        let days = first.iter_days().take_while(|day| day.year() == year);
        assert_eq!(days.filter(|day| calendar.is_holiday(*day)).count(), 10, "{year}");
    }
}

#[test]
fn a_local_time_that_comes_twice_means_the_first() {
    let twice = danish().at(date("2026-10-25"), time("02:30:00")).unwrap();
    assert_eq!(twice.to_rfc3339(), "2026-10-25T02:30:00+02:00");
}

#[test]
fn a_local_time_that_never_comes_moves_forward_by_the_jump() {
    let missing = danish().at(date("2027-03-28"), time("02:30:00")).unwrap();
    assert_eq!(missing.to_rfc3339(), "2027-03-28T03:30:00+02:00");
}

#[test]
fn a_calendar_with_a_slip_of_the_pen_is_refused() {
    let refused =
        |yaml: &str, zone: &str| Calendar::new(serde_saphyr::from_str(yaml).unwrap(), zone).unwrap_err();
    let one = |on: &str| format!("public_holidays: [{{id: a, name: {{da: A, en: A}}, on: {on}}}]");
    let zone = "Europe/Copenhagen";
    assert_eq!(refused(&one("{easter: 400}"), zone), CalendarError::NoSuchDate("a".to_owned()));
    assert_eq!(refused(&one("{date: {month: 2, day: 30}}"), zone), CalendarError::NoSuchDate("a".to_owned()));
    let twice = one("{easter: 1}") + "\nbank_closing_days: [{id: a, name: {da: A, en: A}, on: {easter: 2}}]";
    assert_eq!(refused(&twice, zone), CalendarError::Twice("a".to_owned()));
    let unknown = CalendarError::UnknownTimeZone("Europe/Kobenhavn".to_owned());
    assert_eq!(refused(&one("{easter: 1}"), "Europe/Kobenhavn"), unknown);
    assert!(serde_saphyr::from_str::<CalendarFile>("public_holidays: []\nholydays: []").is_err());
}

proptest! {
    #[test]
    fn a_local_time_that_comes_is_kept_and_the_others_move_an_hour(days in 0u64..6000, second in 0u32..86_400) {
        let calendar = danish();
        let day = date("2024-01-01").checked_add_days(Days::new(days)).unwrap();
        let wanted = NaiveTime::from_num_seconds_from_midnight_opt(second, 0).unwrap();
        let at = calendar.at(day, wanted).unwrap();
        prop_assert_eq!(at, calendar.local(at.to_utc()), "the offset is the one in force then");
        let moved = at.naive_local() - day.and_time(wanted);
        let in_the_gap = day.month() == 3 && day.weekday() == Weekday::Sun && day.day() > 24 && wanted.hour() == 2;
        prop_assert_eq!(moved.num_seconds(), if in_the_gap { 3600 } else { 0 });
    }
}
