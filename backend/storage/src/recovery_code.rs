//! Recovery codes. Only hashes of codes come here.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use varsel_domain::PersonId;

use crate::entity::recovery_code::{ActiveModel, Column, Entity};
use crate::{Error, Result, Tx};

/// Gives a person these codes; those they had are gone.
///
/// # Errors
/// The database failed.
pub async fn replace(tx: &Tx, person: PersonId, hashes: &[String], now: DateTime<Utc>) -> Result<()> {
    Entity::delete_many().filter(Column::PersonId.eq(person.0)).exec(tx.db()).await?;
    if hashes.is_empty() {
        return Ok(());
    }
    let rows = hashes.iter().map(|hash| ActiveModel {
        code_sha256: Set(hash.clone()),
        person_id: Set(person.0),
        created_at: Set(now),
        used_at: Set(None),
    });
    let insert = Entity::insert_many(rows).exec_without_returning(tx.db());
    insert.await.map_err(Error::inserting("recovery_code"))?;
    Ok(())
}

/// Uses a code up; false when the person has no such code that is unused.
///
/// # Errors
/// The database failed.
pub async fn consume(tx: &Tx, person: PersonId, hash: &str, now: DateTime<Utc>) -> Result<bool> {
    let row = ActiveModel { used_at: Set(Some(now)), ..ActiveModel::default() };
    let used = Entity::update_many()
        .set(row)
        .filter(Column::CodeSha256.eq(hash))
        .filter(Column::PersonId.eq(person.0))
        .filter(Column::UsedAt.is_null())
        .exec(tx.db())
        .await?;
    Ok(used.rows_affected == 1)
}

/// How many unused codes a person has.
///
/// # Errors
/// The database failed.
pub async fn count_left(tx: &Tx, person: PersonId) -> Result<u64> {
    let own = Entity::find().filter(Column::PersonId.eq(person.0)).filter(Column::UsedAt.is_null());
    Ok(own.count(tx.db()).await?)
}
