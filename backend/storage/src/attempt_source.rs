//! How many rejected attempts single sources made: clients, and those at one account or under one name that nobody has.
//!
//! Clients are counted from the tallies, which are complete. Accounts and names are counted from the attempts that are kept
//! one by one, so that from a flood there are at least as many; both are bounded by how much is registered in an hour.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Func};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;
use varsel_domain::PersonId;
use varsel_domain::attempt::{Cause, Client, NameTag, Subject};

use crate::attempt::OTHERS;
use crate::entity::attempt::{Column, Entity};
use crate::entity::attempt_tally::{Column as Tally, Entity as Tallies};
use crate::stored::Row;
use crate::{Result, Tx};

const ROW: Row = Row { table: "attempt_tally", id: Uuid::nil() };

/// A time, its end exclusive.
pub type Span = (DateTime<Utc>, DateTime<Utc>);

/// The sources with the most rejected attempts in `day`, at most `limit` of each kind, each with how many it had then and in
/// `before`.
///
/// # Errors
/// The database failed.
pub async fn busiest(tx: &Tx, day: Span, before: Span, limit: u64) -> Result<Vec<(Subject, u64, u64)>> {
    let found = clients(tx, day, (limit, Condition::all())).await?;
    let known = Condition::all().add(Tally::Client.is_in(found.iter().map(|(client, _)| client.clone())));
    let earlier = clients(tx, before, (limit, known)).await?;
    let mut found = beside(found, earlier, |client| Subject::Client(Client(client)));
    for column in [Column::PersonId, Column::NameTag] {
        found.extend(targets(tx, column, (day, before), limit).await?);
    }
    Ok(found)
}

async fn clients(tx: &Tx, span: Span, (limit, which): (u64, Condition)) -> Result<Vec<(String, i64)>> {
    let rows = Tallies::find()
        .select_only()
        .column(Tally::Client)
        .column_as(sum(), "count")
        .filter(Tally::Hour.gte(span.0))
        .filter(Tally::Hour.lt(span.1))
        .filter(Tally::Cause.ne(ROW.to_word(Cause::NothingThere)?))
        .filter(Tally::Client.ne(OTHERS))
        .filter(which)
        .group_by(Tally::Client)
        .order_by_desc(sum())
        .order_by_asc(Tally::Client)
        .limit(limit);
    Ok(rows.into_tuple().all(tx.db()).await?)
}

/// The accounts or names with the most attempts, by the column that says which.
async fn targets(
    tx: &Tx,
    column: Column,
    (day, before): (Span, Span),
    limit: u64,
) -> Result<Vec<(Subject, u64, u64)>> {
    let counts = |span: Span| {
        Entity::find()
            .select_only()
            .column(column)
            .column_as(Column::Id.count(), "count")
            .filter(Column::At.gte(span.0))
            .filter(Column::At.lt(span.1))
            .filter(column.is_not_null())
            .group_by(column)
            .order_by_desc(Column::Id.count())
            .order_by_asc(column)
            .limit(limit)
    };
    let nothing = ROW.to_word(Cause::NothingThere)?;
    let of = |span: Span| counts(span).filter(Column::Cause.ne(nothing.clone()));
    if matches!(column, Column::PersonId) {
        let found: Vec<(Uuid, i64)> = of(day).into_tuple().all(tx.db()).await?;
        let known = column.is_in(found.iter().map(|(id, _)| *id));
        let earlier: Vec<(Uuid, i64)> = of(before).filter(known).into_tuple().all(tx.db()).await?;
        return Ok(beside(found, earlier, |id| Subject::Person(PersonId(id))));
    }
    let found: Vec<(String, i64)> = of(day).into_tuple().all(tx.db()).await?;
    let known = column.is_in(found.iter().map(|(tag, _)| tag.clone()));
    let earlier: Vec<(String, i64)> = of(before).filter(known).into_tuple().all(tx.db()).await?;
    Ok(beside(found, earlier, |tag| Subject::Unknown(NameTag(tag))))
}

fn beside<T: Eq + std::hash::Hash>(
    found: Vec<(T, i64)>,
    earlier: Vec<(T, i64)>,
    subject: impl Fn(T) -> Subject,
) -> Vec<(Subject, u64, u64)> {
    let earlier: HashMap<T, i64> = earlier.into_iter().collect();
    let with = |(key, count): (T, i64)| {
        let before = earlier.get(&key).copied().unwrap_or_default();
        (subject(key), whole(count), whole(before))
    };
    found.into_iter().map(with).collect()
}

/// A sum of whole numbers is a decimal on PostgreSQL.
fn sum() -> Expr {
    Expr::expr(Func::sum(Expr::col(Tally::Count))).cast_as(Alias::new("bigint"))
}

fn whole(count: i64) -> u64 {
    u64::try_from(count).unwrap_or_default()
}
