//! What a filing needs, and what it discharges.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::Work;
use super::obligations::Duty;
use crate::pack::law::{Cell, Code};
use crate::{FactValue, Facts, Filing, History, Need, Pack, Question};

/// The stages that one filing with these facts, received at `now`, discharges: every open obligation whose required
/// (X) facts are known, or said to be unknown where the law allows "not yet known".
///
/// Nothing is discharged that is filed elsewhere, or that nobody is told of yet.
pub fn discharged(pack: &Pack, facts: &Facts, filings: &[Filing], now: DateTime<Utc>) -> Vec<Filing> {
    discharged_history(pack, facts, History { filings, requests: &[] }, now)
}

/// As [`discharged`], where authorities have asked for reports that are owed only on request.
pub fn discharged_history(
    pack: &Pack,
    facts: &Facts,
    history: History<'_>,
    now: DateTime<Utc>,
) -> Vec<Filing> {
    let work = Work::new(pack, facts, history, now);
    let complete =
        |duty: &&Duty<'_>| duty.told && duty.owed && duty.stage.row.iter().all(|cell| !lacks(cell, facts));
    let filing =
        |duty: &Duty<'_>| Filing { regime: duty.regime.id.clone(), stage: duty.stage.id.clone(), at: now };
    work.duties.iter().filter(complete).map(filing).collect()
}

/// What still lacks an answer (a value or "unknown") before these facts can be filed; empty when they can.
///
/// That is: what every report needs, and the required facts of the first open stage of each regime; of one that may not
/// cover the organisation only those that everybody is asked.
pub fn missing(pack: &Pack, facts: &Facts, filings: &[Filing], now: DateTime<Utc>) -> Vec<Question> {
    let work = Work::new(pack, facts, History { filings, requests: &[] }, now);
    let mut lacking: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for required in
        pack.required.iter().filter(|required| !answered(&required.fact, required.unknown_ok, facts))
    {
        lacking.entry(&required.fact).or_default();
    }
    let mut begun = BTreeSet::new();
    for duty in work.duties.iter().filter(|duty| duty.told && duty.owed) {
        if !begun.insert(duty.regime.id.as_str()) {
            continue;
        }
        // "Not known yet" never keeps a report from being filed; it only discharges no stage that must know.
        let unanswered = |cell: &&Cell| {
            cell.code == Code::Required && duty.asks(cell, pack) && facts.get(&cell.fact).is_none()
        };
        for cell in duty.stage.row.iter().filter(unanswered) {
            let place = format!("{}/{}", duty.regime.id, duty.stage.id);
            lacking.entry(&cell.fact).or_default().push(place);
        }
    }
    let in_order = pack.facts().iter().filter_map(|fact| lacking.remove_entry(fact.id.as_str()));
    in_order
        .map(|(fact, needed_for)| Question { fact: fact.to_owned(), needed_for, need: Need::Required })
        .collect()
}

fn lacks(cell: &Cell, facts: &Facts) -> bool {
    cell.code == Code::Required && !answered(&cell.fact, cell.unknown_ok, facts)
}

fn answered(fact: &str, unknown_ok: bool, facts: &Facts) -> bool {
    match facts.get(fact) {
        None => false,
        Some(FactValue::Unknown) => unknown_ok,
        Some(_) => true,
    }
}
