//! Duties: stages that are open, met, late or foreseeable, with their clocks and recipients.

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset, Utc};

use super::Found;
use super::roles::units_of;
use super::view::View;
use crate::condition::Lookup;
use crate::pack::law::{Clock, Opens, Regime, Role, Stage, Start, Subsector};
use crate::{Answer, CalendarRule, FactValue, Filing, Limits, Obligation, ObligationStatus, limits};

/// A duty with what it came from.
pub(crate) struct Duty<'a> {
    pub(crate) regime: &'a Regime,
    pub(crate) stage: &'a Stage,
    /// Whom each role means here.
    pub(crate) recipients: Vec<(&'a Role, Vec<&'a str>)>,
    /// Whether the recipients are told of it: of a provisional duty not always.
    pub(crate) told: bool,
    pub(crate) obligation: Obligation,
}

impl Duty<'_> {
    /// Whether a filing is still owed.
    pub(crate) fn owed(&self, filings: &[Filing]) -> bool {
        let open = matches!(self.obligation.status, ObligationStatus::Open | ObligationStatus::Late);
        let recurs = self.stage.opens == Opens::Recurring;
        open && (recurs || first(filings, &self.regime.id, &self.stage.id).is_none())
    }
}

/// The duties of a regime that obliges, or may.
pub(crate) fn of_regime<'a>(
    found: &Found<'a>,
    view: &View<'a>,
    filings: &[Filing],
    now: DateTime<Utc>,
) -> Vec<Duty<'a>> {
    let regime = found.regime;
    let provisional = found.duty() == Answer::CannotTell;
    let certain = |condition: &crate::condition::Condition| condition.evaluate(view).answer == Answer::Yes;
    let told =
        !regime.info.filed_elsewhere && (!provisional || regime.tell_when.as_ref().is_none_or(certain));
    let mut duties: Vec<Duty<'a>> = Vec::new();
    for stage in &regime.stages {
        let listed: BTreeSet<&str> = duties.iter().map(|duty| duty.stage.id.as_str()).collect();
        let Some(standing) = standing(regime, stage, &listed, view, filings) else { continue };
        let again =
            (stage.opens == Opens::Recurring).then(|| latest(filings, &regime.id, &stage.id)).flatten();
        let clock = Reading { regime, view, filings, again };
        let (limits, cite) = match &stage.clock {
            Some(written) => clock.read(written, &stage.cite),
            None => (None, stage.cite.as_str()),
        };
        let status = status(standing, stage, limits, now);
        let recipients = recipients(regime, stage, view);
        let mut units: Vec<String> =
            recipients.iter().flat_map(|(_, units)| units).map(|unit| (*unit).to_owned()).collect();
        if units.is_empty() {
            units.push(view.pack.routing.lead.centre.clone());
        }
        let obligation = Obligation {
            regime: regime.id.clone(),
            stage: stage.id.clone(),
            recipients: units,
            provisional,
            status,
            target: limits.map(|limits| limits.target),
            due: limits.map(|limits| limits.due),
            cite: cite.to_owned(),
        };
        duties.push(Duty { regime, stage, recipients, told, obligation });
    }
    duties
}

/// Where a stage stands, before its clock is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Filed(DateTime<Utc>),
    Open,
    Foreseeable,
}

fn standing(
    regime: &Regime,
    stage: &Stage,
    listed: &BTreeSet<&str>,
    view: &View<'_>,
    filings: &[Filing],
) -> Option<Standing> {
    let filed = |stage: &str| first(filings, &regime.id, stage);
    if let Some(at) = filed(&stage.id).filter(|_| stage.opens != Opens::Recurring) {
        return Some(Standing::Filed(at));
    }
    let not_for_this = stage.when.as_ref().is_some_and(|when| when.evaluate(view).answer == Answer::No)
        || stage.certain.as_ref().is_some_and(|when| when.evaluate(view).answer != Answer::Yes);
    if not_for_this || stage.unless_filed.iter().any(|other| filed(other).is_some()) {
        return None;
    }
    match &stage.opens {
        Opens::Start | Opens::Recurring => Some(Standing::Open),
        Opens::Requested => None,
        Opens::Filed(previous) if filed(previous).is_some() => Some(Standing::Open),
        Opens::Filed(previous) => listed.contains(previous.as_str()).then_some(Standing::Foreseeable),
        Opens::Event(fact) if view.known(fact).is_some() => Some(Standing::Open),
        Opens::Event(_) => Some(Standing::Foreseeable),
    }
}

fn status(standing: Standing, stage: &Stage, limits: Option<Limits>, now: DateTime<Utc>) -> ObligationStatus {
    let after = |at: DateTime<Utc>| limits.is_some_and(|limits| at > limits.due);
    match standing {
        Standing::Filed(at) if after(at) => ObligationStatus::Late,
        Standing::Filed(_) => ObligationStatus::Met,
        Standing::Foreseeable => ObligationStatus::NotYetOpen,
        // A later stage whose clock waits for an event of its own, e.g. the end of the handling.
        Standing::Open if limits.is_none() && stage.clock.is_some() && stage.opens != Opens::Start => {
            ObligationStatus::NotYetOpen
        }
        Standing::Open if after(now) => ObligationStatus::Late,
        Standing::Open => ObligationStatus::Open,
    }
}

/// The first submission of a stage: a resubmission starts no clock again.
pub(crate) fn first(filings: &[Filing], regime: &str, stage: &str) -> Option<DateTime<Utc>> {
    of_stage(filings, regime, stage).min()
}

fn latest(filings: &[Filing], regime: &str, stage: &str) -> Option<DateTime<Utc>> {
    of_stage(filings, regime, stage).max()
}

fn of_stage<'a>(
    filings: &'a [Filing],
    regime: &'a str,
    stage: &'a str,
) -> impl Iterator<Item = DateTime<Utc>> + 'a {
    filings
        .iter()
        .filter(move |filing| filing.regime == regime && filing.stage == stage)
        .map(|filing| filing.at)
}

/// Reads clocks of one regime.
struct Reading<'a, 'v> {
    regime: &'v Regime,
    view: &'v View<'a>,
    filings: &'v [Filing],
    /// The latest filing of the stage itself, where it recurs: the period runs from it again.
    again: Option<DateTime<Utc>>,
}

impl Reading<'_, '_> {
    /// The two ends of a period, and where the law says so; none while it is not known when it starts.
    fn read<'c>(&self, clock: &'c Clock, cite: &'c str) -> (Option<Limits>, &'c str) {
        let certain = |when: &crate::condition::Condition| when.evaluate(self.view).answer == Answer::Yes;
        let chosen = clock.overrides.iter().find(|other| certain(&other.when));
        let (period, cite) = chosen.map_or((clock.period, cite), |other| (other.period, other.cite.as_str()));
        let deferred = clock.defer_when.as_ref().is_none_or(certain);
        let rule = if deferred { clock.rule } else { CalendarRule::Elapsed };
        let ends = |start: DateTime<Utc>, period| limits(self.view.pack.calendar(), start, period, rule);
        let start = self.again.or_else(|| self.start(&clock.start));
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

    fn start(&self, start: &Start) -> Option<DateTime<Utc>> {
        match start {
            Start::Fact(fact) => self.instant(fact),
            Start::Filed { stage, latest: false } => first(self.filings, &self.regime.id, stage),
            Start::Filed { stage, latest: true } => latest(self.filings, &self.regime.id, stage),
        }
    }

    fn instant(&self, fact: &str) -> Option<DateTime<Utc>> {
        match self.view.known(fact) {
            Some(FactValue::Instant(instant)) => Some(instant.to_utc()),
            _ => None,
        }
    }
}

fn recipients<'a>(regime: &'a Regime, stage: &'a Stage, view: &View<'a>) -> Vec<(&'a Role, Vec<&'a str>)> {
    let certain = |when: &crate::condition::Condition| when.evaluate(view).answer == Answer::Yes;
    let sectors = covered(regime, view);
    let mut seen = BTreeSet::new();
    let mut recipients = Vec::new();
    for recipient in &stage.recipients {
        let wanted = recipient.when.as_ref().is_none_or(certain);
        let role = view.pack.routing.roles.get(&recipient.role);
        let Some(role) = role.filter(|_| wanted && !recipient.unless.as_ref().is_some_and(certain)) else {
            continue;
        };
        let units: Vec<&str> =
            units_of(role, &sectors).into_iter().filter(|unit| seen.insert(*unit)).collect();
        if !units.is_empty() {
            recipients.push((role, units));
        }
    }
    recipients
}

/// The affected subsectors that a regime covers; all of them where it names none, or none of its own.
fn covered<'a>(regime: &Regime, view: &View<'a>) -> Vec<&'a Subsector> {
    let affected: Vec<&Subsector> = view.sectors().into_iter().flatten().map(|(_, sector)| sector).collect();
    let Some(attribute) = &regime.covers else { return affected };
    let own: Vec<_> = affected.iter().copied().filter(|sector| sector.says(attribute, &regime.id)).collect();
    if own.is_empty() { affected } else { own }
}

/// All obligations: what is owed first, then what is foreseeable, then what is done, each by target.
pub(crate) fn in_order(duties: &[Duty<'_>]) -> Vec<Obligation> {
    let mut obligations: Vec<Obligation> = duties.iter().map(|duty| duty.obligation.clone()).collect();
    obligations.sort_by_key(|obligation| (rank(obligation.status), by_target(obligation.target)));
    obligations
}

fn rank(status: ObligationStatus) -> u8 {
    match status {
        ObligationStatus::Open | ObligationStatus::Late => 0,
        ObligationStatus::NotYetOpen => 1,
        ObligationStatus::Met => 2,
    }
}

fn by_target(target: Option<DateTime<FixedOffset>>) -> (bool, Option<DateTime<FixedOffset>>) {
    (target.is_none(), target)
}
