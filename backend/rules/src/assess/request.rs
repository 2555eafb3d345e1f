//! Reports that are owed only when an authority asks for them.

use chrono::{DateTime, Utc};

use super::Work;
use super::obligations::covered;
use super::roles::units_of;
use crate::{Answer, Facts, Filing, History, Pack, StageRef};

/// The reports that `unit` may ask for: those that the law lets it ask for, of regimes that oblige or may.
pub fn requestable(
    pack: &Pack,
    facts: &Facts,
    filings: &[Filing],
    now: DateTime<Utc>,
    unit: &str,
) -> Vec<StageRef> {
    let work = Work::new(pack, facts, History { filings, requests: &[] }, now);
    let mut stages = Vec::new();
    for found in work.findings.iter().filter(|found| found.duty() != Answer::No) {
        let sectors = covered(found.regime, &work.view);
        for stage in &found.regime.stages {
            let mut roles = stage.requested_by.iter().filter_map(|role| pack.routing.roles.get(role));
            if roles.any(|role| units_of(role, &sectors).contains(&unit)) {
                stages.push(StageRef { regime: found.regime.id.clone(), stage: stage.id.clone() });
            }
        }
    }
    stages
}
