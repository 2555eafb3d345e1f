//! One-time tokens for the first administrator. Only hashes of tokens come here.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use varsel_domain::PersonId;

use crate::entity::bootstrap_token::{ActiveModel, Column, Entity};
use crate::{Error, Result, Tx};

/// Adds a token.
///
/// # Errors
/// The database failed.
pub async fn insert(
    tx: &Tx,
    token_sha256: &str,
    reason: Option<&str>,
    created_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<()> {
    let row = ActiveModel {
        token_sha256: Set(token_sha256.to_owned()),
        created_at: Set(created_at),
        expires_at: Set(expires_at),
        reason: Set(reason.map(str::to_owned)),
        used_at: Set(None),
        used_by: Set(None),
    };
    let insert = Entity::insert(row).exec_without_returning(tx.db());
    insert.await.map_err(Error::inserting("bootstrap_token"))?;
    Ok(())
}

/// Uses a token up; false when there is none that is unused and still runs at `now`.
///
/// # Errors
/// The database failed.
pub async fn consume(tx: &Tx, token_sha256: &str, person: PersonId, now: DateTime<Utc>) -> Result<bool> {
    let row = ActiveModel { used_at: Set(Some(now)), used_by: Set(Some(person.0)), ..ActiveModel::default() };
    let used = Entity::update_many()
        .set(row)
        .filter(Column::TokenSha256.eq(token_sha256))
        .filter(Column::UsedAt.is_null())
        .filter(Column::ExpiresAt.gt(now))
        .exec(tx.db())
        .await?;
    Ok(used.rows_affected == 1)
}

/// Whether a person became an administrator by such a token.
///
/// # Errors
/// The database failed.
pub async fn was_used_by(tx: &Tx, person: PersonId) -> Result<bool> {
    Ok(Entity::find().filter(Column::UsedBy.eq(person.0)).count(tx.db()).await? > 0)
}
