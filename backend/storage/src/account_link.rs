//! Links that are sent to people once. Only hashes of their tokens come here.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use varsel_domain::{LinkId, PersonId};

use crate::entity::account_link::{ActiveModel, Column, Entity, Model};
use crate::stored::Row;
use crate::{Error, Result, Tx};

const TABLE: &str = "account_link";

/// A link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountLink {
    /// Id.
    pub id: LinkId,
    /// Whom it is for.
    pub person: PersonId,
    /// What it is for.
    pub purpose: Purpose,
    /// SHA-256 of its token, hexadecimal; none before it is sent.
    pub token_sha256: Option<String>,
    /// The address that it confirms, where that is what it is for.
    pub email: Option<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Until when it works.
    pub expires_at: DateTime<Utc>,
    /// Who made it; none for whoever runs the server.
    pub created_by: Option<PersonId>,
    /// When it was used, or put out of use.
    pub used_at: Option<DateTime<Utc>>,
}

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Somebody new chooses how to sign in.
    Invitation,
    /// Somebody who lost their ways to sign in chooses new ones.
    Reset,
    /// An address is shown to be theirs.
    Email,
}

/// Adds a link; the earlier ones of that purpose for that person work no more.
///
/// # Errors
/// The database failed.
pub async fn insert(tx: &Tx, link: &AccountLink) -> Result<()> {
    let row = Row { table: TABLE, id: link.id.0 };
    let purpose = row.to_word(link.purpose)?;
    let over = ActiveModel { used_at: Set(Some(link.created_at)), ..ActiveModel::default() };
    let earlier = Entity::update_many().set(over).filter(Column::PersonId.eq(link.person.0));
    earlier.filter(Column::Purpose.eq(&purpose)).filter(Column::UsedAt.is_null()).exec(tx.db()).await?;
    let row = ActiveModel {
        id: Set(link.id.0),
        person_id: Set(link.person.0),
        purpose: Set(purpose),
        token_sha256: Set(link.token_sha256.clone()),
        email: Set(link.email.clone()),
        created_at: Set(link.created_at),
        expires_at: Set(link.expires_at),
        created_by: Set(link.created_by.map(|person| person.0)),
        used_at: Set(link.used_at),
    };
    let insert = Entity::insert(row).exec_without_returning(tx.db());
    insert.await.map_err(Error::inserting(TABLE))?;
    Ok(())
}

/// A link.
///
/// # Errors
/// The database failed.
pub async fn find(tx: &Tx, id: LinkId) -> Result<Option<AccountLink>> {
    Entity::find_by_id(id.0).one(tx.db()).await?.map(AccountLink::try_from).transpose()
}

/// The link of a token that still works at `now`.
///
/// # Errors
/// The database failed.
pub async fn find_open(tx: &Tx, token_sha256: &str, now: DateTime<Utc>) -> Result<Option<AccountLink>> {
    let open = Entity::find().filter(Column::TokenSha256.eq(token_sha256)).filter(Column::UsedAt.is_null());
    open.filter(Column::ExpiresAt.gt(now)).one(tx.db()).await?.map(AccountLink::try_from).transpose()
}

/// The newest link of a person, whatever came of it.
///
/// # Errors
/// The database failed.
pub async fn newest_of(tx: &Tx, person: PersonId) -> Result<Option<AccountLink>> {
    let own = Entity::find().filter(Column::PersonId.eq(person.0)).order_by_desc(Column::Id);
    own.one(tx.db()).await?.map(AccountLink::try_from).transpose()
}

/// Gives a link the token with which it is sent now; one that was sent before works no more.
///
/// # Errors
/// The database failed.
pub async fn send(tx: &Tx, id: LinkId, token_sha256: &str) -> Result<()> {
    let row = ActiveModel { token_sha256: Set(Some(token_sha256.to_owned())), ..ActiveModel::default() };
    Entity::update_many().set(row).filter(Column::Id.eq(id.0)).exec(tx.db()).await?;
    Ok(())
}

/// Uses a link up; false when that was done already, or it has run out at `now`.
///
/// # Errors
/// The database failed.
pub async fn consume(tx: &Tx, id: LinkId, now: DateTime<Utc>) -> Result<bool> {
    let row = ActiveModel { used_at: Set(Some(now)), ..ActiveModel::default() };
    let open = Entity::update_many().set(row).filter(Column::Id.eq(id.0)).filter(Column::UsedAt.is_null());
    Ok(open.filter(Column::ExpiresAt.gt(now)).exec(tx.db()).await?.rows_affected == 1)
}

/// Puts all of a person's links out of use.
///
/// # Errors
/// The database failed.
pub async fn end_all_of(tx: &Tx, person: PersonId, now: DateTime<Utc>) -> Result<()> {
    let row = ActiveModel { used_at: Set(Some(now)), ..ActiveModel::default() };
    let own = Entity::update_many().set(row).filter(Column::PersonId.eq(person.0));
    own.filter(Column::UsedAt.is_null()).exec(tx.db()).await?;
    Ok(())
}

impl TryFrom<Model> for AccountLink {
    type Error = Error;

    fn try_from(model: Model) -> Result<Self> {
        let row = Row { table: TABLE, id: model.id };
        Ok(Self {
            id: LinkId(model.id),
            person: PersonId(model.person_id),
            purpose: row.word(model.purpose)?,
            token_sha256: model.token_sha256,
            email: model.email,
            created_at: model.created_at,
            expires_at: model.expires_at,
            created_by: model.created_by.map(PersonId),
            used_at: model.used_at,
        })
    }
}
