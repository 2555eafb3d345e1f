//! Facts: typed answers from the pack's catalogue.

mod format;

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, Utc};
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::Value;

use crate::{Pack, Text};

pub use format::FactFormat;

/// A known answer.
#[derive(Debug, Clone, PartialEq)]
pub enum FactValue {
    /// Yes or no.
    Bool(bool),
    /// Integers, decimals, money in euro, minutes, percent.
    Number(Decimal),
    /// An instant, with the offset it was given with.
    Instant(DateTime<FixedOffset>),
    /// One option, or free text.
    Text(String),
    /// Options chosen, sorted.
    Set(Vec<String>),
    /// The reporter said "not known yet": an answer, never a missing value.
    Unknown,
}

/// The answers given so far. A fact that is not in it was never asked or answered.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts(BTreeMap<String, FactValue>);

impl Facts {
    /// Reads the flat JSON form, e.g. `{"impact.users_affected": 1200, "incident.cross_border": "unknown"}`.
    ///
    /// # Errors
    /// Every problem at once, each naming its fact.
    pub fn parse(pack: &Pack, json: &Value) -> Result<Self, Vec<FactProblem>> {
        let (facts, problems) = Self::parse_lenient(pack, json);
        if problems.is_empty() { Ok(facts) } else { Err(problems) }
    }

    /// Reads what can be read and says what could not: for the side panel that assesses while a person types.
    pub fn parse_lenient(_pack: &Pack, _json: &Value) -> (Self, Vec<FactProblem>) {
        (Self::default(), Vec::new())
    }

    /// Problems that need the present: instants in the future or before 2000.
    pub fn problems_at(&self, _pack: &Pack, _now: DateTime<Utc>) -> Vec<FactProblem> {
        Vec::new()
    }

    /// What a person should look at before sending: a CPR number in free text, text that looks like script.
    pub fn warnings(&self, _pack: &Pack) -> Vec<FactWarning> {
        Vec::new()
    }

    /// The answer to a fact, if one was given.
    pub fn get(&self, id: &str) -> Option<&FactValue> {
        self.0.get(id)
    }

    /// All answers, ordered by fact id.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &FactValue)> {
        self.0.iter().map(|(id, value)| (id.as_str(), value))
    }

    /// The flat JSON form.
    pub fn to_json(&self) -> Value {
        Value::Null
    }

    /// These facts with `newer` on top: what a later filing carries forward.
    #[must_use]
    pub fn updated_with(&self, newer: &Self) -> Self {
        let mut facts = self.clone();
        facts.0.extend(newer.0.iter().map(|(id, value)| (id.clone(), value.clone())));
        facts
    }
}

/// An answer that cannot be taken, and the way out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FactProblem {
    /// Fact id as it was sent.
    pub fact: String,
    /// Stable code.
    pub code: ProblemCode,
    /// What is wrong and what to write instead.
    pub message: Text,
    /// The nearest id or option, where there is one.
    pub suggestion: Option<String>,
}

/// Why an answer cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// The catalogue has no such fact.
    UnknownFact,
    /// The value is of another type than the fact.
    WrongType,
    /// Not one of the options.
    UnknownOption,
    /// A number outside what is possible (negative, above 100 %).
    OutOfRange,
    /// CVR number whose check digit is wrong.
    BadCheckDigit,
    /// An instant in the future.
    InFuture,
    /// An instant before the year 2000.
    TooEarly,
    /// A text without the form its fact has, e.g. a mail address without @.
    BadFormat,
    /// The same fact was answered twice, under two of its ids, and the answers differ.
    Contradiction,
    /// Control characters in text.
    ControlCharacters,
    /// Longer than the limit.
    TooLong,
    /// The facts are not one flat JSON object.
    NotAnObject,
}

/// Something in an answer that a person should look at before sending. It never blocks by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FactWarning {
    /// Fact id.
    pub fact: String,
    /// Stable code.
    pub code: WarningCode,
    /// What was seen and what to do. Never repeats a CPR number.
    pub message: Text,
    /// Whether sending needs a confirmation.
    pub notice: Notice,
}

/// What a warning asks of the reporter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// The person must confirm before it is sent.
    Confirm,
    /// For information.
    Inform,
}

/// What was seen in an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WarningCode {
    /// Looks like a CPR number.
    CprNumber,
    /// Looks like script or markup; it is kept as text and never run.
    LooksLikeScript,
}
