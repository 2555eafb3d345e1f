//! What the vault holds, counted: for `varsel keys status`, and for the look that a server takes when it starts.

use std::collections::BTreeMap;

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};
use varsel_domain::IncidentId;
use varsel_domain::authz::Scope;

use super::entity::{incident_key, owner_key};
use super::vault::Vault;
use crate::{Result, Tx, incident};

/// What a vault holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// How many keys of owners each root key wraps, by the root key's name.
    pub owners: BTreeMap<String, u64>,
    /// Root keys that wrap something and are not given.
    pub without_root: Vec<String>,
    /// How many incidents have a key.
    pub incidents: u64,
    /// How many keys were destroyed.
    pub destroyed: u64,
}

impl Vault {
    /// Counts what is there.
    ///
    /// # Errors
    /// The database failed.
    pub async fn status(&self) -> Result<Status> {
        // After `v1.`: a root key's name is eight characters.
        let root = "substr(wrapped, 4, 8)";
        let owners: Vec<(String, i64)> = owner_key::Entity::find()
            .select_only()
            .column_as(Expr::cust(root), "root")
            .column_as(owner_key::Column::Name.count(), "keys")
            .group_by(Expr::cust(root))
            .into_tuple()
            .all(self.store.connection())
            .await?;
        let owners: BTreeMap<_, _> =
            owners.into_iter().map(|(root, keys)| (root, u64::try_from(keys).unwrap_or_default())).collect();
        let without_root = owners.keys().filter(|name| self.roots.named(name).is_none()).cloned().collect();
        let destroyed = incident_key::Entity::find().filter(incident_key::Column::DestroyedAt.is_not_null());
        Ok(Status {
            without_root,
            owners,
            incidents: self.incidents().await?,
            destroyed: destroyed.count(self.store.connection()).await?,
        })
    }

    /// The name of the root key that wraps.
    pub fn root(&self) -> &str {
        self.roots.current().name()
    }
}

/// The incidents that have never had a key in this vault: what was written about them cannot be read. For a transaction that
/// sees every incident.
///
/// # Errors
/// The database failed, or a key does not open.
pub async fn without_key(tx: &Tx) -> Result<Vec<IncidentId>> {
    let vault = tx.vault()?;
    let mut without = Vec::new();
    let mut after = None;
    while let Some((last, part)) = next(tx, after).await? {
        after = Some(last);
        let ids: Vec<_> = part.iter().map(|id| id.0).collect();
        let found = vault.find(&ids).await?;
        without.extend(part.into_iter().filter(|id| !found.contains_key(&id.0)));
    }
    Ok(without)
}

/// How many incidents have never had a key in this vault; none is unwrapped for it. For a transaction that sees every incident.
///
/// # Errors
/// The database failed.
pub async fn count_without_key(tx: &Tx) -> Result<u64> {
    let vault = tx.vault()?;
    let (mut without, mut after) = (0_u64, None);
    while let Some((last, part)) = next(tx, after).await? {
        after = Some(last);
        let ids = part.iter().map(|id| id.0);
        let keys = incident_key::Entity::find().filter(incident_key::Column::IncidentId.is_in(ids));
        let keys = keys.count(vault.store.connection()).await?;
        without = without.saturating_add(u64::try_from(part.len()).unwrap_or_default().saturating_sub(keys));
    }
    Ok(without)
}

/// The next incidents after one, and the last of them.
async fn next(tx: &Tx, after: Option<IncidentId>) -> Result<Option<(IncidentId, Vec<IncidentId>)>> {
    let part = incident::page(tx, &Scope::system(), after, PART).await?;
    Ok(part.last().copied().map(|last| (last, part)))
}

/// So many incidents are looked up at a time.
const PART: u64 = 500;
