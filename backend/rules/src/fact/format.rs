//! Texts that have a form: numbers and addresses that a typing mistake can be caught in.

use serde::{Deserialize, Serialize};

/// The form a text fact must have. A fact with a format is no free text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactFormat {
    /// Danish company number: 8 digits, modulus 11.
    Cvr,
    /// Danish production unit number: 10 digits (no check digit: some were issued with other weights).
    PNumber,
    /// Legal Entity Identifier (ISO 17442): 18 letters or digits and two check digits (ISO 7064, mod 97-10).
    Lei,
    /// Mail address.
    Email,
    /// Telephone number, with `+` and country code where it is not Danish.
    Phone,
}
