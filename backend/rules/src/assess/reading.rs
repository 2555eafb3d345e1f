//! Clocks: what starts them, and when they end.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};

use super::view::View;
use crate::condition::{Condition, Lookup};
use crate::pack::law::{Clock, Opens, Regime, Stage, Start};
use crate::{Answer, CalendarRule, FactValue, History, Limits, Request, limits};

/// Reads one stage in the light of the facts and of what happened so far.
pub(crate) struct Reading<'a, 'v> {
    pub(crate) regime: &'a Regime,
    pub(crate) stage: &'a Stage,
    pub(crate) view: &'v View<'a>,
    pub(crate) history: History<'v>,
}

impl<'a> Reading<'a, '_> {
    /// The two ends of the stage's period, and where the law says so; none while it is not known when it starts, or
    /// where neither the law nor a request sets a time.
    pub(crate) fn limits(&self) -> (Option<Limits>, &'a str) {
        let cite = self.stage.cite.as_str();
        if let Some(due) = self.request().and_then(|request| request.due) {
            let due = self.view.pack.calendar().local(due);
            return (Some(Limits { target: due, due }), cite);
        }
        self.stage.clock.as_ref().map_or((None, cite), |clock| self.read(clock))
    }

    fn read(&self, clock: &'a Clock) -> (Option<Limits>, &'a str) {
        let certain = |when: &Condition| when.evaluate(self.view).answer == Answer::Yes;
        let chosen = clock.overrides.iter().find(|other| certain(&other.when));
        let (period, cite) = chosen
            .map_or((clock.period, self.stage.cite.as_str()), |other| (other.period, other.cite.as_str()));
        let deferred = clock.defer_when.as_ref().is_none_or(certain);
        let rule = if deferred { clock.rule } else { CalendarRule::Elapsed };
        let ends = |start: DateTime<Utc>, period| limits(self.view.pack.calendar(), start, period, rule);
        let start = self.start(&clock.start);
        let main = start.and_then(|start| ends(start, period));
        let Some((fact, most)) = &clock.cap else { return (main, cite) };
        let cap = self.instant(fact).and_then(|from| ends(from, *most));
        let limits = match (main, cap, start) {
            // What starts the period came only after the cap had passed: then the period alone counts.
            (Some(main), Some(cap), Some(start)) if start > cap.target => Some(main),
            (Some(main), Some(cap), _) => Some(main.earliest(cap)),
            (main, cap, _) => main.or(cap),
        };
        (limits, cite)
    }

    /// What starts the clock; where the stage recurs, its own latest filing starts it again.
    fn start(&self, start: &Start) -> Option<DateTime<Utc>> {
        let recurs = self.stage.opens == Opens::Recurring;
        let again = recurs.then(|| self.filings(&self.stage.id).max()).flatten();
        again.or_else(|| match start {
            Start::Fact(fact) => self.instant(fact),
            Start::Filed { stage, latest: false } => self.first(stage),
            Start::Filed { stage, latest: true } => self.filings(stage).max(),
        })
    }

    fn instant(&self, fact: &str) -> Option<DateTime<Utc>> {
        match self.view.known(fact) {
            Some(FactValue::Instant(instant)) => Some(instant.to_utc()),
            _ => None,
        }
    }

    /// When a stage of the regime was filed, resubmissions included.
    pub(crate) fn filings(&self, stage: &str) -> impl Iterator<Item = DateTime<Utc>> {
        let of_stage = self.history.filings.iter().filter(move |filing| filing.stage == stage);
        of_stage.filter(|filing| filing.regime == self.regime.id).map(|filing| filing.at)
    }

    /// The first submission of a stage: a resubmission starts no clock again.
    pub(crate) fn first(&self, stage: &str) -> Option<DateTime<Utc>> {
        self.filings(stage).min()
    }

    /// The latest request for this stage; of two at one moment, that which must be met first.
    pub(crate) fn request(&self) -> Option<&Request> {
        let asked = self.history.requests.iter().filter(|request| request.regime == self.regime.id);
        asked
            .filter(|request| request.stage == self.stage.id)
            .max_by_key(|request| (request.at, request.due.is_some(), Reverse(request.due)))
    }
}
