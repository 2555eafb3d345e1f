//! Writes a filing and everything that follows from it. Nothing here decides whether it may be filed.

use chrono::{DateTime, Utc};
use serde_json::Value;
use varsel_domain::case::{Case, CaseStatus};
use varsel_domain::feed::ChangeKind;
use varsel_domain::incident::{FactsRevision, Filing, Incident};
use varsel_domain::obligation::{Duty, next_for};
use varsel_domain::organisation::Organisation;
use varsel_domain::rules::{self, Assessment, Facts, Part};
use varsel_domain::{Actor, CaseId, FilingId, IncidentId, RevisionId, UnitId};
use varsel_storage::dossier::Dossier;
use varsel_storage::{Tx, case, change_feed, filing, guidance, incident, obligation, revision, timeline};

use crate::job::{self, CaseOpened, ReportReceived};
use crate::report::told::Telling;
use crate::report::{duty, receipt, route};
use crate::{Result, Services};

/// What stood before the filing.
pub(crate) struct Before<'a> {
    /// Who reports.
    pub(crate) organisation: &'a Organisation,
    /// The incident, locked; none for a new one.
    pub(crate) known: Option<&'a Dossier>,
    /// Facts on which the sent ones are laid.
    pub(crate) facts: &'a Value,
    /// The stages that were filed.
    pub(crate) stages: Vec<rules::Filing>,
}

/// A filing about to be written.
pub(crate) struct File<'a> {
    pub(crate) services: &'a Services,
    pub(crate) actor: &'a Actor,
    pub(crate) now: DateTime<Utc>,
    pub(crate) before: &'a Before<'a>,
}

impl File<'_> {
    /// Writes it; the caller logs and commits.
    pub(crate) async fn write(
        &self,
        tx: &Tx,
        key: &str,
        facts: &Facts,
        discharged: Vec<rules::Filing>,
    ) -> Result<Filing> {
        let mut stages = self.before.stages.clone();
        stages.extend(discharged.iter().cloned());
        let mut assessment = rules::assess(&self.services.pack, facts, &stages, self.now);
        route::leave_none_without_a_unit(&self.services.pack, &mut assessment);

        let incident = self.incident(tx, assessment.severity.level).await?;
        let revision = self.revision(tx, incident, facts, &assessment).await?;
        let filing = Filing {
            id: FilingId(self.services.ids.next(self.now)),
            incident,
            revision,
            by: self.actor.person,
            by_name: self.actor.name.clone(),
            received_at: self.now,
            idempotency_key: key.to_owned(),
            facts_sha256: receipt::sha256(facts)?,
            discharged,
        };
        filing::insert(tx, &filing).await?;
        let duties = duty::of(&assessment, &stages);
        obligation::replace(tx, incident, &duties).await?;
        let cases = self.cases(tx, incident, &assessment, &duties).await?;
        guidance::issue(tx, incident, &self.newer_guidance(&assessment), self.now).await?;
        timeline::append(tx, &self.told(&filing, &assessment, &duties, &cases)).await?;
        self.enqueue(tx, &filing, &cases).await?;
        let changes: Vec<_> = cases.iter().map(|(kind, case)| (*kind, case)).collect();
        change_feed::append(tx, self.now, &changes).await?;
        Ok(filing)
    }

    async fn incident(&self, tx: &Tx, severity: u8) -> Result<IncidentId> {
        if let Some(known) = self.before.known {
            incident::set_severity(tx, known.incident.id, severity).await?;
            return Ok(known.incident.id);
        }
        let new = Incident {
            id: IncidentId(self.services.ids.next(self.now)),
            number: incident::next_number(tx, self.now).await?,
            organisation: self.before.organisation.id,
            received_at: self.now,
            severity,
        };
        incident::insert(tx, &new).await?;
        Ok(new.id)
    }

    async fn revision(
        &self,
        tx: &Tx,
        incident: IncidentId,
        facts: &Facts,
        assessment: &Assessment,
    ) -> Result<RevisionId> {
        let new = FactsRevision {
            id: RevisionId(self.services.ids.next(self.now)),
            incident,
            revision: self.before.known.map_or(1, |known| known.revision.revision.saturating_add(1)),
            facts: facts.to_json(),
            assessment: assessment.clone(),
            at: self.now,
        };
        revision::insert(tx, &new).await?;
        Ok(new.id)
    }

    /// Opens a case for each unit that has none and brings the others up to date; a unit keeps its case even where
    /// the newest facts no longer lead to it.
    async fn cases(
        &self,
        tx: &Tx,
        incident: IncidentId,
        assessment: &Assessment,
        duties: &[Duty],
    ) -> Result<Vec<(ChangeKind, Case)>> {
        let due = |case: &Case| {
            let next = next_for(duties, &case.unit, case.part);
            next.and_then(|duty| duty.obligation.due).map(|at| at.to_utc())
        };
        let known = self.before.known.map(|known| known.cases.as_slice()).unwrap_or_default();
        let mut written = Vec::new();
        for old in known {
            let part = route::part_of(assessment, old);
            let version = old.version.saturating_add(1);
            let case = Case { part, version, updated_at: self.now, ..old.clone() };
            case::update(tx, &case, due(&case)).await?;
            written.push((ChangeKind::CaseUpdated, case));
        }
        for (unit, part) in route::without_case(assessment, known) {
            let case = self.opened(incident, unit, part);
            case::insert(tx, &case, due(&case)).await?;
            written.push((ChangeKind::CaseOpened, case));
        }
        Ok(written)
    }

    fn opened(&self, incident: IncidentId, unit: UnitId, part: Part) -> Case {
        let (id, now) = (CaseId(self.services.ids.next(self.now)), self.now);
        Case {
            id,
            incident,
            unit,
            part,
            status: CaseStatus::New,
            opened_at: now,
            updated_at: now,
            version: 1,
        }
    }

    fn newer_guidance(&self, assessment: &Assessment) -> Vec<rules::GuidanceRef> {
        let issued = self.before.known.map(|known| known.guidance.as_slice()).unwrap_or_default();
        assessment.guidance.iter().filter(|playbook| !issued.contains(playbook)).cloned().collect()
    }

    fn told(
        &self,
        filing: &Filing,
        assessment: &Assessment,
        duties: &[Duty],
        cases: &[(ChangeKind, Case)],
    ) -> Vec<varsel_domain::timeline::TimelineEntry> {
        let (pack, ids) = (&self.services.pack, &*self.services.ids);
        let mut telling =
            Telling { pack, ids, incident: filing.incident, now: self.now, entries: Vec::new() };
        let known = self.before.known;
        telling.received(known.map_or(0, |known| known.filings.len()).saturating_add(1), &filing.by_name);
        for (_, case) in cases.iter().filter(|(kind, _)| *kind == ChangeKind::CaseOpened) {
            telling.case_opened(case);
        }
        telling.duties(known.map(|known| known.duties.as_slice()).unwrap_or_default(), duties);
        telling.guidance(&self.newer_guidance(assessment));
        telling.entries
    }

    async fn enqueue(&self, tx: &Tx, filing: &Filing, cases: &[(ChangeKind, Case)]) -> Result<()> {
        let (ids, now) = (&*self.services.ids, self.now);
        let receipt =
            ReportReceived { incident: filing.incident, filing: filing.id, person: self.actor.person };
        job::enqueue(tx, ids, now, &receipt).await?;
        for (_, case) in cases.iter().filter(|(kind, _)| *kind == ChangeKind::CaseOpened) {
            job::enqueue(tx, ids, now, &CaseOpened { case: case.id }).await?;
        }
        Ok(())
    }
}
