//! Legal holds on incidents: what is held is not erased.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};
use varsel_domain::{ChangeId, IncidentId};

use crate::entity::legal_hold::{ActiveModel, Column, Entity, Model};
use crate::{Error, Result, Tx};

/// A hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// The critical change that placed it, which says why and who.
    pub change: ChangeId,
    /// The incident.
    pub incident: IncidentId,
    /// Since when.
    pub placed_at: DateTime<Utc>,
    /// Until when, unless it is lifted before.
    pub until: DateTime<Utc>,
}

/// Places a hold.
///
/// # Errors
/// The change has placed one already; the database failed.
pub async fn place(tx: &Tx, hold: &Hold) -> Result<()> {
    let row = ActiveModel {
        change_id: Set(hold.change.0),
        incident_id: Set(hold.incident.0),
        placed_at: Set(hold.placed_at),
        until: Set(hold.until),
        lifted_at: Set(None),
        lifting_change_id: Set(None),
    };
    let insert = Entity::insert(row).exec_without_returning(tx.db());
    insert.await.map_err(Error::inserting("legal_hold"))?;
    Ok(())
}

/// Lifts every hold on an incident.
///
/// # Errors
/// The database failed.
pub async fn lift(tx: &Tx, incident: IncidentId, by: ChangeId, now: DateTime<Utc>) -> Result<()> {
    let end = ActiveModel {
        lifted_at: Set(Some(now)),
        lifting_change_id: Set(Some(by.0)),
        ..ActiveModel::default()
    };
    let held = Entity::update_many().set(end).filter(Column::IncidentId.eq(incident.0));
    held.filter(Column::LiftedAt.is_null()).exec(tx.db()).await?;
    Ok(())
}

/// The holds that stand at `now`, on one incident or on all, oldest first.
///
/// # Errors
/// The database failed.
pub async fn standing(tx: &Tx, incident: Option<IncidentId>, now: DateTime<Utc>) -> Result<Vec<Hold>> {
    let mut select = Entity::find().filter(Column::LiftedAt.is_null()).filter(Column::Until.gt(now));
    if let Some(incident) = incident {
        select = select.filter(Column::IncidentId.eq(incident.0));
    }
    let rows = select.order_by_asc(Column::PlacedAt).order_by_asc(Column::ChangeId).all(tx.db()).await?;
    Ok(rows.into_iter().map(Hold::from).collect())
}

/// The incidents that were held at `at`: now, or not long ago.
pub(crate) fn held(at: DateTime<Utc>) -> SelectStatement {
    Query::select()
        .column(Column::IncidentId)
        .from(Entity)
        .cond_where(Condition::any().add(Column::LiftedAt.is_null()).add(Column::LiftedAt.gt(at)))
        .and_where(Column::Until.gt(at))
        .take()
}

impl From<Model> for Hold {
    fn from(row: Model) -> Self {
        Self {
            change: ChangeId(row.change_id),
            incident: IncidentId(row.incident_id),
            placed_at: row.placed_at,
            until: row.until,
        }
    }
}
