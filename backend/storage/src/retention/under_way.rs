//! What an erasure has done and not put on record yet. It erases in parts, and may end between two of them or while the file is
//! written anew: the next one then finishes both.

use std::collections::BTreeMap;

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
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
    let noted = Entity::find().filter(Column::What.ne(NOT_SCRUBBED)).all(tx.db()).await?;
    Entity::delete_many().filter(Column::What.ne(NOT_SCRUBBED)).exec(tx.db()).await?;
    noted.into_iter().map(|row| Ok((ROW.word(row.what)?, ROW.number(row.rows)?))).collect()
}

/// Whether something was erased since the files were last written anew.
///
/// # Errors
/// The database failed.
pub async fn is_to_be_scrubbed(tx: &Tx) -> Result<bool> {
    Ok(Entity::find_by_id(NOT_SCRUBBED.to_owned()).one(tx.db()).await?.is_some())
}

/// Says that they were.
///
/// # Errors
/// The database failed.
pub async fn scrubbed(tx: &Tx) -> Result<()> {
    Entity::delete_by_id(NOT_SCRUBBED.to_owned()).exec(tx.db()).await?;
    Ok(())
}
