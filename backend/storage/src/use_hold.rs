//! Entries of the log of use that are kept for a special need: what a person did in a period is not erased.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};
use varsel_domain::{ChangeId, PersonId};

use crate::entity::access_entry;
use crate::entity::use_hold::{ActiveModel, Column, Entity, Model};
use crate::{Error, Result, Tx};

/// What is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptUses {
    /// The critical change that keeps it, which says why and who.
    pub change: ChangeId,
    /// Whose acts.
    pub person: PersonId,
    /// From when on.
    pub from: DateTime<Utc>,
    /// Before when.
    pub to: DateTime<Utc>,
    /// Since when it is kept.
    pub placed_at: DateTime<Utc>,
    /// Until when, unless it is let go before.
    pub until: DateTime<Utc>,
}

/// Keeps it.
///
/// # Errors
/// The change has kept something already; the database failed.
pub async fn place(tx: &Tx, kept: &KeptUses) -> Result<()> {
    let row = ActiveModel {
        change_id: Set(kept.change.0),
        person_id: Set(kept.person.0),
        from_at: Set(kept.from),
        to_at: Set(kept.to),
        placed_at: Set(kept.placed_at),
        until: Set(kept.until),
        lifted_at: Set(None),
        lifting_change_id: Set(None),
    };
    Entity::insert(row).exec_without_returning(tx.db()).await.map_err(Error::inserting("use_hold"))?;
    Ok(())
}

/// Lets go of all that is kept of a person's acts.
///
/// # Errors
/// The database failed.
pub async fn release(tx: &Tx, person: PersonId, by: ChangeId, now: DateTime<Utc>) -> Result<()> {
    let end = ActiveModel {
        lifted_at: Set(Some(now)),
        lifting_change_id: Set(Some(by.0)),
        ..ActiveModel::default()
    };
    let kept = Entity::update_many().set(end).filter(Column::PersonId.eq(person.0));
    kept.filter(Column::LiftedAt.is_null()).exec(tx.db()).await?;
    Ok(())
}

fn stands(at: DateTime<Utc>) -> Condition {
    let lifted = Condition::any().add(Column::LiftedAt.is_null()).add(Column::LiftedAt.gt(at));
    Condition::all().add(Column::Until.gt(at)).add(lifted)
}

/// What is kept at `now`, of one person's acts or of all, oldest first.
///
/// # Errors
/// The database failed.
pub async fn standing(tx: &Tx, person: Option<PersonId>, now: DateTime<Utc>) -> Result<Vec<KeptUses>> {
    let mut select = Entity::find().filter(stands(now));
    if let Some(person) = person {
        select = select.filter(Column::PersonId.eq(person.0));
    }
    let rows = select.order_by_asc(Column::PlacedAt).order_by_asc(Column::ChangeId).all(tx.db()).await?;
    Ok(rows.into_iter().map(KeptUses::from).collect())
}

/// Whose acts are kept at `at`.
pub(crate) fn whose(at: DateTime<Utc>) -> SelectStatement {
    Query::select().column(Column::PersonId).from(Entity).cond_where(stands(at)).take()
}

/// Forgets what was kept no longer at `at`: the changes say what it was.
///
/// # Errors
/// The database failed.
pub async fn forget_ended(tx: &Tx, at: DateTime<Utc>) -> Result<()> {
    let ended = Condition::any().add(Column::LiftedAt.lte(at)).add(Column::Until.lte(at));
    Entity::delete_many().filter(ended).exec(tx.db()).await?;
    Ok(())
}

/// What kept, at `at`, the entry of the statement around it, which is to see itself that nothing keeps one for longer than the law lets it.
pub(crate) fn keeps(at: DateTime<Utc>) -> SelectStatement {
    let entry = |column| Expr::col((access_entry::Entity, column));
    Query::select()
        .expr(Expr::val(1))
        .from(Entity)
        .and_where(
            Expr::col((Entity, Column::PersonId))
                .equals((access_entry::Entity, access_entry::Column::PersonId)),
        )
        .and_where(Expr::col((Entity, Column::FromAt)).lte(entry(access_entry::Column::At)))
        .and_where(Expr::col((Entity, Column::ToAt)).gt(entry(access_entry::Column::At)))
        .cond_where(stands(at))
        .take()
}

impl From<Model> for KeptUses {
    fn from(row: Model) -> Self {
        Self {
            change: ChangeId(row.change_id),
            person: PersonId(row.person_id),
            from: row.from_at,
            to: row.to_at,
            placed_at: row.placed_at,
            until: row.until,
        }
    }
}
