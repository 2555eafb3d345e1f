//! Cases: one unit's work on one incident.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use varsel_domain::authz::Scope;
use varsel_domain::case::Case;
use varsel_domain::{CaseId, IncidentId, UnitId};

use crate::entity::unit_case::{ActiveModel, Column, Entity, Model};
use crate::stored::Row;
use crate::{Error, Result, Tx, incident, scope, wall};

const TABLE: &str = "unit_case";

/// Opens a case. `next_due_at` is when the next open duty towards its unit is due.
///
/// # Errors
/// [`Error::AlreadyExists`] when the unit has a case in this incident; the database failed.
pub async fn insert(tx: &Tx, case: &Case, next_due_at: Option<DateTime<Utc>>) -> Result<()> {
    let insert = Entity::insert(to_row(case, next_due_at)?).exec_without_returning(tx.db());
    insert.await.map_err(Error::inserting(TABLE))?;
    Ok(())
}

/// Writes a case that changed. The caller holds the incident's lock.
///
/// # Errors
/// The database failed.
pub async fn update(tx: &Tx, case: &Case, next_due_at: Option<DateTime<Utc>>) -> Result<()> {
    Entity::update(to_row(case, next_due_at)?).exec(tx.db()).await?;
    Ok(())
}

/// Whether there is a case of that id, whoever may see it; see [`incident::is_there`].
///
/// # Errors
/// The database failed.
pub async fn is_there(tx: &Tx, scope: &Scope, id: CaseId) -> Result<bool> {
    let look = async { Ok(Entity::find_by_id(id.0).count(tx.db()).await? > 0) };
    wall::past(tx, scope, look).await
}

/// A case, if the scope lets it through.
///
/// # Errors
/// The database failed.
pub async fn find(tx: &Tx, scope: &Scope, id: CaseId) -> Result<Option<Case>> {
    let found = Entity::find().filter(scope::cases(scope)).filter(Column::Id.eq(id.0));
    found.one(tx.db()).await?.map(Case::try_from).transpose()
}

/// All cases of an incident, oldest first, if the scope lets the incident through.
///
/// # Errors
/// The database failed.
pub async fn of_incident(tx: &Tx, scope: &Scope, incident: IncidentId) -> Result<Vec<Case>> {
    match incident::find(tx, scope, incident).await? {
        Some(incident) => of(tx, &[incident.id.0]).await,
        None => Ok(Vec::new()),
    }
}

/// All cases of these incidents, oldest first.
pub(crate) async fn of(tx: &Tx, incidents: &[uuid::Uuid]) -> Result<Vec<Case>> {
    let rows = Entity::find()
        .filter(Column::IncidentId.is_in(incidents.iter().copied()))
        .order_by_asc(Column::OpenedAt)
        .order_by_asc(Column::Unit)
        .all(tx.db())
        .await?;
    rows.into_iter().map(Case::try_from).collect()
}

fn to_row(case: &Case, next_due_at: Option<DateTime<Utc>>) -> Result<ActiveModel> {
    let row = Row { table: TABLE, id: case.id.0 };
    Ok(ActiveModel {
        id: Set(case.id.0),
        incident_id: Set(case.incident.0),
        unit: Set(case.unit.0.clone()),
        part: Set(row.to_word(case.part)?),
        status: Set(row.to_word(case.status)?),
        opened_at: Set(case.opened_at),
        updated_at: Set(case.updated_at),
        version: Set(case.version),
        next_due_at: Set(next_due_at),
    })
}

impl TryFrom<Model> for Case {
    type Error = Error;

    fn try_from(model: Model) -> Result<Self> {
        let row = Row { table: TABLE, id: model.id };
        Ok(Self {
            id: CaseId(model.id),
            incident: IncidentId(model.incident_id),
            unit: UnitId(model.unit),
            part: row.word(model.part)?,
            status: row.word(model.status)?,
            opened_at: model.opened_at,
            updated_at: model.updated_at,
            version: model.version,
        })
    }
}
