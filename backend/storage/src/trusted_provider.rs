//! Identity providers whose word opens a session.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, EntityTrait, QueryOrder, QuerySelect};
use varsel_domain::ChangeId;

use crate::entity::trusted_provider::{ActiveModel, Column, Entity, Model};
use crate::{Result, Tx};

/// That people may sign in through a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustedProvider {
    /// Its name in the configuration.
    pub name: String,
    /// The digest of what it is trusted on, as an approver signs it.
    pub payload_sha256: String,
    /// Since when, in UTC.
    pub since: DateTime<Utc>,
    /// The critical change by which two people decided it; none where it was there from the beginning, or was trusted at
    /// the command line.
    pub change: Option<ChangeId>,
}

/// All of them, by name.
///
/// # Errors
/// The database failed.
pub async fn list(tx: &Tx) -> Result<Vec<TrustedProvider>> {
    let rows = Entity::find().order_by_asc(Column::Name).all(tx.db()).await?;
    Ok(rows.into_iter().map(TrustedProvider::from).collect())
}

/// As [`list`], and nobody else changes one of them until the transaction ends.
///
/// # Errors
/// The database failed.
pub async fn lock(tx: &Tx) -> Result<Vec<TrustedProvider>> {
    let names = Entity::find().select_only().column(Column::Name).order_by_asc(Column::Name);
    let _: Vec<String> = names.lock_exclusive().into_tuple().all(tx.db()).await?;
    // Read after the lock was got: whoever held it may have changed one.
    list(tx).await
}

/// The one of that name.
///
/// # Errors
/// The database failed.
pub async fn find(tx: &Tx, name: &str) -> Result<Option<TrustedProvider>> {
    Ok(Entity::find_by_id(name).one(tx.db()).await?.map(TrustedProvider::from))
}

/// As [`find`], and nobody changes it until the transaction ends.
///
/// # Errors
/// The database failed.
pub async fn hold(tx: &Tx, name: &str) -> Result<Option<TrustedProvider>> {
    Ok(Entity::find_by_id(name).lock_shared().one(tx.db()).await?.map(TrustedProvider::from))
}

/// Trusts a provider, in place of what it was trusted on before.
///
/// # Errors
/// The database failed.
pub async fn put(tx: &Tx, provider: &TrustedProvider) -> Result<()> {
    let row = ActiveModel {
        name: Set(provider.name.clone()),
        payload_sha256: Set(provider.payload_sha256.clone()),
        since: Set(provider.since),
        change_id: Set(provider.change.map(|change| change.0)),
    };
    let mut anew = OnConflict::column(Column::Name);
    anew.update_columns([Column::PayloadSha256, Column::Since, Column::ChangeId]);
    Entity::insert(row).on_conflict(anew).exec_without_returning(tx.db()).await?;
    Ok(())
}

impl From<Model> for TrustedProvider {
    fn from(model: Model) -> Self {
        Self {
            name: model.name,
            payload_sha256: model.payload_sha256,
            since: model.since,
            change: model.change_id.map(ChangeId),
        }
    }
}
