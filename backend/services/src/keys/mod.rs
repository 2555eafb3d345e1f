//! The keys of what is sealed, as the use cases need them: looked at when a server starts, forgotten every minute, destroyed
//! with what they sealed, replaced when two administrators have approved it.

mod approved;
mod propose;
mod read;
mod replace;
mod replaced;

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use varsel_domain::access::UseKind;
use varsel_domain::authz::Scope;
use varsel_domain::retention::{Kind, Settings};
use varsel_domain::{IncidentId, OrganisationId};
use varsel_storage::keys::{Status, destroy_orphans, destroyed_incidents, orphans, without_key};
use varsel_storage::retention::{erase_again, under_way};

pub(crate) use approved::is_sound;
pub(crate) use propose::{begin, check_replacement, renewal_target, replacement_target};
pub use propose::{propose_renewal, propose_replacement};
pub use read::{Approved, Root, Vault, read};
pub(crate) use replace::{Carried, carry_out};
pub use replace::{Replaced, Word, renew, rewrap};
pub(crate) use replaced::replacements;
pub use replaced::{Replacement, What};

use crate::access::{write_of_system, write_shown_at_command_line};
use crate::retention::scrub;
use crate::{Error, Result, Services};

/// So long does a server know a key that another one has destroyed.
const REMEMBERED: Duration = Duration::from_mins(1);

/// So long may a report be under way whose key there is.
const UNDER_WAY: TimeDelta = TimeDelta::minutes(10);

/// What database and vault lack of each other when a server begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lacking {
    /// Incidents without a key: the vault is the older of the two.
    pub keys: usize,
    /// Keys without an incident: the database is the older, or reports broke off.
    pub incidents: usize,
}

/// Looks at the vault before a server begins: what an older backup brought back is erased again, and what one of the two lacks is said in
/// the log of the server. Nothing of it is lost: incidents without keys can be read once the vault's newest backup is there, and keys
/// without incidents are kept for as long as incidents are, in case the right database comes back.
///
/// # Errors
/// [`Error::VaultOfAnother`] where it has not one key of the incidents there are; storage failed.
pub async fn check(services: &Services) -> Result<Lacking> {
    forget_again(services).await?;
    let incidents = orphans(&services.store, services.clock.now() - UNDER_WAY).await?.len();
    if incidents > 0 {
        tracing::error!(
            incidents,
            "the vault has keys of incidents that the database lacks: reports that broke off, or a database that was put back to an \
             older backup, so that incidents are missing? Compare with `varsel log compare` and the witness (docs/keys.md)"
        );
    }
    let missing = missing(services).await?;
    let lacking = Lacking { keys: missing.len(), incidents };
    if missing.is_empty() {
        return Ok(lacking);
    }
    if services.store.vault()?.incidents().await? == 0 {
        return Err(Error::VaultOfAnother { incidents: missing.len() });
    }
    tracing::error!(
        incidents = missing.len(),
        "the vault has no key of some incidents, so that they cannot be read: is it older than the database? `varsel keys status` \
         says which; docs/keys.md says what to do"
    );
    Ok(lacking)
}

/// Erases incidents whose key was destroyed and that are there all the same; how many. Once that is on record, the caller takes them out
/// of the files ([`scrub`]).
///
/// # Errors
/// Storage failed.
pub(crate) async fn erase_destroyed(services: &Services) -> Result<usize> {
    let there = destroyed_incidents(&services.store).await?;
    for id in &there {
        let tx = services.store.begin(&Scope::system()).await?;
        erase_again(&tx, *id).await?;
        under_way::to_be_scrubbed(&tx).await?;
        tx.commit().await?;
    }
    Ok(there.len())
}

async fn forget_again(services: &Services) -> Result<()> {
    let back = erase_destroyed(services).await?;
    if back == 0 {
        return Ok(());
    }
    tracing::warn!(incidents = back, "an older backup had brought back what was erased; it is erased again");
    let tx = services.store.begin(&Scope::nothing()).await?;
    let written = (services.clock.now(), "start".to_owned());
    write_of_system(services, &tx, written, (UseKind::Erased, None), json!({ "incidents": back })).await?;
    tx.commit().await?;
    scrub(services).await
}

/// Forgets every minute what the vault has unwrapped, until the future is dropped.
pub async fn run(services: Services) {
    forget_after_each(&services, tokio::time::sleep).await;
}

/// As [`run`], by another clock.
pub async fn forget_after_each(services: &Services, pause: impl AsyncFn(Duration)) {
    loop {
        pause(REMEMBERED).await;
        if let Ok(vault) = services.store.vault() {
            vault.forget();
        }
    }
}

/// Destroys the key of an incident that was erased.
///
/// # Errors
/// Storage failed: then the next erasure finds the key without its incident.
pub(crate) async fn destroy(services: &Services, incident: IncidentId, now: DateTime<Utc>) -> Result<()> {
    Ok(services.store.vault()?.destroy(incident, now).await?)
}

/// Destroys the keys of all incidents of an organisation, or of all, and what wrapped them; how many.
///
/// # Errors
/// Storage failed: a second call goes on.
pub(crate) async fn destroy_all(
    services: &Services,
    (organisation, made_until): (Option<OrganisationId>, DateTime<Utc>),
    now: DateTime<Utc>,
) -> Result<u64> {
    let vault = services.store.vault()?;
    let destroyed = vault.destroy_all(organisation, made_until, now).await?;
    vault.scrub().await?;
    Ok(destroyed)
}

/// Destroys keys that no incident has and that are older than any incident must be to be erased, and takes what was destroyed
/// out of the vault's file. A younger one is kept: its incident may be missing because this database is an older backup.
///
/// # Errors
/// Storage failed.
pub(crate) async fn sweep(services: &Services, deadlines: &Settings, now: DateTime<Utc>) -> Result<u64> {
    let before = deadlines.policy(Kind::Incidents).keep.before(now);
    let orphans = destroy_orphans(&services.store, before, now).await?;
    services.store.vault()?.scrub().await?;
    Ok(orphans)
}

/// What the vault holds, and which incidents it has no key of, for whoever runs the server. The log of use says that it was shown.
///
/// # Errors
/// Storage failed: then nothing may be shown.
pub async fn status(services: &Services) -> Result<(Status, Vec<IncidentId>)> {
    let status = services.store.vault()?.status().await?;
    let tx = services.store.begin(&Scope::system()).await?;
    let missing = without_key(&tx).await?;
    let (when, shown) = ((services.clock.now(), "varsel keys status"), missing.iter().copied().collect());
    write_shown_at_command_line(&*services.ids, &tx, when, (UseKind::VaultRead, &shown), json!({})).await?;
    tx.commit().await?;
    Ok((status, missing))
}

async fn missing(services: &Services) -> Result<Vec<IncidentId>> {
    let tx = services.store.begin(&Scope::system()).await?;
    let missing = without_key(&tx).await?;
    tx.commit().await?;
    Ok(missing)
}
