//! Texts that have a form: numbers that a typing mistake can be caught in.

use serde::{Deserialize, Serialize};

use super::problem::{ProblemCode, Refusal};

/// The form a text fact must have. A fact with a format is no free text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactFormat {
    /// Danish company number: 8 digits, modulus 11.
    Cvr,
    /// Legal Entity Identifier (ISO 17442): 18 letters or digits and two check digits (ISO 7064, mod 97-10).
    Lei,
}

impl FactFormat {
    /// What the stored text matches, as a regular expression for JSON Schema.
    pub(super) fn pattern(self) -> &'static str {
        match self {
            Self::Cvr => "^[0-9]{8}$",
            Self::Lei => "^[A-Z0-9]{18}[0-9]{2}$",
        }
    }
}

/// The text in the form that is stored.
pub(super) fn normalise(format: FactFormat, typed: &str) -> Result<String, Refusal> {
    let bare: String =
        typed.chars().filter(|c| !c.is_whitespace() && *c != '.').collect::<String>().to_ascii_uppercase();
    match format {
        FactFormat::Cvr => cvr(bare.strip_prefix("DK").unwrap_or(&bare)),
        FactFormat::Lei => lei(&bare),
    }
}

/// A CVR number: the digits weighted by 2, 7, 6, 5, 4, 3, 2, 1 add up to a multiple of 11.
fn cvr(bare: &str) -> Result<String, Refusal> {
    if bare.len() != 8 || !bare.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Refusal::new(
            ProblemCode::BadFormat,
            "Et CVR-nummer har 8 cifre, f.eks. 13748136.",
            "A CVR number has 8 digits, e.g. 13748136.",
        ));
    }
    let weighted =
        bare.bytes().zip([2, 7, 6, 5, 4, 3, 2, 1]).map(|(digit, weight)| u32::from(digit - b'0') * weight);
    let sum: u32 = weighted.sum();
    if sum == 0 || !sum.is_multiple_of(11) {
        return Err(Refusal::new(
            ProblemCode::BadCheckDigit,
            "CVR-nummeret findes ikke: kontrolcifferet passer ikke. Slå nummeret op på virk.dk, og ret det.",
            "There is no such CVR number: its check digit is wrong. Look the number up at virk.dk, and correct it.",
        ));
    }
    Ok(bare.to_owned())
}

/// A LEI: with letters read as 10 to 35, the number leaves 1 when divided by 97.
fn lei(bare: &str) -> Result<String, Refusal> {
    let checked = bare
        .get(18..)
        .is_some_and(|check| check.len() == 2 && check.bytes().all(|byte| byte.is_ascii_digit()));
    if !checked || !bare.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(Refusal::new(
            ProblemCode::BadFormat,
            "En LEI-kode har 18 bogstaver eller cifre og til sidst to kontrolcifre.",
            "A LEI code has 18 letters or digits and two check digits at the end.",
        ));
    }
    let rest = bare
        .chars()
        .filter_map(|c| c.to_digit(36))
        .fold(0, |rest, digit| (rest * if digit < 10 { 10 } else { 100 } + digit) % 97);
    if rest != 1 {
        return Err(Refusal::new(
            ProblemCode::BadCheckDigit,
            "LEI-koden findes ikke: kontrolcifrene passer ikke. Slå koden op på gleif.org, og ret den.",
            "There is no such LEI code: its check digits are wrong. Look the code up at gleif.org, and correct it.",
        ));
    }
    Ok(bare.to_owned())
}
