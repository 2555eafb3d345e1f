//! The tree of the log of use: its tiles, its checkpoints, and what witnesses have said to these.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::NotSet, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use varsel_log::Hash;
use varsel_log::checkpoint::Checkpoint;
use varsel_log::tile::{Loaded, TileId};

use crate::entity::log_tile::{ActiveModel, Column, Entity, Model};
use crate::entity::{log_checkpoint as checkpoints, log_witness as witnesses};
use crate::stored::Row;
use crate::{Result, Tx};

/// How many tiles are asked for at once.
const AT_ONCE: usize = 200;

/// Makes sure that nobody else appends to the tree until `tx` ends, once whoever does has ended. A snapshot may be older than what
/// they appended: then what it writes fails with an error that [`is_overtaken`](crate::Error::is_overtaken). SQLite has one writer
/// anyway.
///
/// # Errors
/// The database failed, or somebody took longer than ten seconds.
pub async fn lock(tx: &Tx) -> Result<()> {
    if tx.is_postgres() {
        for sql in
            ["SET LOCAL lock_timeout = '10s'", "SELECT pg_advisory_xact_lock(hashtext('varsel.log_tree'))"]
        {
            tx.db().execute_unprepared(sql).await?;
        }
    }
    Ok(())
}

/// The tiles of these ids, of those that are there.
///
/// # Errors
/// The database failed, or a row cannot be read.
pub async fn tiles(tx: &Tx, ids: &[TileId]) -> Result<Loaded> {
    let mut loaded = Loaded::new();
    for some in ids.chunks(AT_ONCE) {
        let mut wanted = Condition::any();
        for id in some {
            let place = row().number::<u64, i64>(id.index)?;
            let one =
                Condition::all().add(Column::Level.eq(i16::from(id.level))).add(Column::Place.eq(place));
            wanted = wanted.add(one);
        }
        for model in Entity::find().filter(wanted).all(tx.db()).await? {
            let (id, hashes) = from_row(&model)?;
            loaded.insert(id, hashes);
        }
    }
    Ok(loaded)
}

/// Keeps tiles that are new or have grown.
///
/// # Errors
/// The database failed, or a tile would lose something.
pub async fn keep(tx: &Tx, changed: &BTreeMap<TileId, Vec<Hash>>) -> Result<()> {
    let rows = changed.iter().map(|(id, hashes)| {
        let hashes = hashes.iter().flat_map(|hash| hash.0).collect();
        let place = row().number(id.index)?;
        Ok(ActiveModel { level: Set(id.level.into()), place: Set(place), hashes: Set(hashes) })
    });
    let grown = OnConflict::columns([Column::Level, Column::Place]).update_column(Column::Hashes).to_owned();
    for some in rows.collect::<Result<Vec<_>>>()?.chunks(AT_ONCE) {
        Entity::insert_many(some.to_vec()).on_conflict(grown.clone()).exec_without_returning(tx.db()).await?;
    }
    Ok(())
}

fn from_row(model: &Model) -> Result<(TileId, Vec<Hash>)> {
    let id = TileId { level: row().number(model.level)?, index: row().number(model.place)? };
    let (hashes, rest) = model.hashes.as_chunks::<32>();
    if rest.is_empty() {
        Ok((id, hashes.iter().copied().map(Hash).collect()))
    } else {
        Err(row().unreadable("a hash is cut"))
    }
}

fn row() -> Row {
    Row { table: "log_tile", id: uuid::Uuid::nil() }
}

/// A checkpoint that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeCheckpoint {
    /// How many entries the log had.
    pub size: u64,
    /// When it was made.
    pub at: DateTime<Utc>,
    /// The checkpoint, signed.
    pub note: String,
}

/// The newest checkpoint; none before the first.
///
/// # Errors
/// The database failed, or a row cannot be read.
pub async fn newest(tx: &Tx) -> Result<Option<MadeCheckpoint>> {
    let newest = checkpoints::Entity::find().order_by_desc(checkpoints::Column::Size).one(tx.db()).await?;
    newest.map(made_from).transpose()
}

/// The checkpoint of this size; none where none was made then.
///
/// # Errors
/// The database failed, or a row cannot be read.
pub async fn of_size(tx: &Tx, size: u64) -> Result<Option<MadeCheckpoint>> {
    let of_size = checkpoints::Column::Size.eq(row().number::<u64, i64>(size)?);
    let made = checkpoints::Entity::find().filter(of_size).one(tx.db()).await?;
    made.map(made_from).transpose()
}

fn made_from(model: checkpoints::Model) -> Result<MadeCheckpoint> {
    Ok(MadeCheckpoint { size: row().number(model.size)?, at: model.at, note: model.note })
}

/// When checkpoints were made in `[from, until)`, oldest first, at most `limit` after number `after`; each with its number.
///
/// # Errors
/// The database failed.
pub async fn moments(
    tx: &Tx,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    (after, limit): (i64, u64),
) -> Result<Vec<(i64, DateTime<Utc>)>> {
    use checkpoints::Column as C;
    let query = checkpoints::Entity::find().select_only().columns([C::Number, C::At]);
    let within = query.filter(C::Number.gt(after)).filter(C::At.gte(from)).filter(C::At.lt(until));
    Ok(within.order_by_asc(C::Number).limit(limit).into_tuple().all(tx.db()).await?)
}

/// When the last checkpoint before `at` was made; none where there was none.
///
/// # Errors
/// The database failed.
pub async fn last_before(tx: &Tx, at: DateTime<Utc>) -> Result<Option<DateTime<Utc>>> {
    let before = checkpoints::Entity::find().filter(checkpoints::Column::At.lt(at));
    let last = before.order_by_desc(checkpoints::Column::Number).one(tx.db()).await?;
    Ok(last.map(|checkpoint| checkpoint.at))
}

/// Adds a checkpoint.
///
/// # Errors
/// The database failed, or there is one of this size.
pub async fn add_checkpoint(tx: &Tx, checkpoint: &Checkpoint, note: &str, at: DateTime<Utc>) -> Result<()> {
    let size = row().number(checkpoint.size)?;
    let made =
        checkpoints::ActiveModel { number: NotSet, size: Set(size), at: Set(at), note: Set(note.to_owned()) };
    checkpoints::Entity::insert(made).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// What a witness said last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Testimony {
    /// The name of its key.
    pub witness: String,
    /// The size of the checkpoint that it cosigned last.
    pub size: u64,
    /// Its signature line for that; empty before the first.
    pub cosignature: String,
    /// When it answered.
    pub at: DateTime<Utc>,
    /// Why it did not cosign the last time; none if it did.
    pub refusal: Option<String>,
}

/// What every witness said last, by name.
///
/// # Errors
/// The database failed, or a row cannot be read.
pub async fn testimonies(tx: &Tx) -> Result<Vec<Testimony>> {
    let rows = witnesses::Entity::find().order_by_asc(witnesses::Column::Name).all(tx.db()).await?;
    let said = |it: witnesses::Model| {
        let size = row().number(it.size)?;
        Ok(Testimony { witness: it.name, size, cosignature: it.cosignature, at: it.at, refusal: it.refusal })
    };
    rows.into_iter().map(said).collect()
}

/// Writes down what a witness said.
///
/// # Errors
/// The database failed.
pub async fn hear(tx: &Tx, said: &Testimony) -> Result<()> {
    use witnesses::Column as C;
    let model = witnesses::ActiveModel {
        name: Set(said.witness.clone()),
        size: Set(row().number(said.size)?),
        cosignature: Set(said.cosignature.clone()),
        at: Set(said.at),
        refusal: Set(said.refusal.clone()),
    };
    let again =
        OnConflict::column(C::Name).update_columns([C::Size, C::Cosignature, C::At, C::Refusal]).to_owned();
    witnesses::Entity::insert(model).on_conflict(again).exec_without_returning(tx.db()).await?;
    Ok(())
}
