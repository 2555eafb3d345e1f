//! Signed-in sessions. Only hashes of tokens come here.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Select};
use varsel_domain::{PersonId, SessionId};

use crate::entity::session::{ActiveModel, Column, Entity, Model};
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
    /// When it was ended before its time.
    pub ended_at: Option<DateTime<Utc>>,
    /// Who vouched for the person, and how.
    pub voucher: Voucher,
    /// What it runs on, in words, e.g. `Firefox, Windows`.
    pub device: Option<String>,
    /// The network it was last used from, as a keyed digest; none where that was not known.
    pub network: Option<String>,
}

/// Who vouched for a person, and how.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Voucher {
    /// The provider's name in the settings.
    pub provider: Option<String>,
    /// The provider's own id of its session (`sid`).
    pub provider_session: Option<String>,
    /// When the person showed who they are (`auth_time`); none where the provider did not say.
    pub authenticated_at: Option<DateTime<Utc>>,
    /// How strongly (`acr`).
    pub assurance: Option<String>,
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
        provider: Set(session.voucher.provider.clone()),
        provider_session: Set(session.voucher.provider_session.clone()),
        authenticated_at: Set(session.voucher.authenticated_at),
        assurance: Set(session.voucher.assurance.clone()),
        device: Set(session.device.clone()),
        network: Set(session.network.clone()),
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
    Ok(row.map(Session::from))
}

/// A session.
///
/// # Errors
/// The database failed.
pub async fn find(tx: &Tx, id: SessionId) -> Result<Option<Session>> {
    Ok(Entity::find_by_id(id.0).one(tx.db()).await?.map(Session::from))
}

/// A person's sessions that nobody has ended (some may have run out), the last used first.
///
/// # Errors
/// The database failed.
pub async fn list_of_person(tx: &Tx, person: PersonId) -> Result<Vec<Session>> {
    all(tx, Entity::find().filter(Column::PersonId.eq(person.0))).await
}

/// The sessions that nobody has ended and that began in this session of the provider (`sid`).
///
/// # Errors
/// The database failed.
pub async fn list_of_provider_session(tx: &Tx, provider: &str, sid: &str) -> Result<Vec<Session>> {
    let query = Entity::find().filter(Column::ProviderSession.eq(sid)).filter(Column::Provider.eq(provider));
    all(tx, query).await
}

async fn all(tx: &Tx, query: Select<Entity>) -> Result<Vec<Session>> {
    let query = query.filter(Column::EndedAt.is_null());
    let rows = query.order_by_desc(Column::LastUsedAt).order_by_desc(Column::Id).all(tx.db()).await?;
    Ok(rows.into_iter().map(Session::from).collect())
}

/// Notes that a session was used, and in which network.
///
/// # Errors
/// The database failed.
pub async fn touch(tx: &Tx, id: SessionId, (at, network): (DateTime<Utc>, Option<String>)) -> Result<()> {
    let row = ActiveModel { last_used_at: Set(at), network: Set(network), ..ActiveModel::default() };
    Entity::update_many().set(row).filter(Column::Id.eq(id.0)).exec(tx.db()).await?;
    Ok(())
}

/// The sessions that nobody has ended and that this provider vouches for.
///
/// # Errors
/// The database failed.
pub async fn list_of_provider(tx: &Tx, provider: &str) -> Result<Vec<Session>> {
    all(tx, Entity::find().filter(Column::Provider.eq(provider))).await
}

/// Ends sessions; those that had ended before keep the time at which they did.
///
/// # Errors
/// The database failed.
pub async fn end(tx: &Tx, ids: impl IntoIterator<Item = SessionId>, at: DateTime<Utc>) -> Result<()> {
    let row = ActiveModel { ended_at: Set(Some(at)), ..ActiveModel::default() };
    let ids = ids.into_iter().map(|id| id.0);
    let update = Entity::update_many().set(row).filter(Column::Id.is_in(ids));
    update.filter(Column::EndedAt.is_null()).exec(tx.db()).await?;
    Ok(())
}

impl From<Model> for Session {
    fn from(row: Model) -> Self {
        Self {
            id: SessionId(row.id),
            token_sha256: row.token_sha256,
            person: PersonId(row.person_id),
            created_at: row.created_at,
            last_used_at: row.last_used_at,
            ended_at: row.ended_at,
            voucher: Voucher {
                provider: row.provider,
                provider_session: row.provider_session,
                authenticated_at: row.authenticated_at,
                assurance: row.assurance,
            },
            device: row.device,
            network: row.network,
        }
    }
}
