//! Refusals: what is wrong with an answer, and the way out.

use serde::Serialize;

use crate::{Fact, Text};

/// An answer that cannot be taken, and the way out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FactProblem {
    /// Fact id as it was sent; empty where all are meant ([`ProblemCode::NotAnObject`], too many answers).
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
    /// A number outside what is possible (negative, above 100 %), or with more digits than are kept.
    OutOfRange,
    /// A number whose check digit is wrong (CVR, LEI).
    BadCheckDigit,
    /// An instant in the future.
    InFuture,
    /// An instant before the year 2000.
    TooEarly,
    /// A text without the form that its fact has, e.g. an instant without offset, a CVR number of seven digits.
    BadFormat,
    /// The same fact was answered twice, under two of its ids, and the answers differ.
    Contradiction,
    /// Control characters or invisible format characters in text.
    ControlCharacters,
    /// Longer than the limit, or more answers than one object may hold.
    TooLong,
    /// The facts are not one flat JSON object.
    NotAnObject,
}

/// A refusal before it is known under which name the fact was sent.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) code: ProblemCode,
    pub(super) message: Text,
    pub(super) suggestion: Option<String>,
}

impl Refusal {
    pub(super) fn new(code: ProblemCode, da: impl Into<String>, en: impl Into<String>) -> Self {
        Self { code, message: Text { da: da.into(), en: en.into() }, suggestion: None }
    }

    /// The same with a better answer, which the message names, too.
    pub(super) fn suggesting(self, suggestion: Option<&str>) -> Self {
        let Some(better) = suggestion else { return self };
        let message = Text {
            da: format!("{} Mente I »{better}«?", self.message.da),
            en: format!("{} Did you mean “{better}”?", self.message.en),
        };
        Self { code: self.code, message, suggestion: Some(better.to_owned()) }
    }

    /// About `fact`, which was sent as `name`.
    pub(super) fn about(self, fact: &Fact, name: &str) -> FactProblem {
        let Text { da, en } = self.message;
        let message =
            Text { da: format!("»{}«: {da}", fact.label.da), en: format!("“{}”: {en}", fact.label.en) };
        FactProblem { fact: name.to_owned(), code: self.code, message, suggestion: self.suggestion }
    }

    /// About a name that no fact has, or about the whole (no name).
    pub(super) fn about_name(self, name: &str) -> FactProblem {
        FactProblem {
            fact: name.to_owned(),
            code: self.code,
            message: self.message,
            suggestion: self.suggestion,
        }
    }
}

/// The beginning of what was sent, fit to stand in a message.
pub(super) fn excerpt(sent: &str) -> String {
    let mut shown: String = sent
        .chars()
        .take(40)
        .map(|c| if super::text::is_forbidden(c) || c == '\n' { '\u{FFFD}' } else { c })
        .collect();
    if sent.chars().nth(40).is_some() {
        shown.push('…');
    }
    shown
}
