//! Signed-in sessions. Only hashes of tokens come here.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use varsel_domain::{PersonId, SessionId};

use crate::entity::session::{ActiveModel, Column, Entity};
use crate::{Error, Result, Tx};

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Id.
    pub id: SessionId,
    /// SHA-256 of the token, hexadecimal.
    pub token_sha256: String,
    /// Whose it is.
    pub person: PersonId,
    /// When it was opened.
    pub created_at: DateTime<Utc>,
    /// When it was last used, to about a minute.
    pub last_used_at: DateTime<Utc>,
    /// When the person ended it.
    pub ended_at: Option<DateTime<Utc>>,
}

/// Adds a session.
///
/// # Errors
/// The database failed.
pub async fn insert(tx: &Tx, session: &Session) -> Result<()> {
    let row = ActiveModel {
        id: Set(session.id.0),
        token_sha256: Set(session.token_sha256.clone()),
        person_id: Set(session.person.0),
        created_at: Set(session.created_at),
        last_used_at: Set(session.last_used_at),
        ended_at: Set(session.ended_at),
    };
    let insert = Entity::insert(row).exec_without_returning(tx.db());
    insert.await.map_err(Error::inserting("session"))?;
    Ok(())
}

/// The session of a token.
///
/// # Errors
/// The database failed.
pub async fn find_by_token(tx: &Tx, token_sha256: &str) -> Result<Option<Session>> {
    let row = Entity::find().filter(Column::TokenSha256.eq(token_sha256)).one(tx.db()).await?;
    Ok(row.map(|row| Session {
        id: SessionId(row.id),
        token_sha256: row.token_sha256,
        person: PersonId(row.person_id),
        created_at: row.created_at,
        last_used_at: row.last_used_at,
        ended_at: row.ended_at,
    }))
}

/// Notes that a session was used.
///
/// # Errors
/// The database failed.
pub async fn touch(tx: &Tx, id: SessionId, at: DateTime<Utc>) -> Result<()> {
    let row = ActiveModel { last_used_at: Set(at), ..ActiveModel::default() };
    Entity::update_many().set(row).filter(Column::Id.eq(id.0)).exec(tx.db()).await?;
    Ok(())
}

/// Ends a session.
///
/// # Errors
/// The database failed.
pub async fn end(tx: &Tx, id: SessionId, at: DateTime<Utc>) -> Result<()> {
    let row = ActiveModel { ended_at: Set(Some(at)), ..ActiveModel::default() };
    Entity::update_many().set(row).filter(Column::Id.eq(id.0)).exec(tx.db()).await?;
    Ok(())
}
