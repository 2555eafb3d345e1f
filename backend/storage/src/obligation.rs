//! The duties of an incident as last assessed.

use chrono::{DateTime, FixedOffset, Offset, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use varsel_domain::IncidentId;
use varsel_domain::authz::Scope;
use varsel_domain::obligation::Duty;
use varsel_domain::rules::Obligation;

use crate::entity::obligation::{ActiveModel, Column, Entity, Model};
use crate::stored::Row;
use crate::{Error, Result, Tx, incident};

const TABLE: &str = "obligation";

/// Puts `duties` in the place of those the incident had. The caller holds the incident's lock; what stood before
/// remains in the assessments of the older revisions.
///
/// # Errors
/// [`Error::AlreadyExists`] when a stage of a regime is given twice; the database failed.
pub async fn replace(tx: &Tx, incident: IncidentId, duties: &[Duty]) -> Result<()> {
    Entity::delete_many().filter(Column::IncidentId.eq(incident.0)).exec(tx.db()).await?;
    let rows = duties.iter().zip(0_i32..).map(|(duty, position)| to_row(incident, position, duty));
    let rows = rows.collect::<Result<Vec<_>>>()?;
    let insert = Entity::insert_many(rows).exec_without_returning(tx.db());
    insert.await.map_err(Error::inserting(TABLE))?;
    Ok(())
}

/// The duties of an incident, in the assessment's order, if the scope lets the incident through.
///
/// # Errors
/// The database failed.
pub async fn of_incident(tx: &Tx, scope: &Scope, incident: IncidentId) -> Result<Vec<Duty>> {
    match incident::find(tx, scope, incident).await? {
        Some(incident) => Ok(of(tx, &[incident.id.0]).await?.into_iter().map(|(_, duty)| duty).collect()),
        None => Ok(Vec::new()),
    }
}

/// The duties of these incidents, each with its incident, in the assessment's order.
pub(crate) async fn of(tx: &Tx, incidents: &[uuid::Uuid]) -> Result<Vec<(IncidentId, Duty)>> {
    let rows = Entity::find()
        .filter(Column::IncidentId.is_in(incidents.iter().copied()))
        .order_by_asc(Column::Position)
        .all(tx.db())
        .await?;
    rows.into_iter().map(from_row).collect()
}

fn to_row(incident: IncidentId, position: i32, duty: &Duty) -> Result<ActiveModel> {
    let row = Row { table: TABLE, id: incident.0 };
    let Duty { obligation, filed_at } = duty;
    Ok(ActiveModel {
        incident_id: Set(incident.0),
        position: Set(position),
        regime: Set(obligation.regime.clone()),
        stage: Set(obligation.stage.clone()),
        recipients: Set(row.to_json(&obligation.recipients)?),
        provisional: Set(obligation.provisional),
        status: Set(row.to_word(obligation.status)?),
        target_at: Set(obligation.target.map(|at| at.to_utc())),
        target_offset_seconds: Set(obligation.target.map(|at| at.offset().fix().local_minus_utc())),
        due_at: Set(obligation.due.map(|at| at.to_utc())),
        due_offset_seconds: Set(obligation.due.map(|at| at.offset().fix().local_minus_utc())),
        cite: Set(obligation.cite.clone()),
        filed_at: Set(*filed_at),
    })
}

fn from_row(model: Model) -> Result<(IncidentId, Duty)> {
    let row = Row { table: TABLE, id: model.incident_id };
    let obligation = Obligation {
        regime: model.regime,
        stage: model.stage,
        recipients: row.json(model.recipients)?,
        provisional: model.provisional,
        status: row.word(model.status)?,
        target: with_offset(row, model.target_at, model.target_offset_seconds)?,
        due: with_offset(row, model.due_at, model.due_offset_seconds)?,
        cite: model.cite,
    };
    Ok((IncidentId(model.incident_id), Duty { obligation, filed_at: model.filed_at }))
}

fn with_offset(
    row: Row,
    at: Option<DateTime<Utc>>,
    seconds: Option<i32>,
) -> Result<Option<DateTime<FixedOffset>>> {
    let Some(at) = at else { return Ok(None) };
    let offset = seconds.and_then(FixedOffset::east_opt);
    let offset = offset.ok_or_else(|| row.unreadable("an instant without a possible offset"))?;
    Ok(Some(at.with_timezone(&offset)))
}
