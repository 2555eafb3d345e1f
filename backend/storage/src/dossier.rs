//! Everything stored about an incident, read at once: what a projection is made from.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use varsel_domain::IncidentId;
use varsel_domain::authz::Scope;
use varsel_domain::case::Case;
use varsel_domain::incident::{FactsRevision, Filing, Incident, ReportRequest};
use varsel_domain::obligation::Duty;
use varsel_domain::organisation::Organisation;
use varsel_domain::rules::{self, GuidanceRef};
use varsel_domain::severity::SeverityConfirmation;
use varsel_domain::timeline::TimelineEntry;

use crate::entity::incident as row;
use crate::stored::Row;
use crate::{
    Result, Tx, case, filing, guidance, incident, obligation, organisation, report_request, revision, scope,
    severity_confirmation, timeline,
};

/// Everything stored about an incident. It is whole: what a viewer may see of it, the services decide.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// The incident.
    pub incident: Incident,
    /// Who reported.
    pub organisation: Organisation,
    /// The newest facts.
    pub revision: FactsRevision,
    /// Every filing, oldest first.
    pub filings: Vec<Filing>,
    /// What authorities asked for, oldest first.
    pub requests: Vec<ReportRequest>,
    /// How the severity was confirmed, oldest first.
    pub confirmations: Vec<SeverityConfirmation>,
    /// The duties, in the assessment's order.
    pub duties: Vec<Duty>,
    /// Every unit's case, oldest first.
    pub cases: Vec<Case>,
    /// Playbooks issued, oldest first.
    pub guidance: Vec<GuidanceRef>,
    /// What happened, oldest first.
    pub timeline: Vec<TimelineEntry>,
}

/// The dossiers of those of these incidents that the scope lets through, in the order of `ids`. An incident whose key was
/// destroyed is erased: it has none.
///
/// The number of queries does not depend on the number of incidents.
///
/// # Errors
/// The database failed; an incident without facts is unreadable.
pub async fn find_many(tx: &Tx, scope: &Scope, ids: &[IncidentId]) -> Result<Vec<Dossier>> {
    let wanted = ids.iter().map(|id| id.0);
    let rows = row::Entity::find().filter(scope::incidents(scope)).filter(row::Column::Id.is_in(wanted));
    let rows = rows.all(tx.db()).await?;
    let keys = tx.ring(&rows.iter().map(|row| row.id).collect::<Vec<_>>()).await?;
    let kept = rows.into_iter().filter(|row| !keys.is_destroyed(row.id));
    let incidents = kept.map(Incident::try_from).collect::<Result<Vec<_>>>()?;
    let ids_found: Vec<_> = incidents.iter().map(|incident| incident.id.0).collect();

    let organisations = organisation::find_many(tx, incidents.iter().map(|it| it.organisation)).await?;
    let organisations: HashMap<_, _> = organisations.into_iter().map(|it| (it.id, it)).collect();
    let mut revisions: HashMap<_, _> =
        revision::newest_of(tx, &keys, &ids_found).await?.into_iter().map(|it| (it.incident, it)).collect();
    let mut filings = grouped(filing::of(tx, &ids_found).await?.into_iter().map(|it| (it.incident, it)));
    let asked = report_request::of(tx, &ids_found).await?;
    let mut requests = grouped(asked.into_iter().map(|it| (it.incident, it)));
    let confirmed = severity_confirmation::of(tx, &keys, &ids_found).await?;
    let mut confirmations = grouped(confirmed.into_iter().map(|it| (it.incident, it)));
    let mut duties = grouped(obligation::of(tx, &ids_found).await?);
    let mut cases = grouped(case::of(tx, &ids_found).await?.into_iter().map(|it| (it.incident, it)));
    let mut playbooks = grouped(guidance::of(tx, &ids_found).await?);
    let mut entries =
        grouped(timeline::of(tx, &keys, &ids_found).await?.into_iter().map(|it| (it.incident, it)));

    let mut dossiers = HashMap::new();
    for incident in incidents {
        let id = incident.id;
        let row = Row { table: "incident", id: id.0 };
        let organisation = organisations.get(&incident.organisation).cloned();
        let dossier = Dossier {
            organisation: organisation.ok_or_else(|| row.unreadable("it has no organisation"))?,
            revision: revisions.remove(&id).ok_or_else(|| row.unreadable("it has no facts"))?,
            filings: filings.remove(&id).unwrap_or_default(),
            requests: requests.remove(&id).unwrap_or_default(),
            confirmations: confirmations.remove(&id).unwrap_or_default(),
            duties: duties.remove(&id).unwrap_or_default(),
            cases: cases.remove(&id).unwrap_or_default(),
            guidance: playbooks.remove(&id).unwrap_or_default(),
            timeline: entries.remove(&id).unwrap_or_default(),
            incident,
        };
        dossiers.insert(id, dossier);
    }
    Ok(ids.iter().filter_map(|id| dossiers.remove(id)).collect())
}

/// The newest facts of those of these incidents that the scope lets through, each with the filings until then: what
/// an assessment is made from, and no more.
///
/// # Errors
/// The database failed.
pub async fn assessed(
    tx: &Tx,
    scope: &Scope,
    ids: &[IncidentId],
) -> Result<Vec<(FactsRevision, Vec<Filing>)>> {
    let wanted = ids.iter().map(|id| id.0);
    let rows = row::Entity::find().filter(scope::incidents(scope)).filter(row::Column::Id.is_in(wanted));
    let found: Vec<_> = rows.all(tx.db()).await?.into_iter().map(|incident| incident.id).collect();
    let mut filings = grouped(filing::of(tx, &found).await?.into_iter().map(|it| (it.incident, it)));
    let keys = tx.ring(&found).await?;
    let newest = revision::newest_of(tx, &keys, &found).await?.into_iter();
    Ok(newest.map(|it| (filings.remove(&it.incident).unwrap_or_default(), it)).map(|(a, b)| (b, a)).collect())
}

/// The dossier of an incident, if the scope lets it through.
///
/// # Errors
/// As [`find_many`].
pub async fn find(tx: &Tx, scope: &Scope, id: IncidentId) -> Result<Option<Dossier>> {
    Ok(find_many(tx, scope, &[id]).await?.pop())
}

impl Dossier {
    /// The stages that were filed, in the order in which they were.
    pub fn stages(&self) -> Vec<rules::Filing> {
        self.filings.iter().flat_map(|filing| filing.discharged.iter().cloned()).collect()
    }

    /// How the severity was last confirmed.
    pub fn confirmation(&self) -> Option<&SeverityConfirmation> {
        self.confirmations.last()
    }

    /// What was asked for, as the engine reads it.
    pub fn asked(&self) -> Vec<rules::Request> {
        self.requests.iter().map(|request| request.asked.clone()).collect()
    }
}

/// What authorities asked for on an incident, oldest first, if the scope lets the incident through.
///
/// # Errors
/// The database failed.
pub async fn requests(tx: &Tx, scope: &Scope, id: IncidentId) -> Result<Vec<ReportRequest>> {
    match incident::find(tx, scope, id).await? {
        Some(incident) => report_request::of(tx, &[incident.id.0]).await,
        None => Ok(Vec::new()),
    }
}

/// How the severity of an incident was confirmed, oldest first, if the scope lets the incident through.
///
/// # Errors
/// The database failed.
pub async fn confirmations(tx: &Tx, scope: &Scope, id: IncidentId) -> Result<Vec<SeverityConfirmation>> {
    match incident::find(tx, scope, id).await? {
        Some(incident) => {
            let keys = tx.ring(&[incident.id.0]).await?;
            severity_confirmation::of(tx, &keys, &[incident.id.0]).await
        }
        None => Ok(Vec::new()),
    }
}

fn grouped<T>(rows: impl IntoIterator<Item = (IncidentId, T)>) -> HashMap<IncidentId, Vec<T>> {
    let mut groups: HashMap<IncidentId, Vec<T>> = HashMap::new();
    for (incident, row) in rows {
        groups.entry(incident).or_default().push(row);
    }
    groups
}
