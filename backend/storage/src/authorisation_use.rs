//! When authorisations were used, and how often.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::InsertStatement;
use sea_orm::{
    ActiveValue::NotSet, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryTrait,
};
use varsel_domain::AuthorisationId;
use varsel_domain::authorisation::Function;

use crate::entity::authorisation_use::{ActiveModel, Column, Entity, Model};
use crate::stored::Row;
use crate::{Result, Tx};

const TABLE: &str = "authorisation_use";

/// So many uses go into one statement.
const AT_ONCE: usize = 500;

/// How one function of an authorisation was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Used {
    /// When last.
    pub last_at: DateTime<Utc>,
    /// How often.
    pub uses: u64,
}

/// How authorisations were used, by function.
pub type Uses = BTreeMap<AuthorisationId, BTreeMap<Function, Used>>;

/// One use of a function of an authorisation, and when.
pub type Ground = ((AuthorisationId, Function), DateTime<Utc>);

/// Adds one use of each.
///
/// # Errors
/// The database failed.
pub async fn append(tx: &Tx, used: &[Ground]) -> Result<()> {
    for part in used.chunks(AT_ONCE) {
        tx.db().execute(&insertion(part)).await?;
    }
    Ok(())
}

/// The statement that adds one use of each.
pub(crate) fn insertion(used: &[Ground]) -> InsertStatement {
    let row = |((id, function), at): &Ground| to_row(*id, *function, Used { last_at: *at, uses: 1 });
    Entity::insert_many(used.iter().map(row)).into_query()
}

/// How these were used.
///
/// # Errors
/// The database failed.
pub async fn of(tx: &Tx, ids: impl IntoIterator<Item = AuthorisationId>) -> Result<Uses> {
    let (ids, mut rows): (Vec<_>, _) = (ids.into_iter().map(|id| id.0).collect(), Vec::new());
    // A statement has room for so many.
    for part in ids.chunks(500) {
        let these = Column::AuthorisationId.is_in(part.iter().copied());
        rows.extend(Entity::find().filter(these).all(tx.db()).await?);
    }
    sum(rows)
}

/// Makes the rows from before `day` one for each authorisation and function.
///
/// # Errors
/// The database failed.
pub async fn compact(tx: &Tx, day: DateTime<Utc>) -> Result<()> {
    let rows = Entity::find().filter(Column::LastAt.lt(day)).all(tx.db()).await?;
    let read: Vec<i64> = rows.iter().map(|row| row.sequence).collect();
    let sums = sum(rows)?;
    // Those that were read and no others: somebody may be adding late ones.
    for part in read.chunks(500) {
        Entity::delete_many().filter(Column::Sequence.is_in(part.iter().copied())).exec(tx.db()).await?;
    }
    for (id, functions) in sums {
        let rows = functions.into_iter().map(|(function, used)| to_row(id, function, used));
        Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
    }
    Ok(())
}

fn sum(rows: Vec<Model>) -> Result<Uses> {
    let mut sums = Uses::new();
    for model in rows {
        let row = Row { table: TABLE, id: model.authorisation_id };
        let function = row.word(model.function)?;
        let count: u64 = row.number(model.uses)?;
        let functions = sums.entry(AuthorisationId(model.authorisation_id)).or_default();
        let used = functions.entry(function).or_insert(Used { last_at: model.last_at, uses: 0 });
        used.last_at = used.last_at.max(model.last_at);
        used.uses = used.uses.saturating_add(count);
    }
    Ok(sums)
}

fn to_row(id: AuthorisationId, function: Function, used: Used) -> ActiveModel {
    ActiveModel {
        sequence: NotSet,
        authorisation_id: Set(id.0),
        function: Set(function.word().to_owned()),
        last_at: Set(used.last_at),
        uses: Set(i64::try_from(used.uses).unwrap_or(i64::MAX)),
    }
}
