//! Blocks, each with its task.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use varsel_domain::attempt::{Block, Closing, Subject};
use varsel_domain::{BlockId, PersonId};

use crate::entity::attempt_block::{ActiveModel, Column, Entity, Model};
use crate::stored::Row;
use crate::{Error, Result, Tx};

const TABLE: &str = "attempt_block";

/// Adds a block.
///
/// # Errors
/// The database failed.
pub async fn insert(tx: &Tx, block: &Block) -> Result<()> {
    Entity::insert(to_row(block)?).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// Writes what changed about a block.
///
/// # Errors
/// The database failed.
pub async fn update(tx: &Tx, block: &Block) -> Result<()> {
    Entity::update(to_row(block)?).exec(tx.db()).await?;
    Ok(())
}

/// A block.
///
/// # Errors
/// The database failed.
pub async fn find(tx: &Tx, id: BlockId) -> Result<Option<Block>> {
    Entity::find_by_id(id.0).one(tx.db()).await?.map(Block::try_from).transpose()
}

/// A block, which nobody else changes until the transaction ends.
///
/// # Errors
/// The database failed.
pub async fn lock(tx: &Tx, id: BlockId) -> Result<Option<Block>> {
    Entity::find_by_id(id.0).lock_exclusive().one(tx.db()).await?.map(Block::try_from).transpose()
}

/// The block of a subject whose task is open. The subject's counter must be locked.
///
/// # Errors
/// The database failed.
pub async fn open_of(tx: &Tx, subject: &Subject) -> Result<Option<Block>> {
    let query =
        Entity::find().filter(Column::Subject.eq(subject.to_string())).filter(Column::ClosedAt.is_null());
    query.lock_exclusive().one(tx.db()).await?.map(Block::try_from).transpose()
}

/// Who owns the open tasks: each as often as they have one.
///
/// # Errors
/// The database failed.
pub async fn owners_of_open(tx: &Tx) -> Result<Vec<PersonId>> {
    let owners: Vec<Option<uuid::Uuid>> = Entity::find()
        .select_only()
        .column(Column::OwnerId)
        .filter(Column::ClosedAt.is_null())
        .into_tuple()
        .all(tx.db())
        .await?;
    Ok(owners.into_iter().flatten().map(PersonId).collect())
}

/// Blocks after `after`, the one that began last first, at most `limit`; only those whose task is `open`, where it is asked.
///
/// # Errors
/// The database failed.
pub async fn list(
    tx: &Tx,
    open: bool,
    after: Option<(DateTime<Utc>, BlockId)>,
    limit: u64,
) -> Result<Vec<Block>> {
    let older = |(at, id): (DateTime<Utc>, BlockId)| {
        let same = Condition::all().add(Column::BeganAt.eq(at)).add(Column::Id.lt(id.0));
        Condition::any().add(Column::BeganAt.lt(at)).add(same)
    };
    let rows = Entity::find()
        .filter(of_state(open))
        .filter(after.map_or_else(Condition::all, older))
        .order_by_desc(Column::BeganAt)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(tx.db())
        .await?;
    rows.into_iter().map(Block::try_from).collect()
}

/// How many there are.
///
/// # Errors
/// The database failed.
pub async fn count(tx: &Tx, open: bool) -> Result<u64> {
    Ok(Entity::find().filter(of_state(open)).count(tx.db()).await?)
}

/// How many tasks are open that began before `before`.
///
/// # Errors
/// The database failed.
pub async fn count_open_before(tx: &Tx, before: DateTime<Utc>) -> Result<u64> {
    let query = Entity::find().filter(of_state(true)).filter(Column::BeganAt.lt(before));
    Ok(query.count(tx.db()).await?)
}

fn of_state(open: bool) -> Condition {
    if open { Condition::all().add(Column::ClosedAt.is_null()) } else { Condition::all() }
}

fn to_row(block: &Block) -> Result<ActiveModel> {
    let row = Row { table: TABLE, id: block.id.0 };
    let closing = block.closing.as_ref();
    Ok(ActiveModel {
        id: Set(block.id.0),
        subject: Set(block.subject.to_string()),
        cause: Set(row.to_word(block.cause)?),
        began_at: Set(block.began_at),
        last_at: Set(block.last_at),
        until: Set(block.until),
        times: Set(block.times),
        owner_id: Set(block.owner.map(|owner| owner.0)),
        lifted_at: Set(block.lifted_at),
        lifted_by: Set(block.lifted_by.clone()),
        closed_at: Set(closing.map(|closing| closing.at)),
        closer_id: Set(closing.map(|closing| closing.by.0)),
        closer_name: Set(closing.map(|closing| closing.by_name.clone())),
        closing_reason: Set(closing.map(|closing| closing.reason.clone())),
    })
}

impl TryFrom<Model> for Block {
    type Error = Error;

    fn try_from(model: Model) -> Result<Self> {
        let row = Row { table: TABLE, id: model.id };
        let closing = match (model.closed_at, model.closer_id, model.closer_name, model.closing_reason) {
            (Some(at), Some(by), Some(by_name), Some(reason)) => {
                Some(Closing { at, by: PersonId(by), by_name, reason })
            }
            (None, ..) => None,
            _ => return Err(row.unreadable("closed, but not by whom or why")),
        };
        let subject = Subject::parse(&model.subject).ok_or_else(|| row.unreadable("no such subject"))?;
        Ok(Self {
            id: BlockId(model.id),
            subject,
            cause: row.word(model.cause)?,
            began_at: model.began_at,
            last_at: model.last_at,
            until: model.until,
            times: model.times,
            owner: model.owner_id.map(PersonId),
            lifted_at: model.lifted_at,
            lifted_by: model.lifted_by,
            closing,
        })
    }
}
