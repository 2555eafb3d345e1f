//! Applying a pack to facts.

mod filing;
mod obligations;
mod project;
mod questions;
mod reading;
mod request;
pub(crate) mod roles;
mod routes;
mod severity;
mod standing;
pub(crate) mod view;

use chrono::{DateTime, Utc};

use crate::condition::{Finding, Lookup};
use crate::pack::law::Regime;
use crate::{
    Answer, Assessment, FactValue, Facts, Filing, GuidanceRef, History, Pack, RegimeAssessment, explain,
};

pub use filing::{discharged, discharged_history, missing};
pub use project::visible_facts;
pub use request::requestable;

use obligations::Duty;
use view::View;

/// Applies `pack` to `facts`: regimes, obligations, routes, severity, questions and guidance, each with its reasons.
///
/// Deterministic: the same inputs give the same bytes. `filings` is what was received so far, `now` decides only
/// what is late.
pub fn assess(pack: &Pack, facts: &Facts, filings: &[Filing], now: DateTime<Utc>) -> Assessment {
    assess_history(pack, facts, History { filings, requests: &[] }, now)
}

/// As [`assess`], where authorities have asked for reports that are owed only on request.
pub fn assess_history(pack: &Pack, facts: &Facts, history: History<'_>, now: DateTime<Utc>) -> Assessment {
    Work::new(pack, facts, history, now).assessment()
}

/// The regimes found to apply, or not, before anything is made of it.
struct Work<'a> {
    view: View<'a>,
    findings: Vec<Found<'a>>,
    severity: crate::Severity,
    duties: Vec<Duty<'a>>,
}

/// What one regime came to.
struct Found<'a> {
    regime: &'a Regime,
    applies: Finding<'a>,
    triggered: Finding<'a>,
}

impl Found<'_> {
    /// Whether the regime obliges: it applies, and it is triggered.
    fn duty(&self) -> Answer {
        self.applies.answer.and(self.triggered.answer)
    }

    /// Facts that would settle it, those for the first open question first.
    fn need_to_know(&self, view: &View<'_>) -> Vec<String> {
        if self.duty() != Answer::CannotTell {
            return Vec::new();
        }
        let open = if self.applies.answer == Answer::CannotTell { &self.applies } else { &self.triggered };
        view.unknown_in(&open.marks)
    }
}

impl<'a> Work<'a> {
    fn new(pack: &'a Pack, facts: &'a Facts, history: History<'a>, now: DateTime<Utc>) -> Self {
        let mut view = View::new(pack, facts);
        let mut findings = Vec::new();
        for regime in &pack.regimes {
            let applies = regime.applies.evaluate(&view);
            let triggered = regime.triggered.evaluate(&view);
            let found = Found { regime, applies, triggered };
            view.note_duty(&regime.id, found.duty(), found.need_to_know(&view));
            findings.push(found);
        }
        let severity = severity::propose(&view);
        view.note_severity(severity.level);
        let duties = findings
            .iter()
            .filter(|found| {
                found.duty() == Answer::Yes || found.duty() == Answer::CannotTell && found.regime.precaution
            })
            .flat_map(|found| obligations::of_regime(found, &view, history, now))
            .collect();
        Self { view, findings, severity, duties }
    }

    fn assessment(&self) -> Assessment {
        let pack = self.view.pack;
        Assessment {
            pack: pack.reference(),
            regimes: self.findings.iter().map(|found| self.regime(found)).collect(),
            obligations: obligations::in_order(&self.duties),
            routes: routes::routes(&self.view, &self.duties),
            severity: self.severity.clone(),
            questions: questions::questions(self),
            guidance: guidance(&self.view),
        }
    }

    fn regime(&self, found: &Found<'_>) -> RegimeAssessment {
        RegimeAssessment {
            id: found.regime.id.clone(),
            applies: found.applies.answer,
            triggered: found.triggered.answer,
            because: explain::regime(found.regime, &found.applies, &found.triggered, &self.view),
            need_to_know: found.need_to_know(&self.view),
        }
    }
}

/// The playbook of the kind of incident, and the one for every incident.
fn guidance(view: &View<'_>) -> Vec<GuidanceRef> {
    let (always, unknown_kind) = &view.pack.playbooks;
    let kind = match view.known(&view.pack.kind_fact) {
        Some(FactValue::Text(kind)) => kind,
        _ => unknown_kind,
    };
    let playbooks = [kind, always].into_iter().filter_map(|playbook| view.pack.guidance(playbook));
    playbooks
        .map(|playbook| GuidanceRef { playbook: playbook.playbook.clone(), version: playbook.version })
        .collect()
}
