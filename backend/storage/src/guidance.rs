//! Playbooks issued for an incident.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use varsel_domain::IncidentId;
use varsel_domain::authz::Scope;
use varsel_domain::rules::GuidanceRef;

use crate::entity::guidance_issued::{ActiveModel, Column, Entity, Model};
use crate::stored::Row;
use crate::{Result, Tx, incident};

/// Issues playbooks; one that was issued before takes the version given now.
///
/// # Errors
/// The database failed.
pub async fn issue(
    tx: &Tx,
    incident: IncidentId,
    playbooks: &[GuidanceRef],
    at: DateTime<Utc>,
) -> Result<()> {
    let row = Row { table: "guidance_issued", id: incident.0 };
    let rows = playbooks.iter().map(|playbook| {
        Ok(ActiveModel {
            incident_id: Set(incident.0),
            playbook: Set(playbook.playbook.clone()),
            version: Set(row.number(playbook.version)?),
            issued_at: Set(at),
        })
    });
    let newer = OnConflict::columns([Column::IncidentId, Column::Playbook])
        .update_columns([Column::Version, Column::IssuedAt])
        .to_owned();
    Entity::insert_many(rows.collect::<Result<Vec<_>>>()?)
        .on_conflict(newer)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

/// What was issued for an incident, oldest first, if the scope lets the incident through.
///
/// # Errors
/// The database failed.
pub async fn of_incident(tx: &Tx, scope: &Scope, incident: IncidentId) -> Result<Vec<GuidanceRef>> {
    match incident::find(tx, scope, incident).await? {
        Some(incident) => {
            Ok(of(tx, &[incident.id.0]).await?.into_iter().map(|(_, playbook)| playbook).collect())
        }
        None => Ok(Vec::new()),
    }
}

/// What was issued for these incidents, each with its incident, oldest first.
pub(crate) async fn of(tx: &Tx, incidents: &[uuid::Uuid]) -> Result<Vec<(IncidentId, GuidanceRef)>> {
    let rows = Entity::find()
        .filter(Column::IncidentId.is_in(incidents.iter().copied()))
        .order_by_asc(Column::IssuedAt)
        .order_by_asc(Column::Playbook)
        .all(tx.db())
        .await?;
    rows.into_iter().map(from_row).collect()
}

fn from_row(model: Model) -> Result<(IncidentId, GuidanceRef)> {
    let row = Row { table: "guidance_issued", id: model.incident_id };
    let version = row.number(model.version)?;
    Ok((IncidentId(model.incident_id), GuidanceRef { playbook: model.playbook, version }))
}
