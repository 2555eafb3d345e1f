//! Reviews of authorisations, and what came of each item.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Condition;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use varsel_domain::authorisation::Reach;
use varsel_domain::review::{Decision, Item, Review, Verdict};
use varsel_domain::{AuthorisationId, PersonId, ReviewId};

use crate::entity::review::{ActiveModel, Column, Entity, Model};
use crate::entity::review_item::{self, Column as ItemColumn, Entity as Items, Model as ItemModel};
use crate::stored::Row;
use crate::{Error, Result, Tx, authorisation};

const TABLE: &str = "review";
const ITEMS: &str = "review_item";

/// Where a row stands in the list: newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListKey {
    /// When it opened.
    pub opened_at: DateTime<Utc>,
    /// Id.
    pub id: ReviewId,
}

/// Where an item stands in its review: by the holder's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemKey {
    /// Name.
    pub holder_name: String,
    /// The authorisation.
    pub id: AuthorisationId,
}

/// Which items.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ItemCriteria {
    /// Only those that are, or are not, decided.
    pub decided: Option<bool>,
    /// Only those that nobody had used for half a year.
    pub unused: bool,
}

/// How far a review has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Items.
    pub items: u64,
    /// Of these decided.
    pub decided: u64,
}

/// Adds a review with its items.
///
/// # Errors
/// The database failed.
pub async fn insert(tx: &Tx, review: &Review, items: &[Item]) -> Result<()> {
    let row = ActiveModel {
        id: Set(review.id.0),
        reach: Set(review.reach.to_string()),
        opened_at: Set(review.opened_at),
        deadline: Set(review.deadline),
        closed_at: Set(review.closed_at),
    };
    Entity::insert(row).exec_without_returning(tx.db()).await?;
    for part in items.chunks(200) {
        let rows = part.iter().map(to_row).collect::<Result<Vec<_>>>()?;
        Items::insert_many(rows).exec_without_returning(tx.db()).await?;
    }
    Ok(())
}

/// A review.
///
/// # Errors
/// The database failed.
pub async fn find(tx: &Tx, id: ReviewId) -> Result<Option<Review>> {
    Entity::find_by_id(id.0).one(tx.db()).await?.map(Review::try_from).transpose()
}

/// As [`find`], and nobody else decides in it until the transaction ends.
///
/// # Errors
/// The database failed.
pub async fn lock(tx: &Tx, id: ReviewId) -> Result<Option<Review>> {
    Entity::find_by_id(id.0).lock_exclusive().one(tx.db()).await?.map(Review::try_from).transpose()
}

/// The reviews that are open, soonest deadline first.
///
/// # Errors
/// The database failed.
pub async fn open(tx: &Tx) -> Result<Vec<Review>> {
    let query = Entity::find().filter(Column::ClosedAt.is_null());
    let rows = query.order_by_asc(Column::Deadline).order_by_asc(Column::Id).all(tx.db()).await?;
    rows.into_iter().map(Review::try_from).collect()
}

/// The newest review of a reach.
///
/// # Errors
/// The database failed.
pub async fn newest(tx: &Tx, reach: &Reach) -> Result<Option<Review>> {
    let query = Entity::find().filter(Column::Reach.eq(reach.to_string()));
    let row = query.order_by_desc(Column::OpenedAt).one(tx.db()).await?;
    row.map(Review::try_from).transpose()
}

/// At most `limit` reviews after `after`, newest first: of these reaches, or of all.
///
/// # Errors
/// The database failed.
pub async fn list(
    tx: &Tx,
    reaches: Option<&[Reach]>,
    after: Option<ListKey>,
    limit: u64,
) -> Result<Vec<Review>> {
    let older = |key: ListKey| {
        let same = Condition::all().add(Column::OpenedAt.eq(key.opened_at)).add(Column::Id.lt(key.id.0));
        Condition::any().add(Column::OpenedAt.lt(key.opened_at)).add(same)
    };
    let rows = Entity::find()
        .filter(of(reaches))
        .filter(after.map_or_else(Condition::all, older))
        .order_by_desc(Column::OpenedAt)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(tx.db())
        .await?;
    rows.into_iter().map(Review::try_from).collect()
}

/// How many there are.
///
/// # Errors
/// The database failed.
pub async fn count(tx: &Tx, reaches: Option<&[Reach]>) -> Result<u64> {
    Ok(Entity::find().filter(of(reaches)).count(tx.db()).await?)
}

fn of(reaches: Option<&[Reach]>) -> Condition {
    let these = |reaches: &[Reach]| Column::Reach.is_in(reaches.iter().map(Reach::to_string));
    Condition::all().add_option(reaches.map(these))
}

/// Closes a review.
///
/// # Errors
/// The database failed.
pub async fn close(tx: &Tx, id: ReviewId, at: DateTime<Utc>) -> Result<()> {
    let row = ActiveModel { closed_at: Set(Some(at)), ..ActiveModel::default() };
    Entity::update_many().set(row).filter(Column::Id.eq(id.0)).exec(tx.db()).await?;
    Ok(())
}

/// At most `limit` items of a review after `after`, by the holder's name.
///
/// # Errors
/// The database failed.
pub async fn items(
    tx: &Tx,
    id: ReviewId,
    criteria: ItemCriteria,
    (after, limit): (Option<ItemKey>, u64),
) -> Result<Vec<Item>> {
    let later = |key: ItemKey| {
        let same = Condition::all()
            .add(ItemColumn::HolderName.eq(key.holder_name.clone()))
            .add(ItemColumn::AuthorisationId.gt(key.id.0));
        Condition::any().add(ItemColumn::HolderName.gt(key.holder_name)).add(same)
    };
    let rows = Items::find()
        .filter(which(id, criteria))
        .filter(after.map_or_else(Condition::all, later))
        .order_by_asc(ItemColumn::HolderName)
        .order_by_asc(ItemColumn::AuthorisationId)
        .limit(limit)
        .all(tx.db())
        .await?;
    rows.into_iter().map(Item::try_from).collect()
}

/// These items of a review, in no order; those that are not in it are left out.
///
/// # Errors
/// The database failed.
pub async fn find_items(tx: &Tx, id: ReviewId, of: &[AuthorisationId]) -> Result<Vec<Item>> {
    let these = ItemColumn::AuthorisationId.is_in(of.iter().map(|id| id.0));
    let query = Items::find().filter(ItemColumn::ReviewId.eq(id.0)).filter(these);
    query.all(tx.db()).await?.into_iter().map(Item::try_from).collect()
}

/// How many items nobody has decided on, but for those of one person.
///
/// # Errors
/// The database failed.
pub async fn count_others(tx: &Tx, id: ReviewId, but_for: PersonId) -> Result<u64> {
    let undecided = ItemCriteria { decided: Some(false), unused: false };
    let query = Items::find().filter(which(id, undecided)).filter(ItemColumn::HolderId.ne(but_for.0));
    Ok(query.count(tx.db()).await?)
}

/// How many items there are.
///
/// # Errors
/// The database failed.
pub async fn count_items(tx: &Tx, id: ReviewId, criteria: ItemCriteria) -> Result<u64> {
    Ok(Items::find().filter(which(id, criteria)).count(tx.db()).await?)
}

/// How far a review has come.
///
/// # Errors
/// The database failed.
pub async fn progress(tx: &Tx, id: ReviewId) -> Result<Progress> {
    let decided = ItemCriteria { decided: Some(true), unused: false };
    Ok(Progress {
        items: count_items(tx, id, ItemCriteria::default()).await?,
        decided: count_items(tx, id, decided).await?,
    })
}

/// How many items of a review came to what; none for those that nobody has decided on.
///
/// # Errors
/// The database failed, or a row cannot be read.
pub async fn verdicts(tx: &Tx, id: ReviewId) -> Result<Vec<(Option<Verdict>, u64)>> {
    let rows: Vec<(Option<String>, i64)> = Items::find()
        .select_only()
        .column(ItemColumn::Verdict)
        .column_as(ItemColumn::AuthorisationId.count(), "items")
        .filter(ItemColumn::ReviewId.eq(id.0))
        .group_by(ItemColumn::Verdict)
        .into_tuple()
        .all(tx.db())
        .await?;
    let row = Row { table: ITEMS, id: id.0 };
    let read = |(verdict, items): (Option<String>, i64)| {
        Ok((verdict.map(|word| row.word(word)).transpose()?, row.number(items)?))
    };
    rows.into_iter().map(read).collect()
}

/// Writes what came of an item, unless something had before.
///
/// # Errors
/// The database failed.
pub async fn decide(
    tx: &Tx,
    (review, authorisation): (ReviewId, AuthorisationId),
    decision: &Decision,
) -> Result<bool> {
    let row = Row { table: ITEMS, id: authorisation.0 };
    let decided = review_item::ActiveModel {
        verdict: Set(Some(row.to_word(decision.verdict)?)),
        decider_id: Set(decision.by.map(|person| person.0)),
        decider_name: Set(decision.by_name.clone()),
        decided_at: Set(Some(decision.at)),
        reason: Set(Some(decision.reason.clone())),
        ..review_item::ActiveModel::default()
    };
    let written = Items::update_many()
        .set(decided)
        .filter(ItemColumn::ReviewId.eq(review.0))
        .filter(ItemColumn::AuthorisationId.eq(authorisation.0))
        .filter(ItemColumn::Verdict.is_null())
        .exec(tx.db())
        .await?;
    Ok(written.rows_affected == 1)
}

fn which(id: ReviewId, criteria: ItemCriteria) -> Condition {
    let decided = criteria.decided.map(|decided| {
        if decided { ItemColumn::Verdict.is_not_null() } else { ItemColumn::Verdict.is_null() }
    });
    let unused = criteria.unused.then(|| ItemColumn::Unused.eq(true));
    Condition::all().add(ItemColumn::ReviewId.eq(id.0)).add_option(decided).add_option(unused)
}

fn to_row(item: &Item) -> Result<review_item::ActiveModel> {
    let row = Row { table: ITEMS, id: item.authorisation.0 };
    let decision = item.decision.as_ref();
    Ok(review_item::ActiveModel {
        review_id: Set(item.review.0),
        authorisation_id: Set(item.authorisation.0),
        holder_id: Set(item.holder.0),
        holder_name: Set(item.holder_name.clone()),
        functions: Set(authorisation::words(&item.functions)),
        purpose: Set(item.purpose.as_str().to_owned()),
        last_used_at: Set(item.last_used_at),
        uses: Set(row.number(item.uses)?),
        unused: Set(item.unused),
        verdict: Set(decision.map(|it| row.to_word(it.verdict)).transpose()?),
        decider_id: Set(decision.and_then(|it| it.by).map(|person| person.0)),
        decider_name: Set(decision.and_then(|it| it.by_name.clone())),
        decided_at: Set(decision.map(|it| it.at)),
        reason: Set(decision.map(|it| it.reason.clone())),
        used: Set(Some(row.to_json(&item.used)?)),
    })
}

impl TryFrom<Model> for Review {
    type Error = Error;

    fn try_from(model: Model) -> Result<Self> {
        let row = Row { table: TABLE, id: model.id };
        Ok(Self {
            id: ReviewId(model.id),
            reach: model
                .reach
                .parse()
                .ok()
                .ok_or_else(|| row.unreadable(format!("reach {}", model.reach)))?,
            opened_at: model.opened_at,
            deadline: model.deadline,
            closed_at: model.closed_at,
        })
    }
}

impl TryFrom<ItemModel> for Item {
    type Error = Error;

    fn try_from(model: ItemModel) -> Result<Self> {
        let row = Row { table: ITEMS, id: model.authorisation_id };
        let decision = match (model.verdict, model.decided_at) {
            (Some(verdict), Some(at)) => Some(Decision {
                verdict: row.word(verdict)?,
                by: model.decider_id.map(PersonId),
                by_name: model.decider_name,
                at,
                reason: model.reason.unwrap_or_default(),
            }),
            _ => None,
        };
        Ok(Self {
            review: ReviewId(model.review_id),
            authorisation: AuthorisationId(model.authorisation_id),
            holder: PersonId(model.holder_id),
            holder_name: model.holder_name,
            functions: authorisation::functions(row, &model.functions)?,
            purpose: model.purpose.into(),
            last_used_at: model.last_used_at,
            uses: row.number(model.uses)?,
            used: model.used.map(|used| row.json(used)).transpose()?.unwrap_or_default(),
            unused: model.unused,
            decision,
        })
    }
}
