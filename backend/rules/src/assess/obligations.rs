//! Duties: stages that are open, met, late or foreseeable, with their clocks and recipients.

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset, Utc};

use super::Found;
use super::reading::Reading;
use super::roles::units_of;
use super::standing::{self, Standing};
use super::view::View;
use crate::pack::law::{Cell, Regime, Role, Stage, Subsector};
use crate::{Answer, AskedFrom, Fact, History, Obligation, ObligationStatus, Pack};

/// A duty with what it came from.
pub(crate) struct Duty<'a> {
    pub(crate) regime: &'a Regime,
    pub(crate) stage: &'a Stage,
    /// Whom each role means here.
    pub(crate) recipients: Vec<(&'a Role, Vec<&'a str>)>,
    /// Whether the recipients are told of it: of a provisional duty not always.
    pub(crate) told: bool,
    /// Whether this body of law is known to cover the organisation, even where its trigger is not known yet.
    pub(crate) covered: bool,
    /// Whether a filing is still owed.
    pub(crate) owed: bool,
    pub(crate) obligation: Obligation,
}

impl Duty<'_> {
    /// Whether its stage asks for a fact yet: a law that may not cover the organisation asks what everybody is asked.
    pub(crate) fn asks(&self, cell: &Cell, pack: &Pack) -> bool {
        let first = |fact: &Fact| fact.asked_from == AskedFrom::First;
        self.covered || pack.fact(&cell.fact).is_some_and(first)
    }
}

/// The duties of a regime that obliges, or may.
pub(crate) fn of_regime<'a>(
    found: &Found<'a>,
    view: &View<'a>,
    history: History<'_>,
    now: DateTime<Utc>,
) -> Vec<Duty<'a>> {
    let regime = found.regime;
    let provisional = found.duty() == Answer::CannotTell;
    let covered = found.applies.answer == Answer::Yes;
    let certain = |condition: &crate::condition::Condition| condition.evaluate(view).answer == Answer::Yes;
    let told =
        !regime.info.filed_elsewhere && (!provisional || regime.tell_when.as_ref().is_none_or(certain));
    let mut duties: Vec<Duty<'a>> = Vec::new();
    for stage in &regime.stages {
        let listed: BTreeSet<&str> = duties.iter().map(|duty| duty.stage.id.as_str()).collect();
        let reading = Reading { regime, stage, view, history };
        let Some(standing) = standing::of(&reading, &listed) else { continue };
        let (limits, cite) = reading.limits();
        let status = standing.status(stage, limits, now);
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
        let owed = standing == Standing::Open && status != ObligationStatus::NotYetOpen;
        duties.push(Duty { regime, stage, recipients, told, covered, owed, obligation });
    }
    duties
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
pub(crate) fn covered<'a>(regime: &Regime, view: &View<'a>) -> Vec<&'a Subsector> {
    let affected: Vec<&Subsector> = view.sectors().into_iter().map(|(_, sector)| sector).collect();
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
