//! Tokens of programs. Only hashes of them come here; a row stays when its token has ended.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use varsel_domain::{ApiTokenId, PersonId};

use crate::entity::api_token::{ActiveModel, Column, Entity, Model};
use crate::{Error, Result, Tx};

/// A token with which a program acts as a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiToken {
    /// Id, which the access log names.
    pub id: ApiTokenId,
    /// SHA-256 of the token, hexadecimal.
    pub token_sha256: String,
    /// As whom it acts.
    pub person: PersonId,
    /// What it is for, in the operator's words.
    pub name: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// From when it is refused.
    pub expires_at: DateTime<Utc>,
    /// When it was last used, to about a minute.
    pub last_used_at: Option<DateTime<Utc>>,
    /// When an operator ended it.
    pub revoked_at: Option<DateTime<Utc>>,
    /// The network it was last used from, as a keyed digest; none where that was not known.
    pub network: Option<String>,
}

/// Adds a token.
///
/// # Errors
/// The database failed.
pub async fn insert(tx: &Tx, token: &ApiToken) -> Result<()> {
    let row = ActiveModel {
        id: Set(token.id.0),
        token_sha256: Set(token.token_sha256.clone()),
        person_id: Set(token.person.0),
        name: Set(token.name.clone()),
        created_at: Set(token.created_at),
        expires_at: Set(token.expires_at),
        last_used_at: Set(token.last_used_at),
        revoked_at: Set(token.revoked_at),
        network: Set(token.network.clone()),
    };
    let insert = Entity::insert(row).exec_without_returning(tx.db());
    insert.await.map_err(Error::inserting("api_token"))?;
    Ok(())
}

/// The token with this hash.
///
/// # Errors
/// The database failed.
pub async fn find_by_token(tx: &Tx, token_sha256: &str) -> Result<Option<ApiToken>> {
    let row = Entity::find().filter(Column::TokenSha256.eq(token_sha256)).one(tx.db()).await?;
    Ok(row.map(ApiToken::from))
}

/// A token by its id.
///
/// # Errors
/// The database failed.
pub async fn find(tx: &Tx, id: ApiTokenId) -> Result<Option<ApiToken>> {
    Ok(Entity::find_by_id(id.0).one(tx.db()).await?.map(ApiToken::from))
}

/// Every token there ever was, the newest first.
///
/// # Errors
/// The database failed.
pub async fn list(tx: &Tx) -> Result<Vec<ApiToken>> {
    let rows = Entity::find().order_by_desc(Column::CreatedAt).order_by_desc(Column::Id);
    Ok(rows.all(tx.db()).await?.into_iter().map(ApiToken::from).collect())
}

/// Notes that a token was used, and in which network.
///
/// # Errors
/// The database failed.
pub async fn touch(tx: &Tx, id: ApiTokenId, (at, network): (DateTime<Utc>, Option<String>)) -> Result<()> {
    let row = ActiveModel { last_used_at: Set(Some(at)), network: Set(network), ..ActiveModel::default() };
    Entity::update_many().set(row).filter(Column::Id.eq(id.0)).exec(tx.db()).await?;
    Ok(())
}

/// Ends a token, and whether this did; one that has ended keeps its end.
///
/// # Errors
/// The database failed.
pub async fn revoke(tx: &Tx, id: ApiTokenId, at: DateTime<Utc>) -> Result<bool> {
    let row = ActiveModel { revoked_at: Set(Some(at)), ..ActiveModel::default() };
    let alive = Entity::update_many().filter(Column::Id.eq(id.0)).filter(Column::RevokedAt.is_null());
    Ok(alive.set(row).exec(tx.db()).await?.rows_affected > 0)
}

/// Ends all tokens of a person; how many there were.
///
/// # Errors
/// The database failed.
pub async fn revoke_all_of(tx: &Tx, person: PersonId, at: DateTime<Utc>) -> Result<u64> {
    let row = ActiveModel { revoked_at: Set(Some(at)), ..ActiveModel::default() };
    let alive =
        Entity::update_many().filter(Column::PersonId.eq(person.0)).filter(Column::RevokedAt.is_null());
    Ok(alive.set(row).exec(tx.db()).await?.rows_affected)
}

impl From<Model> for ApiToken {
    fn from(row: Model) -> Self {
        Self {
            id: ApiTokenId(row.id),
            token_sha256: row.token_sha256,
            person: PersonId(row.person_id),
            name: row.name,
            created_at: row.created_at,
            expires_at: row.expires_at,
            last_used_at: row.last_used_at,
            revoked_at: row.revoked_at,
            network: row.network,
        }
    }
}
