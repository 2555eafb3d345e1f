//! Facts: typed answers from the pack's catalogue.

mod catalogue;
mod country;
mod cpr;
mod format;
mod number;
mod parse;
mod present;
mod problem;
mod schema;
mod script;
mod text;
mod value;
mod warning;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, Utc};
use rust_decimal::Decimal;
use serde_json::Value;

use crate::Pack;
use catalogue::Catalogue;

pub use format::FactFormat;
pub use problem::{FactProblem, ProblemCode};
pub(crate) use schema::facts_schema;
pub use warning::{FactWarning, Notice, WarningCode};

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
    /// Every problem at once (at most 100), each naming its fact.
    pub fn parse(pack: &Pack, json: &Value) -> Result<Self, Vec<FactProblem>> {
        let (facts, problems) = Self::parse_lenient(pack, json);
        if problems.is_empty() { Ok(facts) } else { Err(problems) }
    }

    /// Reads what can be read and says what could not: for the side panel that assesses while a person types.
    ///
    /// `null` and blank text are no answers. A fact's alias is read as the fact. Line ends become `\n`, numbers and
    /// codes lose their ornaments (`DK 13 74 81 36` is the CVR number 13748136); all other text stays as it was typed.
    /// More than 400 answers are refused as a whole, and none of them is read.
    pub fn parse_lenient(pack: &Pack, json: &Value) -> (Self, Vec<FactProblem>) {
        parse::parse(&Catalogue::new(pack.facts()), json)
    }

    /// Problems that need the present: instants in the future (more than five minutes after `now`) or before 2000.
    pub fn problems_at(&self, pack: &Pack, now: DateTime<Utc>) -> Vec<FactProblem> {
        present::problems(&Catalogue::new(pack.facts()), self, now)
    }

    /// What a person should look at before sending: a CPR number in free text, text that looks like script.
    pub fn warnings(&self, pack: &Pack) -> Vec<FactWarning> {
        warning::warnings(&Catalogue::new(pack.facts()), self)
    }

    /// The answer to a fact, if one was given.
    pub fn get(&self, id: &str) -> Option<&FactValue> {
        self.0.get(id)
    }

    /// All answers, ordered by fact id.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &FactValue)> {
        self.0.iter().map(|(id, value)| (id.as_str(), value))
    }

    /// The flat JSON form, the same for the same facts: ids in order, numbers without needless digits, instants in
    /// RFC 3339 with their offset.
    pub fn to_json(&self) -> Value {
        Value::Object(self.0.iter().map(|(id, value)| (id.clone(), value::to_json(value))).collect())
    }

    /// These facts with `newer` on top: what a later filing carries forward.
    #[must_use]
    pub fn updated_with(&self, newer: &Self) -> Self {
        let mut facts = self.clone();
        facts.0.extend(newer.0.iter().map(|(id, value)| (id.clone(), value.clone())));
        facts
    }
}
