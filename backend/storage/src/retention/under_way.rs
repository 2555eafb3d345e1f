//! What an erasure has done and not put on record yet. It erases in parts, and may end between two of them or while the file is
//! written anew: the next one then finishes both.

use std::collections::BTreeMap;

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;
use varsel_domain::retention::Kind;

use crate::entity::erasure_under_way::{ActiveModel, Column, Entity};
use crate::stored::Row;
use crate::{Result, Tx};

const TABLE: &str = "erasure_under_way";
const ROW: Row = Row { table: TABLE, id: Uuid::nil() };

/// What is erased and still in the files of an embedded database.
const NOT_SCRUBBED: &str = "not_scrubbed";

/// Adds that so many rows of a kind were erased in this transaction.
///
/// # Errors
/// The database failed.
pub async fn note(tx: &Tx, kind: Kind, rows: u64) -> Result<()> {
    add(tx, ROW.to_word(kind)?, rows).await?;
    to_be_scrubbed(tx).await
}

/// Says that something was erased in this transaction that is still in the files.
///
/// # Errors
/// The database failed.
pub async fn to_be_scrubbed(tx: &Tx) -> Result<()> {
    add(tx, NOT_SCRUBBED.to_owned(), 1).await
}

async fn add(tx: &Tx, what: String, rows: u64) -> Result<()> {
    let rows = ROW.number(rows)?;
    let sum = Expr::col((Entity, Column::Rows)).add(rows);
    let again = OnConflict::column(Column::What).value(Column::Rows, sum).to_owned();
    let row = ActiveModel { what: Set(what), rows: Set(rows) };
    Entity::insert(row).on_conflict(again).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// Takes what was noted, which this transaction puts on record.
///
/// # Errors
/// The database failed.
pub async fn take(tx: &Tx) -> Result<BTreeMap<Kind, u64>> {
    let mut noted = Entity::find().filter(Column::What.ne(NOT_SCRUBBED));
    // Another server may erase at the same time: what it adds meanwhile stays for whoever asks next.
    if tx.is_postgres() {
        noted = noted.lock_exclusive();
    }
    let noted = noted.all(tx.db()).await?;
    let read = noted.iter().map(|row| row.what.clone());
    Entity::delete_many().filter(Column::What.is_in(read)).exec(tx.db()).await?;
    noted.into_iter().map(|row| Ok((ROW.word(row.what)?, ROW.number(row.rows)?))).collect()
}

/// How often something was erased since the files were last written anew; none where nothing was.
///
/// # Errors
/// The database failed.
pub async fn not_scrubbed(tx: &Tx) -> Result<Option<i64>> {
    Ok(Entity::find_by_id(NOT_SCRUBBED.to_owned()).one(tx.db()).await?.map(|row| row.rows))
}

/// Says that they were, with all that [`not_scrubbed`] counted before: what came since is still to be.
///
/// # Errors
/// The database failed.
pub async fn scrubbed(tx: &Tx, counted: i64) -> Result<()> {
    let until_then = Column::What.eq(NOT_SCRUBBED).and(Column::Rows.eq(counted));
    Entity::delete_many().filter(until_then).exec(tx.db()).await?;
    Ok(())
}
