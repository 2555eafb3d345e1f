//! Writes a filing and everything that follows from it. Nothing here decides whether it may be filed.

use chrono::{DateTime, Utc};
use serde_json::Value;
use varsel_domain::incident::{Filing, Incident};
use varsel_domain::organisation::Organisation;
use varsel_domain::rules::{self, Facts, History, Pack};
use varsel_domain::timeline::TimelineEntry;
use varsel_domain::{Actor, FilingId, IncidentId};
use varsel_storage::dossier::Dossier;
use varsel_storage::{Tx, filing, incident, timeline};

use crate::job::{self, ReportReceived};
use crate::report::consequence::{Consequences, Scene};
use crate::report::told::Telling;
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
    /// The reports that authorities asked for.
    pub(crate) requests: Vec<rules::Request>,
}

/// A filing about to be written.
pub(crate) struct File<'a> {
    pub(crate) services: &'a Services,
    /// The version in force for a new incident; a running one keeps its own.
    pub(crate) pack: &'a Pack,
    pub(crate) actor: &'a Actor,
    pub(crate) now: DateTime<Utc>,
    pub(crate) before: &'a Before<'a>,
}

impl File<'_> {
    /// Writes it; the caller logs and commits.
    pub(crate) async fn write(
        &self,
        tx: &Tx,
        (key, sent_tag): (&str, String),
        facts: &Facts,
        discharged: Vec<rules::Filing>,
    ) -> Result<Filing> {
        let mut stages = self.before.stages.clone();
        stages.extend(discharged.iter().cloned());
        let File { services, pack, now, .. } = *self;
        let known = self.before.known;
        let id = known.map_or_else(|| IncidentId(services.ids.next(now)), |known| known.incident.id);
        let scene = Scene { services, pack, now, incident: id, known };
        let past = History { filings: &stages, requests: &self.before.requests };
        let consequences = scene.consequences(facts, past);

        self.incident(tx, id, &consequences).await?;
        let revision = scene.write_revision(tx, facts.to_json(), &consequences.assessment).await?;
        let filing = Filing {
            id: FilingId(services.ids.next(now)),
            incident: id,
            revision,
            by: self.actor.person,
            by_name: self.actor.name.clone(),
            received_at: now,
            idempotency_key: key.to_owned(),
            sent_tag: Some(sent_tag),
            discharged,
        };
        filing::insert(tx, &filing).await?;
        let receipt = ReportReceived { incident: id, filing: filing.id, person: self.actor.person };
        job::enqueue(tx, &*services.ids, now, &receipt).await?;
        timeline::append(tx, &self.told(&filing, &consequences)).await?;
        scene.write(tx, &consequences).await?;
        Ok(filing)
    }

    async fn incident(&self, tx: &Tx, id: IncidentId, consequences: &Consequences) -> Result<()> {
        let severity = consequences.assessment.severity.level;
        if self.before.known.is_some() {
            return Ok(incident::set_assessed(tx, id, severity, self.pack.version()).await?);
        }
        let new = Incident {
            id,
            number: incident::next_number(tx, &*self.services.ids, self.now).await?,
            organisation: self.before.organisation.id,
            received_at: self.now,
            severity,
            confirmed_severity: None,
            pack_version: self.pack.version().to_owned(),
        };
        Ok(incident::insert(tx, &new).await?)
    }

    fn told(&self, filing: &Filing, consequences: &Consequences) -> Vec<TimelineEntry> {
        let (pack, ids) = (self.pack, &*self.services.ids);
        let mut telling =
            Telling { pack, ids, incident: filing.incident, now: self.now, entries: Vec::new() };
        let known = self.before.known;
        telling.received(known.map_or(0, |known| known.filings.len()).saturating_add(1), &filing.by_name);
        telling.consequences(known, consequences);
        telling.entries
    }
}
