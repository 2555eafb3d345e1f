//! The record of what was erased from the log of use, and which of its places are empty: what the second has and the first has
//! not was taken by somebody.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect, Statement,
};
use varsel_domain::access::AccessEntry;
use varsel_log::Hash;
use varsel_log::places::Places;

use crate::access_log::salt_of;
use crate::entity::access_entry as entry;
use crate::entity::log_erasure_note::{ActiveModel, Column, Entity};
use crate::stored::Row;
use crate::{Result, Tx};

const ROW: Row = Row { table: "log_erasure_note", id: uuid::Uuid::nil() };

/// So many places are looked up at once.
const AT_ONCE: usize = 500;

/// Adds an erasure, signed, under its number.
///
/// # Errors
/// The database failed, or there is one of this number.
pub async fn add(tx: &Tx, number: u64, note: String) -> Result<()> {
    let row = ActiveModel { number: Set(ROW.number(number)?), note: Set(note) };
    Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// Every erasure on record, each with its number, as they were added.
///
/// # Errors
/// The database failed, or a row cannot be read.
pub async fn notes(tx: &Tx) -> Result<Vec<(u64, String)>> {
    let rows = Entity::find().order_by_asc(Column::Number).all(tx.db()).await?;
    rows.into_iter().map(|row| Ok((ROW.number(row.number)?, row.note))).collect()
}

/// Whether anything is on record.
///
/// # Errors
/// The database failed.
pub async fn is_begun(tx: &Tx) -> Result<bool> {
    Ok(Entity::find().one(tx.db()).await?.is_some())
}

#[derive(FromQueryResult)]
struct Gap {
    low: i64,
    high: i64,
}

/// The places below `size` that no entry has.
///
/// # Errors
/// The database failed, or a row cannot be read.
pub async fn empty_places(tx: &Tx, size: u64) -> Result<Places> {
    let size: i64 = ROW.number(size)?;
    let sql = format!(
        "SELECT low, high FROM (SELECT position + 1 AS low, \
         LEAD(position, 1, CAST({size} AS bigint)) OVER (ORDER BY position) - 1 AS high \
         FROM access_entry WHERE position IS NOT NULL AND position < {size}) gaps WHERE high >= low"
    );
    let statement = Statement::from_string(tx.db().get_database_backend(), sql);
    let gaps = Gap::find_by_statement(statement).all(tx.db()).await?;
    let first: Option<Option<i64>> = entry::Entity::find()
        .select_only()
        .column_as(entry::Column::Position.min(), "first")
        .filter(entry::Column::Position.lt(size))
        .into_tuple()
        .one(tx.db())
        .await?;
    let before = (0, first.flatten().unwrap_or(size) - 1);
    let ranges = std::iter::once(before).chain(gaps.into_iter().map(|gap| (gap.low, gap.high)));
    let ranges = ranges.filter(|(low, high)| low <= high);
    let ranges = ranges.map(|(low, high)| Ok((ROW.number(low)?, ROW.number(high)?)));
    Ok(Places::of(ranges.collect::<Result<Vec<_>>>()?))
}

/// When the entries at these places were written, by their own text: of those that are there, and none of one that cannot be read.
///
/// # Errors
/// The database failed.
pub async fn times_at(tx: &Tx, places: &[u64]) -> Result<BTreeMap<u64, Option<DateTime<Utc>>>> {
    let mut times = BTreeMap::new();
    for some in places.chunks(AT_ONCE) {
        let wanted = some.iter().map(|place| ROW.number(*place)).collect::<Result<Vec<i64>>>()?;
        let rows = entry::Entity::find().filter(entry::Column::Position.is_in(wanted)).all(tx.db()).await?;
        for found in rows {
            if let Some(place) = found.position {
                times.insert(ROW.number(place)?, time_of(&found.text));
            }
        }
    }
    Ok(times)
}

/// When an entry was written, by its own text; none where that cannot be read.
pub(crate) fn time_of(text: &str) -> Option<DateTime<Utc>> {
    serde_json::from_str(text).ok().map(|said: AccessEntry| said.at)
}

/// The leaves that the entries from place `first` to before `end` make, by place: of those that are there, and none of one whose salt
/// cannot be read.
///
/// # Errors
/// The database failed.
pub async fn leaves(tx: &Tx, first: u64, end: u64) -> Result<BTreeMap<u64, Option<Hash>>> {
    let (first, end): (i64, i64) = (ROW.number(first)?, ROW.number(end)?);
    let within = entry::Column::Position.between(first, end - 1);
    let rows = entry::Entity::find().filter(within).all(tx.db()).await?;
    let leaf = |found: entry::Model| {
        let row = Row { table: "access_entry", id: found.id };
        let leaf = salt_of(row, &found.salt).ok().map(|salt| Hash::of_entry(&salt, found.text.as_bytes()));
        Ok((row.number(found.position.unwrap_or_default())?, leaf))
    };
    rows.into_iter().map(leaf).collect()
}
