//! The state of the vault, for those who answer for it: counts and names of root keys, never an incident.

use chrono::{DateTime, Months, Utc};
use serde_json::json;
use varsel_domain::ChangeId;
use varsel_domain::access::UseKind;
use varsel_domain::authz::{Action, Resource, Scope};
use varsel_domain::rules::Text;
use varsel_storage::keys::count_without_key;

use super::approved::outstanding;
use super::{Replacement, replacements};
use crate::access::AccessLog;
use crate::{Request, Result, Services};

/// So many replacements are told of.
const TOLD: usize = 10;
/// No older ones are: the log of use is hardly kept for longer.
const LATELY: Months = Months::new(12);

/// A root key that wraps something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    /// Its name, which says nothing about it.
    pub name: String,
    /// How many keys of organisations and accounts it wraps.
    pub keys: u64,
    /// This server can unwrap with it.
    pub known: bool,
}

/// A replacement that two have approved and that is not done yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approved {
    /// The change.
    pub change: ChangeId,
    /// What it does, in a line.
    pub title: Text,
    /// When it was approved, in UTC.
    pub at: DateTime<Utc>,
}

/// The state of the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vault {
    /// The name of the root key with which this server wraps.
    pub root: String,
    /// Those that wrap something, by name.
    pub roots: Vec<Root>,
    /// How many incidents have a key.
    pub incidents: u64,
    /// How many keys were destroyed.
    pub destroyed: u64,
    /// How many incidents have no key, so that they cannot be read.
    pub without_key: u64,
    /// What is approved and not done, oldest first.
    pub approved: Vec<Approved>,
    /// The last replacements, newest first.
    pub replacements: Vec<Replacement>,
}

/// The state of the vault. The log of use says that it was shown.
///
/// # Errors
/// The actor may not see it (not found); storage failed.
pub async fn read(services: &Services, request: &Request) -> Result<Vault> {
    request.require(Action::ReadVault, Resource::Vault, "state of the vault")?;
    let (vault, now) = (services.store.vault()?, services.clock.now());
    let status = vault.status().await?;
    let tx = services.store.begin_reading(&Scope::system()).await?;
    let without_key = count_without_key(&tx).await?;
    let changes = outstanding(services, &tx).await?;
    let since = now.checked_sub_months(LATELY).unwrap_or(now);
    let mut replacements = replacements(&tx, since, None).await?;
    replacements.reverse();
    replacements.truncate(TOLD);
    let mut log = AccessLog::new(services, request, now)?;
    log.under(Action::ReadVault, Resource::Vault);
    log.add(UseKind::VaultRead, None, json!({}));
    log.write_after(tx).await?;
    let known = |name: &String| !status.without_root.contains(name);
    Ok(Vault {
        root: vault.root().to_owned(),
        roots: status
            .owners
            .iter()
            .map(|(name, keys)| Root { name: name.clone(), keys: *keys, known: known(name) })
            .collect(),
        incidents: status.incidents,
        destroyed: status.destroyed,
        without_key,
        approved: changes
            .into_iter()
            .filter_map(|change| {
                let at = change.decision.as_ref()?.at;
                Some(Approved { change: change.id, title: change.title(), at })
            })
            .collect(),
        replacements,
    })
}
