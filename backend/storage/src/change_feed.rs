//! The change feed: ordered and resumable.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::NotSet, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use varsel_domain::case::Case;
use varsel_domain::feed::{Change, ChangeKind};
use varsel_domain::{CaseId, IncidentId, UnitId};

use crate::entity::change::{ActiveModel, Column, Entity, Model};
use crate::stored::Row;
use crate::{Error, Result, Tx};

const TABLE: &str = "change";

/// Adds changes of cases, in this order.
///
/// # Errors
/// The database failed.
pub async fn append(tx: &Tx, at: DateTime<Utc>, changes: &[(ChangeKind, &Case)]) -> Result<()> {
    if tx.is_postgres() {
        // Sequence numbers are given out before the commit: without this lock, held until then, a reader could see
        // a later one first and pass over the earlier one for ever.
        tx.db().execute_unprepared("SELECT pg_advisory_xact_lock(8617354701)").await?;
    }
    let rows = changes.iter().map(|(kind, case)| {
        let row = Row { table: TABLE, id: case.id.0 };
        Ok(ActiveModel {
            sequence: NotSet,
            at: Set(at),
            kind: Set(row.to_word(*kind)?),
            incident_id: Set(case.incident.0),
            case_id: Set(case.id.0),
            unit: Set(case.unit.0.clone()),
        })
    });
    let rows = rows.collect::<Result<Vec<_>>>()?;
    Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// Changes of the cases of `unit` after `sequence`, oldest first, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn after(tx: &Tx, unit: &UnitId, sequence: i64, limit: u64) -> Result<Vec<Change>> {
    let rows = Entity::find()
        .filter(Column::Unit.eq(unit.as_str()))
        .filter(Column::Sequence.gt(sequence))
        .order_by_asc(Column::Sequence)
        .limit(limit)
        .all(tx.db())
        .await?;
    rows.into_iter().map(Change::try_from).collect()
}

/// The newest position of the cases of `unit`; 0 before the first.
///
/// # Errors
/// The database failed.
pub async fn newest(tx: &Tx, unit: &UnitId) -> Result<i64> {
    let newest =
        Entity::find().filter(Column::Unit.eq(unit.as_str())).order_by_desc(Column::Sequence).one(tx.db());
    Ok(newest.await?.map_or(0, |row| row.sequence))
}

impl TryFrom<Model> for Change {
    type Error = Error;

    fn try_from(model: Model) -> Result<Self> {
        let row = Row { table: TABLE, id: model.case_id };
        Ok(Self {
            sequence: model.sequence,
            at: model.at,
            kind: row.word(model.kind)?,
            incident: IncidentId(model.incident_id),
            case: CaseId(model.case_id),
            unit: UnitId(model.unit),
        })
    }
}
