//! Answers in words, in both languages.

use chrono::{DateTime, Datelike, TimeZone, Timelike};
use chrono_tz::Europe::Copenhagen;
use varsel_domain::rules::{Fact, FactType, FactValue, Text, month_name};

/// The answer to `fact` in words.
pub(crate) fn in_words(fact: &Fact, value: &FactValue) -> Text {
    match value {
        FactValue::Unknown => both("Ikke kendt endnu", "Not known yet"),
        FactValue::Bool(true) => both("Ja", "Yes"),
        FactValue::Bool(false) => both("Nej", "No"),
        FactValue::Number(number) => quantity(fact.fact_type, &number.normalize().to_string()),
        FactValue::Instant(at) => instant(at),
        FactValue::Text(text) => label(fact, text),
        FactValue::Set(options) if options.is_empty() => both("Ingen", "None"),
        FactValue::Set(options) => {
            let labels: Vec<_> = options.iter().map(|option| label(fact, option)).collect();
            let join = |of: fn(&Text) -> &str| labels.iter().map(of).collect::<Vec<_>>().join(", ");
            Text { da: join(|label| &label.da), en: join(|label| &label.en) }
        }
    }
}

/// An instant as people in Denmark read it.
pub(crate) fn instant<Tz: TimeZone>(at: &DateTime<Tz>) -> Text {
    let at = at.with_timezone(&Copenhagen);
    let (da, en) = month_name(&at);
    let (day, year, hour, minute) = (at.day(), at.year(), at.hour(), at.minute());
    Text {
        da: format!("{day}. {da} {year} kl. {hour:02}.{minute:02}"),
        en: format!("{day} {en} {year} at {hour:02}:{minute:02}"),
    }
}

fn label(fact: &Fact, answer: &str) -> Text {
    let option = fact.options.iter().find(|option| option.id == answer);
    option.map_or_else(|| both(answer, answer), |option| option.label.clone())
}

fn quantity(kind: FactType, number: &str) -> Text {
    let (da, en) = (grouped(number, '.', ','), grouped(number, ',', '.'));
    let one = number == "1";
    match kind {
        FactType::MoneyEur => Text { da: format!("{da} euro"), en: format!("EUR {en}") },
        FactType::Percent => Text { da: format!("{da} %"), en: format!("{en}%") },
        FactType::Minutes if one => both("1 minut", "1 minute"),
        FactType::Minutes => Text { da: format!("{da} minutter"), en: format!("{en} minutes") },
        _ => Text { da, en },
    }
}

/// Digits in groups of three; `number` is a plain decimal with a point.
fn grouped(number: &str, separator: char, point: char) -> String {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let mut text = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push(point);
        text.push_str(fraction);
    }
    text
}

fn both(da: &str, en: &str) -> Text {
    Text { da: da.to_owned(), en: en.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_each_language_writes_them() {
        assert_eq!(quantity(FactType::MoneyEur, "1234567.5"), both("1.234.567,5 euro", "EUR 1,234,567.5"));
        assert_eq!(quantity(FactType::Integer, "999"), both("999", "999"));
        assert_eq!(quantity(FactType::Percent, "12.5"), both("12,5 %", "12.5%"));
        assert_eq!(quantity(FactType::Minutes, "1000"), both("1.000 minutter", "1,000 minutes"));
        assert_eq!(quantity(FactType::Minutes, "1"), both("1 minut", "1 minute"));
    }

    #[test]
    fn instants_are_shown_in_danish_time_in_winter_and_in_summer() {
        let at = |text: &str| instant(&DateTime::parse_from_rfc3339(text).unwrap());
        assert_eq!(at("2026-03-07T14:05:00Z"), both("7. marts 2026 kl. 15.05", "7 March 2026 at 15:05"));
        assert_eq!(at("2026-07-31T22:30:00Z"), both("1. august 2026 kl. 00.30", "1 August 2026 at 00:30"));
    }
}
