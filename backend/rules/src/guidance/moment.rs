//! Instants in words.

use chrono::{DateTime, Datelike, FixedOffset, TimeDelta, Timelike, Weekday};

use crate::Text;

const MONTHS: [(&str, &str); 12] = [
    ("januar", "January"),
    ("februar", "February"),
    ("marts", "March"),
    ("april", "April"),
    ("maj", "May"),
    ("juni", "June"),
    ("juli", "July"),
    ("august", "August"),
    ("september", "September"),
    ("oktober", "October"),
    ("november", "November"),
    ("december", "December"),
];

/// Name of a date's month, in Danish and in English.
pub fn month_name(date: &impl Datelike) -> (&'static str, &'static str) {
    let month = usize::try_from(date.month0()).unwrap_or_default();
    MONTHS.get(month).copied().unwrap_or_default()
}

fn weekday_name(date: &impl Datelike) -> (&'static str, &'static str) {
    match date.weekday() {
        Weekday::Mon => ("mandag", "Monday"),
        Weekday::Tue => ("tirsdag", "Tuesday"),
        Weekday::Wed => ("onsdag", "Wednesday"),
        Weekday::Thu => ("torsdag", "Thursday"),
        Weekday::Fri => ("fredag", "Friday"),
        Weekday::Sat => ("lørdag", "Saturday"),
        Weekday::Sun => ("søndag", "Sunday"),
    }
}

/// A local time as one says it aloud: `fredag den 27. november kl. 15.20`. The end of a day, which the engine writes as
/// 00:00 of the next, is the end of the day that ends: nobody is to think that there is a day more.
pub fn moment(local: &DateTime<FixedOffset>) -> Text {
    let ends_a_day = local.hour() == 0 && local.minute() == 0;
    let day = if ends_a_day { *local - TimeDelta::minutes(1) } else { *local };
    let ((weekday_da, weekday_en), (month_da, month_en)) = (weekday_name(&day), month_name(&day));
    let date = day.day();
    let (da, en) =
        (format!("{weekday_da} den {date}. {month_da}"), format!("{weekday_en} {date} {month_en}"));
    if ends_a_day {
        return Text { da: format!("{da} kl. 24.00"), en: format!("the end of {en}") };
    }
    let (hour, minute) = (local.hour(), local.minute());
    Text { da: format!("{da} kl. {hour:02}.{minute:02}"), en: format!("{en} at {hour:02}:{minute:02}") }
}
