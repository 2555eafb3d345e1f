//! The lockout's counters. Whoever looks at one has it alone until the transaction ends.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use varsel_domain::attempt::{Strikes, Subject};

use crate::entity::attempt_strikes::{ActiveModel, Column, Entity};
use crate::stored::Row;
use crate::{Result, Tx};

const ROW: Row = Row { table: "attempt_strikes", id: uuid::Uuid::nil() };

/// The counters of these subjects, in one order whatever theirs is, so that two who want the same do not wait for each other.
///
/// # Errors
/// The database failed.
pub async fn lock(tx: &Tx, subjects: &[Subject], now: DateTime<Utc>) -> Result<Vec<(Subject, Strikes)>> {
    let mut subjects = subjects.to_vec();
    subjects.sort();
    subjects.dedup();
    let mut locked = Vec::with_capacity(subjects.len());
    for subject in subjects {
        // A row that is not there cannot be locked.
        let row = to_row(&subject, &Strikes::default(), now)?;
        let once = OnConflict::column(Column::Subject).do_nothing().to_owned();
        Entity::insert(row).on_conflict(once).exec_without_returning(tx.db()).await?;
        let row = Entity::find_by_id(subject.to_string()).lock_exclusive().one(tx.db()).await?;
        let strikes = row.map(|row| ROW.json(row.strikes)).transpose()?.unwrap_or_default();
        locked.push((subject, strikes));
    }
    Ok(locked)
}

/// The counter of a subject as it is; nobody is kept from changing it.
///
/// # Errors
/// The database failed.
pub async fn find(tx: &Tx, subject: &Subject) -> Result<Strikes> {
    let row = Entity::find_by_id(subject.to_string()).one(tx.db()).await?;
    Ok(row.map(|row| ROW.json(row.strikes)).transpose()?.unwrap_or_default())
}

/// Writes a counter that [`lock`] answered.
///
/// # Errors
/// The database failed.
pub async fn store(tx: &Tx, subject: &Subject, strikes: &Strikes, now: DateTime<Utc>) -> Result<()> {
    Entity::update(to_row(subject, strikes, now)?).exec(tx.db()).await?;
    Ok(())
}

/// Throws away counters that nobody has touched since `before`: they count nothing any more.
///
/// # Errors
/// The database failed.
pub async fn forget(tx: &Tx, before: DateTime<Utc>) -> Result<()> {
    Entity::delete_many().filter(Column::TouchedAt.lt(before)).exec(tx.db()).await?;
    Ok(())
}

fn to_row(subject: &Subject, strikes: &Strikes, now: DateTime<Utc>) -> Result<ActiveModel> {
    let (subject, strikes) = (subject.to_string(), ROW.to_json(strikes)?);
    Ok(ActiveModel { subject: Set(subject), strikes: Set(strikes), touched_at: Set(now) })
}
