//! Conditions: three-valued, and they explain themselves.
//!
//! A condition is a tree of `all`, `any`, `not` and "at least so many of" over predicates on facts. Unknown facts
//! give *cannot tell*, never a guess (Kleene's strong logic of indeterminacy).

pub(crate) mod compile;
pub(crate) mod doc;
mod evaluate;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;
mod visit;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::{Period, Text};

pub(crate) use evaluate::{Finding, Lookup, Mark};

/// A condition whose facts, options and citations have been checked.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Condition {
    /// At least `least` of the parts hold: `all` is all of them, `any` is one of them.
    Least { least: usize, of: Vec<Self> },
    /// The part does not hold.
    Not(Box<Self>),
    /// A test of one fact.
    Leaf(Predicate),
    /// Decided by the law itself, whatever the facts.
    Always { value: bool, basis: Basis },
}

/// What a leaf says, and where the law says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Basis {
    /// A clause that reads as a reason when the leaf holds; the fact and its value where absent.
    pub(crate) text: Option<Text>,
    /// The same when it does not hold.
    pub(crate) otherwise: Option<Text>,
    /// Article or paragraph: its own, or that of the nearest enclosing condition.
    pub(crate) cite: String,
}

/// A test of one fact.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Predicate {
    /// Fact id, of the catalogue or computed.
    pub(crate) fact: String,
    pub(crate) test: Test,
    pub(crate) basis: Basis,
}

/// What is asked of a fact's value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Test {
    /// Yes or no.
    IsBool(bool),
    /// One of these options.
    OneOf(Vec<String>),
    /// The chosen options include one of these.
    IncludesAny(Vec<String>),
    /// At least so many options are chosen.
    CountAtLeast(usize),
    /// A number compared with a threshold.
    Compare(Comparison, Threshold),
    /// The instant is on this date, where it was given, or later.
    NotBefore(NaiveDate),
    /// The instant is at least so long after that of another fact.
    Since { event: String, period: Period },
    /// There is an answer other than "unknown". Never *no*: an answer may still come.
    IsKnown,
}

/// How a number is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    /// Greater or equal.
    AtLeast,
    /// Greater.
    MoreThan,
    /// Less or equal.
    AtMost,
    /// Less.
    LessThan,
}

/// What a number is compared with.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Threshold {
    /// A number of the law.
    Number(Decimal),
    /// So many percent of another fact.
    PercentOf { percent: Decimal, fact: String },
    /// Whichever is smallest.
    SmallestOf(Vec<Self>),
}

impl Condition {
    /// The same condition, found in another place of the law.
    fn cited(&self, cite: &str) -> Self {
        let basis = |basis: &Basis| Basis { cite: cite.to_owned(), ..basis.clone() };
        match self {
            Self::Least { least, of } => {
                Self::Least { least: *least, of: of.iter().map(|part| part.cited(cite)).collect() }
            }
            Self::Not(part) => Self::Not(Box::new(part.cited(cite))),
            Self::Leaf(leaf) => Self::Leaf(Predicate { basis: basis(&leaf.basis), ..leaf.clone() }),
            Self::Always { value, basis: own } => Self::Always { value: *value, basis: basis(own) },
        }
    }
}

impl Threshold {
    fn facts<'a>(&'a self, into: &mut Vec<&'a str>) {
        match self {
            Self::Number(_) => {}
            Self::PercentOf { fact, .. } => into.push(fact),
            Self::SmallestOf(parts) => parts.iter().for_each(|part| part.facts(into)),
        }
    }
}
