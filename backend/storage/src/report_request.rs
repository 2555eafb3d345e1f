//! What authorities asked for: reports that are owed only on request.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use varsel_domain::incident::ReportRequest;
use varsel_domain::rules::Request;
use varsel_domain::{IncidentId, PersonId, ReportRequestId, UnitId};

use crate::entity::report_request::{ActiveModel, Column, Entity, Model};
use crate::{Result, Tx};

/// Adds a request.
///
/// # Errors
/// The database failed.
pub async fn insert(tx: &Tx, request: &ReportRequest) -> Result<()> {
    let row = ActiveModel {
        id: Set(request.id.0),
        incident_id: Set(request.incident.0),
        unit: Set(request.unit.0.clone()),
        regime: Set(request.asked.regime.clone()),
        stage: Set(request.asked.stage.clone()),
        asked_at: Set(request.asked.at),
        due: Set(request.asked.due),
        person_id: Set(request.by.0),
        person_name: Set(request.by_name.clone()),
    };
    Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// What was asked for on these incidents, oldest first.
pub(crate) async fn of(tx: &Tx, incidents: &[uuid::Uuid]) -> Result<Vec<ReportRequest>> {
    let rows = Entity::find()
        .filter(Column::IncidentId.is_in(incidents.iter().copied()))
        .order_by_asc(Column::AskedAt)
        .order_by_asc(Column::Id)
        .all(tx.db())
        .await?;
    Ok(rows.into_iter().map(from_row).collect())
}

fn from_row(model: Model) -> ReportRequest {
    let Model { regime, stage, asked_at: at, due, .. } = model;
    ReportRequest {
        id: ReportRequestId(model.id),
        incident: IncidentId(model.incident_id),
        unit: UnitId(model.unit),
        asked: Request { regime, stage, at, due },
        by: PersonId(model.person_id),
        by_name: model.person_name,
    }
}
