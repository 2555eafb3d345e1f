//! Passkeys: public keys only; the private one never leaves the person's device.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::Value;
use varsel_domain::{PasskeyId, PersonId};

use crate::entity::passkey::{ActiveModel, Column, Entity, Model};
use crate::{Error, Result, Tx};

/// A passkey.
#[derive(Debug, Clone, PartialEq)]
pub struct Passkey {
    /// Id.
    pub id: PasskeyId,
    /// Whose it is.
    pub person: PersonId,
    /// What the device knows it by, in base64url.
    pub credential_id: String,
    /// The public key and its counter, as the WebAuthn library writes them.
    pub credential: Value,
    /// What the person calls it.
    pub name: String,
    /// When it was added.
    pub created_at: DateTime<Utc>,
    /// When it was last used.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// Adds a passkey.
///
/// # Errors
/// [`Error::AlreadyExists`] when it is somebody's already; the database failed.
pub async fn insert(tx: &Tx, passkey: &Passkey) -> Result<()> {
    let row = ActiveModel {
        id: Set(passkey.id.0),
        person_id: Set(passkey.person.0),
        credential_id: Set(passkey.credential_id.clone()),
        credential: Set(passkey.credential.clone()),
        name: Set(passkey.name.clone()),
        created_at: Set(passkey.created_at),
        last_used_at: Set(passkey.last_used_at),
    };
    let insert = Entity::insert(row).exec_without_returning(tx.db());
    insert.await.map_err(Error::inserting("passkey"))?;
    Ok(())
}

/// The passkey that a device knows by this id.
///
/// # Errors
/// The database failed.
pub async fn find_by_credential(tx: &Tx, credential_id: &str) -> Result<Option<Passkey>> {
    let row = Entity::find().filter(Column::CredentialId.eq(credential_id)).one(tx.db()).await?;
    Ok(row.map(Passkey::from))
}

/// A person's passkeys, oldest first.
///
/// # Errors
/// The database failed.
pub async fn list_of(tx: &Tx, person: PersonId) -> Result<Vec<Passkey>> {
    let rows =
        Entity::find().filter(Column::PersonId.eq(person.0)).order_by_asc(Column::Id).all(tx.db()).await?;
    Ok(rows.into_iter().map(Passkey::from).collect())
}

/// Keeps what a sign-in changed: the counter, and when.
///
/// # Errors
/// The database failed.
pub async fn used(tx: &Tx, id: PasskeyId, credential: &Value, at: DateTime<Utc>) -> Result<()> {
    let row = ActiveModel {
        credential: Set(credential.clone()),
        last_used_at: Set(Some(at)),
        ..ActiveModel::default()
    };
    Entity::update_many().set(row).filter(Column::Id.eq(id.0)).exec(tx.db()).await?;
    Ok(())
}

/// Takes away one of a person's passkeys; false where there is no such one.
///
/// # Errors
/// The database failed.
pub async fn delete(tx: &Tx, person: PersonId, id: PasskeyId) -> Result<bool> {
    let own = Entity::delete_many().filter(Column::PersonId.eq(person.0)).filter(Column::Id.eq(id.0));
    Ok(own.exec(tx.db()).await?.rows_affected == 1)
}

/// Takes away all of a person's passkeys.
///
/// # Errors
/// The database failed.
pub async fn delete_all(tx: &Tx, person: PersonId) -> Result<()> {
    Entity::delete_many().filter(Column::PersonId.eq(person.0)).exec(tx.db()).await?;
    Ok(())
}

impl From<Model> for Passkey {
    fn from(row: Model) -> Self {
        Self {
            id: PasskeyId(row.id),
            person: PersonId(row.person_id),
            credential_id: row.credential_id,
            credential: row.credential,
            name: row.name,
            created_at: row.created_at,
            last_used_at: row.last_used_at,
        }
    }
}
