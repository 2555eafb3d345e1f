//! Applying a pack to facts.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use crate::{Assessment, Facts, Filing, Pack, PackRef, Question, Severity};

/// Applies `pack` to `facts`: regimes, obligations, routes, severity, questions and guidance, each with its reasons.
///
/// Deterministic: the same inputs give the same bytes. `filings` is what was received so far, `now` decides only
/// what is late.
pub fn assess(pack: &Pack, _facts: &Facts, _filings: &[Filing], _now: DateTime<Utc>) -> Assessment {
    Assessment {
        pack: PackRef { id: pack.id().to_owned(), version: pack.version().to_owned() },
        regimes: Vec::new(),
        obligations: Vec::new(),
        routes: Vec::new(),
        severity: Severity { level: 0, because: Vec::new() },
        questions: Vec::new(),
        guidance: Vec::new(),
    }
}

/// The stages that one filing with these facts, received at `now`, discharges: every open obligation whose required
/// (X) facts are known, or said to be unknown where the law allows "not yet known".
pub fn discharged(_pack: &Pack, _facts: &Facts, _filings: &[Filing], _now: DateTime<Utc>) -> Vec<Filing> {
    Vec::new()
}

/// What still lacks an answer (a value or "unknown") before these facts can be filed; empty when they can.
///
/// That is: what every report needs, and the required facts of the first open stage of each regime.
pub fn missing(_pack: &Pack, _facts: &Facts, _filings: &[Filing], _now: DateTime<Utc>) -> Vec<Question> {
    Vec::new()
}

/// The facts that `unit` may see of an incident so assessed: the identification block and its regimes' matrices.
pub fn visible_facts(_pack: &Pack, _assessment: &Assessment, _unit: &str) -> BTreeSet<String> {
    BTreeSet::new()
}
