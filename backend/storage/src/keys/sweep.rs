//! The vault and the database are two, and one may be older than the other.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;
use varsel_domain::IncidentId;
use varsel_domain::authz::Scope;

use super::entity::incident_key;
use crate::entity::incident;
use crate::{Result, Store};

/// So many keys are looked at in one step.
const PART: u64 = 500;

/// Destroys keys made before `before` whose incident is not there: its report was not committed, or it was erased and the
/// server stopped before its key was. How many.
///
/// # Errors
/// The database failed.
pub async fn destroy_orphans(store: &Store, before: DateTime<Utc>, now: DateTime<Utc>) -> Result<u64> {
    let mut destroyed = 0_u64;
    for id in orphans(store, before).await? {
        store.vault()?.destroy(id, now).await?;
        destroyed = destroyed.saturating_add(1);
    }
    Ok(destroyed)
}

/// Incidents that have a key made before `before` and are not there: a report that was not committed; or a database that is older than
/// its vault, as after a restore.
///
/// # Errors
/// The database failed.
pub async fn orphans(store: &Store, before: DateTime<Utc>) -> Result<Vec<IncidentId>> {
    let living = incident_key::Column::DestroyedAt.is_null().and(incident_key::Column::MadeAt.lt(before));
    let (mut orphans, mut after) = (Vec::new(), Uuid::nil());
    loop {
        let keys = part(store, &living, after).await?;
        let Some(last) = keys.last() else { return Ok(orphans) };
        after = *last;
        let there = there(store, &keys).await?;
        orphans.extend(keys.into_iter().filter(|id| !there.contains(id)).map(IncidentId));
    }
}

/// Incidents whose key was destroyed and that are in the database all the same: an older backup brought them back.
///
/// # Errors
/// The database failed.
pub async fn destroyed_incidents(store: &Store) -> Result<Vec<IncidentId>> {
    let destroyed = incident_key::Column::DestroyedAt.is_not_null();
    let (mut back, mut after) = (Vec::new(), Uuid::nil());
    loop {
        let keys = part(store, &destroyed, after).await?;
        let Some(last) = keys.last() else { return Ok(back) };
        after = *last;
        back.extend(there(store, &keys).await?.into_iter().map(IncidentId));
    }
}

/// The next incidents with such a key, by id.
async fn part(store: &Store, wanted: &Expr, after: Uuid) -> Result<Vec<Uuid>> {
    let keys = incident_key::Entity::find()
        .select_only()
        .column(incident_key::Column::IncidentId)
        .filter(wanted.clone())
        .filter(incident_key::Column::IncidentId.gt(after))
        .order_by_asc(incident_key::Column::IncidentId)
        .limit(PART);
    Ok(keys.into_tuple().all(store.vault()?.store.connection()).await?)
}

async fn there(store: &Store, ids: &[Uuid]) -> Result<Vec<Uuid>> {
    let tx = store.begin(&Scope::system()).await?;
    let found = incident::Entity::find()
        .select_only()
        .column(incident::Column::Id)
        .filter(incident::Column::Id.is_in(ids.iter().copied()));
    let found = found.into_tuple().all(tx.db()).await?;
    tx.commit().await?;
    Ok(found)
}
