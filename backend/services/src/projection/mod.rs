//! What a viewer gets to see of an incident: need to know, field by field. Every answer goes through here.

mod answer;

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use varsel_domain::authz::{Action, Resource, Scope, permits};
use varsel_domain::incident::Filing;
use varsel_domain::obligation::Duty;
use varsel_domain::organisation::Organisation;
use varsel_domain::rules::{self, FactValue, Facts, Pack, Part, Severity, Situation, StageRef, UnitKind};
use varsel_domain::severity::SeverityConfirmation;
use varsel_domain::shown::{self, Parts};
use varsel_domain::timeline::{TimelineEntry, TimelineKind};
use varsel_domain::{Actor, UnitId};
use varsel_storage::dossier::Dossier;
use varsel_storage::{Tx, revision};

use crate::report::receipt;
use crate::view::{ConfirmationView, FactAnswer, IncidentView, Receipt, SeverityView};
use crate::{Result, Services};

pub(crate) use answer::{in_words, instant};

/// From where an incident is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Sight {
    /// By the organisation that reported it: all of it.
    Own,
    /// By the lead unit or the cyber centre: they know who is told what, and when.
    Coordinating(UnitId),
    /// By any other unit with a case: its own part.
    Unit(UnitId),
}

/// The incident as `actor` may see it at `now`, in the words of the version under which it was assessed; none when
/// the actor may not know that it exists.
///
/// # Errors
/// Storage failed.
pub(crate) async fn incident(
    services: &Services,
    tx: &Tx,
    (actor, shown): (&Actor, &Parts),
    dossier: Dossier,
    now: DateTime<Utc>,
) -> Result<Option<IncidentView>> {
    let pack = services.packs.of(tx, &dossier.revision.assessment.pack.version, now).await?;
    let Some(sight) = Sight::of(&pack, actor, &dossier) else { return Ok(None) };
    Ok(Some(seen(services, tx, (actor, shown, &sight, &pack), dossier, now).await?))
}

/// The incident for whoever has just filed it or reported further on it: their organisation's own, whether or not they may
/// open it later.
///
/// # Errors
/// Storage failed.
pub(crate) async fn filed(
    services: &Services,
    tx: &Tx,
    (actor, shown): (&Actor, &Parts),
    dossier: Dossier,
    now: DateTime<Utc>,
) -> Result<IncidentView> {
    let pack = services.packs.of(tx, &dossier.revision.assessment.pack.version, now).await?;
    seen(services, tx, (actor, shown, &Sight::Own, &pack), dossier, now).await
}

async fn seen(
    services: &Services,
    tx: &Tx,
    (actor, shown, sight, pack): (&Actor, &Parts, &Sight, &Arc<Pack>),
    dossier: Dossier,
    now: DateTime<Utc>,
) -> Result<IncidentView> {
    let confirmable = may_confirm_severity(actor, &dossier);
    let is_current = services.packs.in_force(now).version() == dossier.revision.assessment.pack.version;
    let reassessable = !is_current && may_reassess(actor, &dossier);
    let mut receipts = Vec::new();
    // Each costs a revision to read and to open.
    let wanted = *sight == Sight::Own && shown.has(shown::Part::Receipt);
    for filing in dossier.filings.iter().filter(|_| wanted) {
        receipts.extend(receipt(tx, &dossier, filing).await?);
    }
    let requestable = requestable(pack, actor, &dossier, now);
    let mut view = sight.of_incident(pack, dossier, now);
    view.severity.confirmable = confirmable;
    Ok(IncidentView { reassessable, requestable, receipts, ..view })
}

/// The receipt of a filing: of the assessment that it was given, whatever was assessed since.
async fn receipt(tx: &Tx, dossier: &Dossier, filing: &Filing) -> Result<Option<Receipt>> {
    let filed = if filing.revision == dossier.revision.id {
        Some(dossier.revision.clone())
    } else {
        revision::find(tx, &Scope::system(), filing.revision).await?
    };
    Ok(filed.map(|filed| receipt::of(dossier, filing, &filed)))
}

/// Two states of one incident as `actor` may see them, both from where the first is looked at: what somebody is only
/// to be shown later is not shown now.
pub(crate) fn both(
    actor: &Actor,
    (old, before): (&Arc<Pack>, Dossier),
    (new, after): (&Arc<Pack>, Dossier),
    now: DateTime<Utc>,
) -> Option<(IncidentView, IncidentView)> {
    let sight = Sight::of(old, actor, &before)?;
    Some((sight.of_incident(old, before, now), sight.of_incident(new, after, now)))
}

/// May `actor` know of the incident?
pub(crate) fn may_read(actor: &Actor, dossier: &Dossier) -> bool {
    let units: Vec<_> = dossier.cases.iter().map(|case| case.unit.clone()).collect();
    let resource = Resource::Incident { organisation: dossier.incident.organisation, units: &units };
    permits(actor, Action::ReadIncident, resource)
}

/// May `actor` have the incident assessed under another version: officers of the unit that leads?
pub(crate) fn may_reassess(actor: &Actor, dossier: &Dossier) -> bool {
    lead(dossier).is_some_and(|lead| permits(actor, Action::Reassess, Resource::LedBy(lead)))
}

/// May `actor` confirm the severity, or set another: officers of the unit that leads?
pub(crate) fn may_confirm_severity(actor: &Actor, dossier: &Dossier) -> bool {
    lead(dossier).is_some_and(|lead| permits(actor, Action::ConfirmSeverity, Resource::LedBy(lead)))
}

/// The unit that leads.
pub(crate) fn lead(dossier: &Dossier) -> Option<&UnitId> {
    dossier.cases.iter().find(|case| case.part == Part::Lead).map(|case| &case.unit)
}

/// May `actor` ask for reports on this incident: an officer of a unit with a case?
pub(crate) fn may_request(actor: &Actor, dossier: &Dossier) -> bool {
    let units: Vec<_> = dossier.cases.iter().map(|case| case.unit.clone()).collect();
    let resource = Resource::Incident { organisation: dossier.incident.organisation, units: &units };
    permits(actor, Action::RequestReport, resource)
}

/// The reports that `actor` may ask for on this incident: those that the law lets their unit ask for, of duties
/// towards that unit. Of others it is not to learn that they may exist.
pub(crate) fn requestable(
    pack: &Pack,
    actor: &Actor,
    dossier: &Dossier,
    now: DateTime<Utc>,
) -> Vec<StageRef> {
    let Some(unit) = actor.unit().filter(|_| may_request(actor, dossier)) else { return Vec::new() };
    let (facts, _) = Facts::parse_lenient(pack, &dossier.revision.facts);
    let mut stages = rules::requestable(pack, &facts, &dossier.stages(), now, unit.as_str());
    stages.retain(|stage| {
        let mut duties = dossier.duties.iter();
        duties.any(|duty| duty.obligation.regime == stage.regime && duty.is_for(unit))
    });
    stages
}

impl Sight {
    /// What is seen of an incident, but for the receipts.
    fn of_incident(&self, pack: &Arc<Pack>, dossier: Dossier, now: DateTime<Utc>) -> IncidentView {
        let sight = self;
        let facts = sight.facts(pack, &dossier);
        let severity = SeverityView {
            proposed: sight.proposed(&dossier.revision.assessment.severity, &facts),
            confirmations: dossier.confirmations.iter().map(|it| sight.confirmation(it)).collect(),
            confirmable: false,
        };
        let by_organisation = dossier.organisation.name.clone();
        let situation = sight.situation(pack, &dossier, &facts, now);
        let organisation = sight.organisation(dossier.organisation, &facts);
        IncidentView {
            pack_version: dossier.revision.assessment.pack.version.clone(),
            reassessable: false,
            requestable: Vec::new(),
            id: dossier.incident.id,
            number: dossier.incident.number,
            received_at: dossier.incident.received_at,
            severity,
            facts,
            obligations: dossier
                .duties
                .iter()
                .filter(|it| sight.sees_duty(pack, it))
                .map(|it| it.at(now))
                .collect(),
            cases: dossier.cases.into_iter().filter(|case| sight.sees_case_of(&case.unit)).collect(),
            guidance: dossier.guidance,
            situation,
            timeline: dossier
                .timeline
                .into_iter()
                .filter(|entry| sight.sees_entry(pack, entry))
                .map(|entry| sight.entry(pack, entry, &by_organisation))
                .collect(),
            organisation,
            receipts: Vec::new(),
            assessment: (*sight == Sight::Own).then_some(dossier.revision.assessment),
            pack: Arc::clone(pack),
        }
    }

    fn of(pack: &Pack, actor: &Actor, dossier: &Dossier) -> Option<Self> {
        if !may_read(actor, dossier) {
            return None;
        }
        let units: Vec<_> = dossier.cases.iter().map(|case| case.unit.clone()).collect();
        let own = Resource::Incident { organisation: dossier.incident.organisation, units: &[] };
        if permits(actor, Action::ReadIncident, own) {
            return Some(Self::Own);
        }
        let leads =
            |unit: &UnitId| dossier.cases.iter().any(|case| case.unit == *unit && case.part == Part::Lead);
        // From one's own unit where it has a case, else from the one that sees most.
        let reached = |unit: &&UnitId| permits(actor, Action::ReadQueue, Resource::Queue(unit));
        let home = units.iter().filter(reached).find(|unit| actor.unit() == Some(*unit));
        let unit = home.or_else(|| units.iter().filter(reached).max_by_key(|unit| leads(unit)))?;
        let leads = leads(unit);
        let is_centre = pack.unit(unit.as_str()).is_some_and(|it| it.kind == UnitKind::Csirt);
        Some(if leads || is_centre { Self::Coordinating(unit.clone()) } else { Self::Unit(unit.clone()) })
    }

    /// The newest answers that may be seen, in catalogue order; answers that the pack in force no longer knows last.
    fn facts(&self, pack: &Pack, dossier: &Dossier) -> Vec<FactAnswer> {
        let (facts, _) = Facts::parse_lenient(pack, &dossier.revision.facts);
        let visible = match self {
            Self::Own => facts.iter().map(|(id, _)| id.to_owned()).collect(),
            Self::Coordinating(unit) | Self::Unit(unit) => {
                rules::visible_facts(pack, &dossier.revision.assessment, unit.as_str())
            }
        };
        let answers = pack.facts().iter().filter(|fact| visible.contains(&fact.id)).filter_map(|fact| {
            let value = facts.get(&fact.id)?;
            let json = dossier.revision.facts.get(&fact.id).filter(|_| *value != FactValue::Unknown);
            Some(FactAnswer { fact: fact.id.clone(), value: json.cloned(), display: in_words(fact, value) })
        });
        answers.collect()
    }

    /// The reasons may tell what a fact was: only those that rest on facts the viewer sees. One that rests on none
    /// speaks of a duty or a computed answer, which may be another unit's business.
    fn proposed(&self, severity: &Severity, facts: &[FactAnswer]) -> Severity {
        let mut severity = severity.clone();
        if *self != Self::Own {
            let seen: BTreeSet<_> = facts.iter().map(|answer| answer.fact.as_str()).collect();
            severity.because.retain(|reason| {
                !reason.facts.is_empty() && reason.facts.iter().all(|fact| seen.contains(fact.as_str()))
            });
        }
        severity
    }

    /// A justification may tell what a fact was: it stays with those who coordinate, and with the unit that gave it.
    fn confirmation(&self, made: &SeverityConfirmation) -> ConfirmationView {
        let internal = match self {
            Self::Own => false,
            Self::Coordinating(_) => true,
            Self::Unit(own) => *own == made.unit,
        };
        ConfirmationView {
            level: made.level,
            proposed: made.proposed,
            at: made.at,
            unit: self.sees_case_of(&made.unit).then(|| made.unit.clone()),
            by: internal.then(|| made.by_name.clone()),
            justification: made.justification.clone().filter(|_| internal),
        }
    }

    /// What guidance may tell: the cases, the running duties and the sectors that are seen anyway.
    fn situation(
        &self,
        pack: &Pack,
        dossier: &Dossier,
        facts: &[FactAnswer],
        now: DateTime<Utc>,
    ) -> Situation {
        let cases = dossier.cases.iter().filter(|case| self.sees_case_of(&case.unit));
        let open = dossier.duties.iter().filter(|duty| duty.is_open() && self.sees_duty(pack, duty));
        let sectors = facts.iter().find(|answer| answer.fact == pack.sector_fact());
        let sectors = sectors.and_then(|answer| answer.value.as_ref()?.as_array());
        Situation {
            units: cases.map(|case| (case.unit.0.clone(), case.part)).collect(),
            open: open.map(|duty| duty.at(now).obligation).collect(),
            sectors: sectors.into_iter().flatten().filter_map(|id| id.as_str().map(str::to_owned)).collect(),
        }
    }

    /// What its registration tells are facts like others: of them, too, only those that the viewer sees.
    fn organisation(&self, mut organisation: Organisation, facts: &[FactAnswer]) -> Organisation {
        if *self != Self::Own
            && let Some(registered) = organisation.registered_facts.as_object_mut()
        {
            registered.retain(|id, _| facts.iter().any(|answer| answer.fact == *id));
        }
        organisation
    }

    fn sees_duty(&self, pack: &Pack, duty: &Duty) -> bool {
        match self {
            Self::Own => true,
            Self::Coordinating(_) => duty.obligation.recipients.iter().any(|it| pack.unit(it).is_some()),
            Self::Unit(unit) => duty.is_for(unit),
        }
    }

    fn sees_case_of(&self, unit: &UnitId) -> bool {
        match self {
            Self::Own | Self::Coordinating(_) => true,
            Self::Unit(own) => own == unit,
        }
    }

    fn sees_entry(&self, pack: &Pack, entry: &TimelineEntry) -> bool {
        entry.units.is_empty()
            || match self {
                Self::Own => true,
                Self::Coordinating(_) => entry.units.iter().any(|unit| pack.unit(unit.as_str()).is_some()),
                Self::Unit(unit) => entry.units.contains(unit),
            }
    }

    /// Outside the organisation it is the organisation that reported, not a person; and who leads is for those to know
    /// who see its case.
    fn entry(&self, pack: &Pack, mut entry: TimelineEntry, organisation: &str) -> TimelineEntry {
        if *self != Self::Own && entry.kind == TimelineKind::ReportReceived {
            organisation.clone_into(&mut entry.by);
        }
        if entry.kind == TimelineKind::SeverityConfirmed
            && let Self::Unit(own) = self
            && pack.unit(own.as_str()).is_none_or(|own| own.name.da != entry.by)
        {
            entry.by.clear();
        }
        entry
    }
}
