//! How authorities confirmed the severity of incidents: rows are only added, and the incident carries the last level.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;
use varsel_domain::severity::SeverityConfirmation;
use varsel_domain::{ConfirmationId, IncidentId, PersonId, UnitId};

use crate::entity::incident;
use crate::entity::severity_confirmation::{ActiveModel, Column, Entity, Model};
use crate::keys::{Place, Ring, Sealer};
use crate::stored::Row;
use crate::{Error, Result, Tx};

const TABLE: &str = "severity_confirmation";

/// Adds a confirmation: its level holds from now on. The caller holds the incident's lock.
///
/// # Errors
/// [`Error::AlreadyExists`] when the incident has one of this number; the database failed.
pub async fn insert(tx: &Tx, confirmation: &SeverityConfirmation) -> Result<()> {
    let row = Row { table: TABLE, id: confirmation.id.0 };
    let (level, number) = (i16::from(confirmation.level), row.number(confirmation.number)?);
    let key = tx.sealer(confirmation.incident).await?;
    let sealed = confirmation.justification.as_deref();
    let sealed = sealed.map(|text| key.seal_text(place(confirmation.id.0, number), text)).transpose()?;
    let new = ActiveModel {
        id: Set(confirmation.id.0),
        incident_id: Set(confirmation.incident.0),
        number: Set(number),
        level: Set(level),
        proposed: Set(confirmation.proposed.into()),
        revision: Set(row.number(confirmation.revision)?),
        justification: Set(sealed),
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
pub(crate) async fn of(tx: &Tx, keys: &Ring<'_>, incidents: &[Uuid]) -> Result<Vec<SeverityConfirmation>> {
    let rows = Entity::find()
        .filter(Column::IncidentId.is_in(incidents.iter().copied()))
        .order_by_asc(Column::Number)
        .all(tx.db())
        .await?;
    keys.open_all(rows, |row| row.incident_id, |row, sealer| open(row, sealer))
}

/// Where the justification of a confirmation stands.
pub(crate) fn place(id: Uuid, number: i32) -> Place<'static> {
    Place { table: TABLE, column: "justification", row: id, version: number.into() }
}

fn open(model: Model, key: &Sealer<'_>) -> Result<SeverityConfirmation> {
    let row = Row { table: TABLE, id: model.id };
    let place = place(model.id, model.number);
    let justification = model.justification.as_deref();
    Ok(SeverityConfirmation {
        id: ConfirmationId(model.id),
        incident: IncidentId(model.incident_id),
        number: row.number(model.number)?,
        level: row.number(model.level)?,
        proposed: row.number(model.proposed)?,
        revision: row.number(model.revision)?,
        justification: justification.map(|sealed| key.open_text(place, sealed)).transpose()?,
        unit: UnitId(model.unit),
        by: PersonId(model.person_id),
        by_name: model.person_name,
        at: model.at,
    })
}
