//! What an assessment makes of an incident: duties, cases, guidance. Computed without a database, and written by
//! whoever decided that it shall be so: a filing, or a re-assessment.

use chrono::{DateTime, Utc};
use serde_json::Value;
use varsel_domain::case::{Case, CaseStatus};
use varsel_domain::feed::ChangeKind;
use varsel_domain::incident::FactsRevision;
use varsel_domain::obligation::{Duty, next_for};
use varsel_domain::rules::{self, Assessment, Facts, GuidanceRef, History, Pack, Part};
use varsel_domain::{CaseId, IncidentId, RevisionId, UnitId};
use varsel_storage::dossier::Dossier;
use varsel_storage::{Tx, case, change_feed, guidance, obligation, revision};

use crate::job::{self, CaseOpened};
use crate::report::{duty, route};
use crate::{Result, Services};

/// An incident at the moment of its assessment.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a> {
    pub(crate) services: &'a Services,
    /// The version under which it is assessed.
    pub(crate) pack: &'a Pack,
    pub(crate) now: DateTime<Utc>,
    /// The incident.
    pub(crate) incident: IncidentId,
    /// What is stored about it, locked; none for a new one.
    pub(crate) known: Option<&'a Dossier>,
}

/// What follows from an assessment.
#[derive(Debug, Clone)]
pub(crate) struct Consequences {
    pub(crate) assessment: Assessment,
    pub(crate) duties: Vec<Duty>,
    /// Every case as it will stand, each with what happens to it.
    pub(crate) cases: Vec<(ChangeKind, Case)>,
    /// Playbooks that were not issued before in this version.
    pub(crate) guidance: Vec<GuidanceRef>,
}

/// The assessment as it is stored: no report is left without a responsible unit.
pub(crate) fn assess(pack: &Pack, facts: &Facts, past: History<'_>, now: DateTime<Utc>) -> Assessment {
    let mut assessment = rules::assess_history(pack, facts, past, now);
    route::leave_none_without_a_unit(pack, &mut assessment);
    assessment
}

impl Scene<'_> {
    /// Assesses the facts. `past` is what has been filed and asked for, what happens now included.
    pub(crate) fn consequences(&self, facts: &Facts, past: History<'_>) -> Consequences {
        let assessment = assess(self.pack, facts, past, self.now);
        let duties = duty::of(&assessment, past);
        let issued = self.known.map(|known| known.guidance.as_slice()).unwrap_or_default();
        let guidance = assessment.guidance.iter().filter(|it| !issued.contains(it)).cloned().collect();
        Consequences { cases: self.cases(&assessment), duties, guidance, assessment }
    }

    /// A case for each unit that has none, the others brought up to date; a unit keeps its case even where the facts
    /// no longer lead to it.
    fn cases(&self, assessment: &Assessment) -> Vec<(ChangeKind, Case)> {
        let known = self.known.map(|known| known.cases.as_slice()).unwrap_or_default();
        let kept = known.iter().map(|old| {
            let part = route::part_of(assessment, old);
            let version = old.version.saturating_add(1);
            (ChangeKind::CaseUpdated, Case { part, version, updated_at: self.now, ..old.clone() })
        });
        let new = route::without_case(assessment, known).into_iter();
        kept.chain(new.map(|(unit, part)| (ChangeKind::CaseOpened, self.opened(unit, part)))).collect()
    }

    fn opened(&self, unit: UnitId, part: Part) -> Case {
        Case {
            id: CaseId(self.services.ids.next(self.now)),
            incident: self.incident,
            unit,
            part,
            status: CaseStatus::New,
            opened_at: self.now,
            updated_at: self.now,
            version: 1,
        }
    }

    /// Writes the facts with their assessment as a new revision.
    pub(crate) async fn write_revision(
        &self,
        tx: &Tx,
        facts: Value,
        assessment: &Assessment,
    ) -> Result<RevisionId> {
        let new = FactsRevision {
            id: RevisionId(self.services.ids.next(self.now)),
            incident: self.incident,
            revision: self.known.map_or(1, |known| known.revision.revision.saturating_add(1)),
            facts,
            assessment: assessment.clone(),
            at: self.now,
        };
        revision::insert(tx, &new).await?;
        Ok(new.id)
    }

    /// Writes duties, cases, guidance, and what wakes the units: the change feed, and a notice for each new case.
    pub(crate) async fn write(&self, tx: &Tx, consequences: &Consequences) -> Result<()> {
        let Consequences { duties, cases, guidance, .. } = consequences;
        obligation::replace(tx, self.incident, duties).await?;
        for (kind, case) in cases {
            let next = next_for(duties, &case.unit, case.part);
            let due = next.and_then(|duty| duty.obligation.due).map(|at| at.to_utc());
            match kind {
                ChangeKind::CaseOpened => case::insert(tx, case, due).await?,
                ChangeKind::CaseUpdated => case::update(tx, case, due).await?,
            }
        }
        guidance::issue(tx, self.incident, guidance, self.now).await?;
        for case in consequences.opened() {
            job::enqueue(tx, &*self.services.ids, self.now, &CaseOpened { case: case.id }).await?;
        }
        let changes: Vec<_> = cases.iter().map(|(kind, case)| (*kind, case)).collect();
        Ok(change_feed::append(tx, self.now, &changes).await?)
    }
}

impl Consequences {
    /// The cases that are new.
    pub(crate) fn opened(&self) -> impl Iterator<Item = &Case> {
        self.cases.iter().filter(|(kind, _)| *kind == ChangeKind::CaseOpened).map(|(_, case)| case)
    }
}
