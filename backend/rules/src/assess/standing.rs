//! Where a stage stands: filed, open, foreseeable, or not owed here.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::reading::Reading;
use crate::condition::Lookup;
use crate::pack::law::{Opens, Stage};
use crate::{Answer, Limits, ObligationStatus};

/// Where a stage stands, before its clock is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    Filed(DateTime<Utc>),
    Open,
    Foreseeable,
}

/// None where the stage is not owed here. `listed` are the stages before it that are.
pub(crate) fn of(reading: &Reading<'_, '_>, listed: &BTreeSet<&str>) -> Option<Standing> {
    let (stage, view) = (reading.stage, reading.view);
    if let Some(at) = filed(reading) {
        return Some(Standing::Filed(at));
    }
    let answer = |when: &crate::condition::Condition| when.evaluate(view).answer;
    let not_for_this = stage.when.as_ref().is_some_and(|when| answer(when) == Answer::No)
        || stage.certain.as_ref().is_some_and(|certain| answer(certain) != Answer::Yes);
    if not_for_this || stage.unless_filed.iter().any(|other| reading.first(other).is_some()) {
        return None;
    }
    match &stage.opens {
        Opens::Start | Opens::Recurring => Some(Standing::Open),
        Opens::Requested => reading.request().map(|_| Standing::Open),
        Opens::Filed(previous) if reading.first(previous).is_some() => Some(Standing::Open),
        Opens::Filed(previous) => listed.contains(previous.as_str()).then_some(Standing::Foreseeable),
        Opens::Event(fact) if view.known(fact).is_some() => Some(Standing::Open),
        Opens::Event(_) => Some(Standing::Foreseeable),
    }
}

/// When the stage was filed: the first submission counts. What recurs is never done, and what is asked for again is
/// owed again.
fn filed(reading: &Reading<'_, '_>) -> Option<DateTime<Utc>> {
    let id = &reading.stage.id;
    match (&reading.stage.opens, reading.request()) {
        (Opens::Recurring, _) => None,
        (Opens::Requested, Some(request)) => reading.filings(id).filter(|at| *at >= request.at).min(),
        _ => reading.first(id),
    }
}

impl Standing {
    /// The standing as others see it, given the clock.
    pub(crate) fn status(
        self,
        stage: &Stage,
        limits: Option<Limits>,
        now: DateTime<Utc>,
    ) -> ObligationStatus {
        let after = |at: DateTime<Utc>| limits.is_some_and(|limits| at > limits.due);
        let waits = matches!(stage.opens, Opens::Filed(_) | Opens::Event(_)) && stage.clock.is_some();
        match self {
            Self::Filed(at) if after(at) => ObligationStatus::Late,
            Self::Filed(_) => ObligationStatus::Met,
            Self::Foreseeable => ObligationStatus::NotYetOpen,
            // A later stage whose clock waits for an event of its own, e.g. the end of the handling.
            Self::Open if limits.is_none() && waits => ObligationStatus::NotYetOpen,
            Self::Open if after(now) => ObligationStatus::Late,
            Self::Open => ObligationStatus::Open,
        }
    }
}
