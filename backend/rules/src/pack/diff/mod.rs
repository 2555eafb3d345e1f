//! What a new pack version changes: in the pack itself, and for past incidents.
//!
//! Whoever approves a version reads this first: no rule is approved without what it does to real cases.

mod cases;
mod display;
mod items;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Pack;
use crate::{Answer, Assessment, FactProblem, Filing, GuidanceRef, Obligation, PackRef, Route, Text};

/// A past incident, with the moment at which both versions assess it.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedFacts {
    /// What to call it: an incident's id, or a file's name.
    pub name: String,
    /// Its facts in the flat form that [`crate::Facts::parse`] reads.
    pub facts: Value,
    /// What was filed.
    pub filings: Vec<Filing>,
    /// When it is assessed: decides only what is late.
    pub now: DateTime<Utc>,
}

/// How two versions of a pack differ.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PackDiff {
    /// The version that is in force.
    pub old: PackRef,
    /// The version that is to replace it.
    pub new: PackRef,
    /// What was added to the pack, taken out of it or changed in it.
    pub items: Vec<ItemChange>,
    /// How many past incidents were assessed by both.
    pub compared: usize,
    /// Those that come out differently, in the order given.
    pub cases: Vec<CaseChange>,
}

/// One thing of a pack that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemChange {
    /// What it is.
    pub kind: ItemKind,
    /// Its id; of a stage, `regime/stage`.
    pub id: String,
    /// What became of it.
    pub change: Change,
    /// What differs in it, where it was changed.
    pub parts: Vec<PartChange>,
}

/// What an item of a pack is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// A fact of the catalogue.
    Fact,
    /// A body of law.
    Regime,
    /// A report of a regime.
    Stage,
    /// A subsector.
    Sector,
    /// A unit.
    Unit,
    /// A playbook.
    Playbook,
    /// Rules for all incidents: routing, severity, projection, calendar, required facts.
    Rules,
}

/// What became of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Only the new version has it.
    Added,
    /// Only the old version has it.
    Removed,
    /// Both have it, and it differs.
    Changed,
}

/// A part of an item, line by line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartChange {
    /// Heading or path within the item, e.g. `What triggers it` or `label.da`.
    pub part: String,
    /// Lines that only the old version has.
    pub removed: Vec<String>,
    /// Lines that only the new version has.
    pub added: Vec<String>,
}

/// A past incident that comes out differently.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CaseChange {
    /// Its name.
    pub name: String,
    /// Facts that one version cannot read; then nothing else was compared.
    pub unreadable: Option<Differs<Vec<FactProblem>>>,
    /// Whether laws apply and are triggered.
    pub regimes: Vec<Differs<RegimeAnswer>>,
    /// Duties: recipients, provisional or not, clock and standing.
    pub obligations: Vec<Differs<Obligation>>,
    /// Units with a case, and their part in it.
    pub routes: Vec<Differs<Route>>,
    /// Severity.
    pub severity: Option<Differs<u8>>,
    /// Playbooks and their versions.
    pub guidance: Vec<Differs<GuidanceRef>>,
}

/// What each version says; one of them may say nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Differs<T> {
    /// The old version; null where only the new one says it.
    pub old: Option<T>,
    /// The new version; null where only the old one says it.
    pub new: Option<T>,
}

/// What a regime came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RegimeAnswer {
    /// Regime.
    pub id: String,
    /// Whether it is on this organisation.
    pub applies: Answer,
    /// Whether this incident must be reported under it.
    pub triggered: Answer,
}

/// Compares two versions of a pack, and what both make of past incidents.
pub fn diff(old: &Pack, new: &Pack, cases: &[NamedFacts]) -> PackDiff {
    PackDiff {
        old: old.reference(),
        new: new.reference(),
        items: items::changes(old, new),
        compared: cases.len(),
        cases: cases.iter().filter_map(|case| cases::change(old, new, case)).collect(),
    }
}

/// How one past incident comes out differently under two versions, as [`diff`] says it of each; none where it does not.
pub fn diff_case(old: &Pack, new: &Pack, case: &NamedFacts) -> Option<CaseChange> {
    cases::change(old, new, case)
}

/// How two assessments of the incident `name` differ; none where they say the same.
pub fn diff_assessments(name: &str, before: &Assessment, after: &Assessment) -> Option<CaseChange> {
    cases::compare(name, before, after)
}

/// What an item of a pack says in either version, in both languages: only what differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemWords {
    /// What it is.
    pub kind: ItemKind,
    /// Its id; of a stage, `regime/stage`.
    pub id: String,
    /// What became of it.
    pub change: Change,
    /// Lines that only the old version has.
    pub before: Option<Text>,
    /// Lines that only the new version has.
    pub after: Option<Text>,
}

/// Everything that differs between two versions of a pack, in words for whoever approves one.
pub fn diff_items(old: &Pack, new: &Pack) -> Vec<ItemWords> {
    items::in_words(old, new)
}
