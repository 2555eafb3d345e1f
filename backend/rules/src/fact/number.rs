//! Numbers, kept exactly as they were sent.

use std::str::FromStr;

use rust_decimal::Decimal;
use serde_json::{Number, Value};

use super::problem::{ProblemCode, Refusal};
use crate::{Fact, FactType};

/// More than any sum or count in a report: a million million.
pub(super) const GREATEST: u64 = 1_000_000_000_000;
/// A millionth is finer than anything a report measures.
const MOST_DECIMALS: u32 = 6;
/// What a JSON number of double precision carries without rounding: beyond it, what was sent can no longer be told.
const MOST_DIGITS: usize = 15;

/// The bounds of `fact`, both included.
pub(super) fn bounds(fact: &Fact) -> (Decimal, Decimal) {
    let most = if fact.fact_type == FactType::Percent { 100 } else { GREATEST };
    (fact.min.unwrap_or(0).into(), fact.max.map_or(most, u64::from).into())
}

/// Reads a number that `fact` can have.
pub(super) fn read(fact: &Fact, sent: &Number) -> Result<Decimal, Refusal> {
    let (least, most) = bounds(fact);
    let digits = sent.to_string();
    let value = exact(&digits).ok_or_else(|| too_many_digits(&digits, least, most))?;
    if value < least || value > most {
        return Err(out_of_bounds(least, most));
    }
    if fact.fact_type == FactType::Integer && !value.is_integer() {
        return Err(Refusal::new(
            ProblemCode::OutOfRange,
            "Skriv et helt tal uden decimaler, f.eks. 1200.",
            "Write a whole number without decimals, e.g. 1200.",
        ));
    }
    Ok(value)
}

/// The JSON number of a decimal.
pub(super) fn to_json(value: Decimal) -> Value {
    // The text of a decimal is a JSON number, and `read` let only such pass as a double keeps apart.
    Value::from_str(&value.normalize().to_string()).unwrap_or_default()
}

/// Refuses a value of another type, showing the number where it was sent as text.
pub(super) fn not_a_number(answer: &Value) -> Refusal {
    let refusal = Refusal::new(
        ProblemCode::WrongType,
        "Skriv et tal uden anførselstegn og enhed, f.eks. 1200.",
        "Write a number without quotation marks or unit, e.g. 1200.",
    );
    let typed = answer.as_str().map(str::trim).filter(|typed| typed.len() <= 20);
    refusal.suggesting(typed.filter(|typed| Number::from_str(typed).is_ok()))
}

/// The number without sign of zero and needless digits; none where it was, or would be, rounded.
fn exact(digits: &str) -> Option<Decimal> {
    if digits.len() > 40 {
        return None;
    }
    let value =
        Decimal::from_str_exact(digits).or_else(|_| Decimal::from_scientific(digits)).ok()?.normalize();
    let significant = value.mantissa().unsigned_abs().to_string().len();
    let kept = significant <= MOST_DIGITS && value.scale() <= MOST_DECIMALS;
    kept.then_some(value)
}

/// What has too many digits is too great or too fine.
fn too_many_digits(digits: &str, least: Decimal, most: Decimal) -> Refusal {
    let fine = digits.contains('.') && !digits.contains(['e', 'E'])
        || digits.contains("e-")
        || digits.contains("E-");
    if !fine || digits.starts_with('-') {
        return out_of_bounds(least, most);
    }
    Refusal::new(
        ProblemCode::OutOfRange,
        "Tallet har flere cifre, end der gemmes. Rund det af til højst seks decimaler og 15 cifre i alt.",
        "The number has more digits than are kept. Round it to at most six decimals and 15 digits in all.",
    )
}

fn out_of_bounds(least: Decimal, most: Decimal) -> Refusal {
    Refusal::new(
        ProblemCode::OutOfRange,
        format!("Skriv et tal fra {} til {}.", grouped(least, '.'), grouped(most, '.')),
        format!("Write a number from {} to {}.", grouped(least, ','), grouped(most, ',')),
    )
}

/// A bound, which is a whole number, with its thousands set apart.
fn grouped(whole: Decimal, separator: char) -> String {
    let digits = whole.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_read_up_to_forty_characters() {
        let padded = |length: usize| format!("{}1", "0".repeat(length - 1));
        assert_eq!(exact(&padded(40)), Some(Decimal::ONE));
        assert_eq!(exact(&padded(41)), None);
    }
}
