//! What the server remembers between the two halves of a ceremony; it is given out once.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::Value;
use uuid::Uuid;
use varsel_domain::{CeremonyId, PersonId};

use crate::entity::ceremony::{ActiveModel, Column, Entity};
use crate::keys::Place;
use crate::{Error, Result, Tx};

/// The first half of a ceremony.
#[derive(Clone, PartialEq)]
pub struct Ceremony {
    /// Id.
    pub id: CeremonyId,
    /// What it is for; the second half must be for the same.
    pub purpose: String,
    /// Who began it; none where nobody is known yet.
    pub person: Option<PersonId>,
    /// The client that began it, where nobody is known yet.
    pub client: Option<String>,
    /// What to remember.
    pub state: Value,
    /// Until when the second half may come.
    pub expires_at: DateTime<Utc>,
}

/// Remembers the first half; forgets those whose time is over at `now`.
///
/// # Errors
/// The database failed.
pub async fn insert(tx: &Tx, ceremony: &Ceremony, now: DateTime<Utc>) -> Result<()> {
    Entity::delete_many().filter(Column::ExpiresAt.lte(now)).exec(tx.db()).await?;
    let sealer = tx.sealer_of_accounts(now).await?;
    let row = ActiveModel {
        id: Set(ceremony.id.0),
        purpose: Set(ceremony.purpose.clone()),
        person_id: Set(ceremony.person.map(|person| person.0)),
        client: Set(ceremony.client.clone()),
        state: Set(sealer.seal_json(place(ceremony.id.0), &ceremony.state)?),
        expires_at: Set(ceremony.expires_at),
    };
    let insert = Entity::insert(row).exec_without_returning(tx.db());
    insert.await.map_err(Error::inserting("ceremony"))?;
    Ok(())
}

/// How many a client has begun that are not over at `now`.
///
/// # Errors
/// The database failed.
pub async fn open_of(tx: &Tx, client: &str, now: DateTime<Utc>) -> Result<u64> {
    let open = Entity::find().filter(Column::Client.eq(client)).filter(Column::ExpiresAt.gt(now));
    Ok(open.count(tx.db()).await?)
}

/// What was remembered, without forgetting it: a code that was mistyped may be typed again.
///
/// # Errors
/// The database failed.
pub async fn look(tx: &Tx, id: CeremonyId, purpose: &str, now: DateTime<Utc>) -> Result<Option<Ceremony>> {
    let found = Entity::find_by_id(id.0).one(tx.db()).await?;
    let Some(row) = found.filter(|row| row.purpose == purpose && row.expires_at > now) else {
        return Ok(None);
    };
    let state = tx.sealer_of_accounts(now).await?.open_json(place(row.id), &row.state)?;
    Ok(Some(Ceremony {
        id: CeremonyId(row.id),
        purpose: row.purpose,
        person: row.person_id.map(PersonId),
        client: row.client,
        state,
        expires_at: row.expires_at,
    }))
}

/// What was remembered, for the first who asks in time; it is forgotten with that.
///
/// # Errors
/// The database failed.
pub async fn take(tx: &Tx, id: CeremonyId, purpose: &str, now: DateTime<Utc>) -> Result<Option<Ceremony>> {
    let found = look(tx, id, purpose, now).await?;
    let taken = Entity::delete_by_id(id.0).exec(tx.db()).await?.rows_affected == 1;
    Ok(found.filter(|_| taken))
}

/// Where what is remembered stands: among it may be the secret of somebody's codes.
fn place(id: Uuid) -> Place<'static> {
    Place { table: "ceremony", column: "state", row: id, version: 0 }
}
