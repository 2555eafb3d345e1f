//! In which networks somebody's sessions, or a program's token, were in use a moment ago. Only keyed digests of networks come here.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::entity::network_in_use::{ActiveModel, Column, Entity};
use crate::{Result, Tx};

/// A network that was in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Used {
    /// A keyed digest of it.
    pub network: String,
    /// When last, to about a minute.
    pub last_at: DateTime<Utc>,
}

/// Those that `owner` (a person or a token) has used since, in no order.
///
/// # Errors
/// The database failed.
pub async fn since(tx: &Tx, owner: Uuid, since: DateTime<Utc>) -> Result<Vec<Used>> {
    let query = Entity::find().filter(Column::OwnerId.eq(owner)).filter(Column::LastUsedAt.gte(since));
    let rows = query.all(tx.db()).await?;
    Ok(rows.into_iter().map(|row| Used { network: row.network, last_at: row.last_used_at }).collect())
}

/// Notes that `owner` uses a network.
///
/// # Errors
/// The database failed.
pub async fn note(tx: &Tx, owner: Uuid, network: &str, at: DateTime<Utc>) -> Result<()> {
    let row = ActiveModel { owner_id: Set(owner), network: Set(network.to_owned()), last_used_at: Set(at) };
    let newest =
        OnConflict::columns([Column::OwnerId, Column::Network]).update_column(Column::LastUsedAt).to_owned();
    Entity::insert(row).on_conflict(newest).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// Throws away what nobody has used since `before`.
///
/// # Errors
/// The database failed.
pub async fn forget(tx: &Tx, before: DateTime<Utc>) -> Result<()> {
    Entity::delete_many().filter(Column::LastUsedAt.lt(before)).exec(tx.db()).await?;
    Ok(())
}
