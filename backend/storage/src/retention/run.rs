//! What each erasure did.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::NotSet, ActiveValue::Set, EntityTrait, QueryOrder, QuerySelect,
};
use uuid::Uuid;
use varsel_domain::retention::Kind;

use crate::entity::retention_run::{ActiveModel, Column, Entity};
use crate::stored::Row;
use crate::{Result, Tx};

const ROW: Row = Row { table: "retention_run", id: Uuid::nil() };

/// An erasure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// When it began, in UTC.
    pub began_at: DateTime<Utc>,
    /// When it ended.
    pub ended_at: DateTime<Utc>,
    /// How many of each kind were erased: incidents, or rows.
    pub erased: BTreeMap<Kind, u64>,
    /// How many incidents were held.
    pub held: u64,
    /// What was still there a day after its deadline when it ended: none, unless something is wrong.
    pub overdue: u64,
}

/// Writes an erasure down.
///
/// # Errors
/// The database failed.
pub async fn record(tx: &Tx, run: &Run) -> Result<()> {
    let row = ActiveModel {
        number: NotSet,
        began_at: Set(run.began_at),
        ended_at: Set(run.ended_at),
        erased: Set(ROW.to_json(&run.erased)?),
        held: Set(ROW.number(run.held)?),
        overdue: Set(ROW.number(run.overdue)?),
    };
    row.insert(tx.db()).await?;
    Ok(())
}

/// The last erasures, newest first, at most `limit`.
///
/// # Errors
/// The database failed, or a row cannot be read.
pub async fn last_runs(tx: &Tx, limit: u64) -> Result<Vec<Run>> {
    let rows = Entity::find().order_by_desc(Column::Number).limit(limit).all(tx.db()).await?;
    let read = |row: crate::entity::retention_run::Model| {
        Ok(Run {
            began_at: row.began_at,
            ended_at: row.ended_at,
            erased: ROW.json(row.erased)?,
            held: ROW.number(row.held)?,
            overdue: ROW.number(row.overdue)?,
        })
    };
    rows.into_iter().map(read).collect()
}
