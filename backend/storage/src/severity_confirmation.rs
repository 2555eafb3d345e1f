//! How authorities confirmed the severity of incidents: rows are only added, and the incident carries the last level.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use varsel_domain::severity::SeverityConfirmation;
use varsel_domain::{ConfirmationId, IncidentId, PersonId, UnitId};

use crate::entity::incident;
use crate::entity::severity_confirmation::{ActiveModel, Column, Entity, Model};
use crate::stored::Row;
use crate::{Error, Result, Tx};

const TABLE: &str = "severity_confirmation";

/// Adds a confirmation: its level holds from now on. The caller holds the incident's lock.
///
/// # Errors
/// [`Error::AlreadyExists`] when the incident has one of this number; the database failed.
pub async fn insert(tx: &Tx, confirmation: &SeverityConfirmation) -> Result<()> {
    let row = Row { table: TABLE, id: confirmation.id.0 };
    let level = i16::from(confirmation.level);
    let new = ActiveModel {
        id: Set(confirmation.id.0),
        incident_id: Set(confirmation.incident.0),
        number: Set(row.number(confirmation.number)?),
        level: Set(level),
        proposed: Set(confirmation.proposed.into()),
        revision: Set(row.number(confirmation.revision)?),
        justification: Set(confirmation.justification.clone()),
        unit: Set(confirmation.unit.0.clone()),
        person_id: Set(confirmation.by.0),
        person_name: Set(confirmation.by_name.clone()),
        at: Set(confirmation.at),
    };
    let insert = Entity::insert(new).exec_without_returning(tx.db());
    insert.await.map_err(Error::inserting(TABLE))?;
    let holds = incident::ActiveModel { confirmed_severity: Set(Some(level)), ..Default::default() };
    let of_incident = incident::Column::Id.eq(confirmation.incident.0);
    incident::Entity::update_many().set(holds).filter(of_incident).exec(tx.db()).await?;
    Ok(())
}

/// How the severity of these incidents was confirmed, oldest first.
pub(crate) async fn of(tx: &Tx, incidents: &[uuid::Uuid]) -> Result<Vec<SeverityConfirmation>> {
    let rows = Entity::find()
        .filter(Column::IncidentId.is_in(incidents.iter().copied()))
        .order_by_asc(Column::Number)
        .all(tx.db())
        .await?;
    rows.into_iter().map(SeverityConfirmation::try_from).collect()
}

impl TryFrom<Model> for SeverityConfirmation {
    type Error = Error;

    fn try_from(model: Model) -> Result<Self> {
        let row = Row { table: TABLE, id: model.id };
        Ok(Self {
            id: ConfirmationId(model.id),
            incident: IncidentId(model.incident_id),
            number: row.number(model.number)?,
            level: row.number(model.level)?,
            proposed: row.number(model.proposed)?,
            revision: row.number(model.revision)?,
            justification: model.justification,
            unit: UnitId(model.unit),
            by: PersonId(model.person_id),
            by_name: model.person_name,
            at: model.at,
        })
    }
}
