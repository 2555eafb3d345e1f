//! Logout tokens that were taken: each counts once (OpenID Connect Back-Channel Logout 1.0, section 2.6).

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use crate::entity::logout_token::{ActiveModel, Column, Entity};
use crate::{Error, Result, Tx};

/// Notes that a token was taken, and forgets those that have expired by `now`.
///
/// # Errors
/// [`Error::AlreadyExists`] when it was taken before; the database failed.
pub async fn take(
    tx: &Tx,
    issuer: &str,
    jti_sha256: &str,
    expires_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<()> {
    Entity::delete_many().filter(Column::ExpiresAt.lte(now)).exec(tx.db()).await?;
    let row = ActiveModel {
        issuer: Set(issuer.to_owned()),
        jti_sha256: Set(jti_sha256.to_owned()),
        expires_at: Set(expires_at),
    };
    let insert = Entity::insert(row).exec_without_returning(tx.db());
    insert.await.map_err(Error::inserting("logout_token"))?;
    Ok(())
}
