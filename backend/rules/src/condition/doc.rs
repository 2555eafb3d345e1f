//! Conditions as they are written in a pack.

use chrono::NaiveDate;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_saphyr::Spanned;

use crate::{Period, Text};

/// A node as written: exactly one of the operators, or a fact with one test.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConditionDoc {
    pub(crate) all: Option<Vec<Spanned<ConditionDoc>>>,
    pub(crate) any: Option<Vec<Spanned<ConditionDoc>>>,
    pub(crate) not: Option<Box<Spanned<ConditionDoc>>>,
    /// So many of `of` must hold.
    pub(crate) least: Option<usize>,
    pub(crate) of: Option<Vec<Spanned<ConditionDoc>>>,
    /// A condition that `terms.yaml` defines.
    pub(crate) term: Option<String>,
    /// The law decides it, whatever the facts.
    pub(crate) always: Option<bool>,
    pub(crate) fact: Option<String>,
    pub(crate) is: Option<OperandDoc>,
    pub(crate) one_of: Option<Vec<String>>,
    pub(crate) includes: Option<String>,
    pub(crate) includes_any: Option<Vec<String>>,
    pub(crate) count_at_least: Option<usize>,
    pub(crate) at_least: Option<ThresholdDoc>,
    pub(crate) more_than: Option<ThresholdDoc>,
    pub(crate) at_most: Option<ThresholdDoc>,
    pub(crate) less_than: Option<ThresholdDoc>,
    pub(crate) is_known: Option<bool>,
    /// The instant is on this date or later.
    #[serde(default, deserialize_with = "day")]
    pub(crate) not_before: Option<NaiveDate>,
    /// The instant is at least a period later than an event.
    pub(crate) since: Option<SinceDoc>,
    /// Where the law says it; inherited by the parts that name no place of their own.
    pub(crate) cite: Option<String>,
    /// A clause that reads as a reason where it holds.
    pub(crate) text: Option<Text>,
    /// The same where it does not.
    pub(crate) otherwise: Option<Text>,
}

/// A day. Its library would say what is wrong with one in words of its own, in English.
fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveDate>, D::Error> {
    let written = Option::<String>::deserialize(deserializer)?;
    let read =
        |written: String| written.parse().ok().ok_or_else(|| D::Error::custom("write a day like 2026-09-11"));
    written.map(read).transpose()
}

/// A period that has passed since an event.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SinceDoc {
    /// The fact that says when it was.
    pub(crate) event: String,
    pub(crate) period: Period,
}

/// What `is` compares with.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged, expecting = "write true, false or an option")]
pub(crate) enum OperandDoc {
    Bool(bool),
    Option(String),
}

/// A threshold as written: a number, so many percent of a fact, or the smallest of several.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(
    untagged,
    deny_unknown_fields,
    expecting = "write a number, `{percent: ..., of: ...}` or `{smallest_of: [...]}`"
)]
pub(crate) enum ThresholdDoc {
    Whole(i64),
    Number(f64),
    PercentOf { percent: f64, of: String },
    SmallestOf { smallest_of: Vec<Self> },
}
