//! Proposing that keys are replaced; another administrator has to approve it.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use varsel_domain::authz::{Action, Resource};
use varsel_domain::change::{ChangeKind, Payload, Refusal, Target};
use varsel_domain::{ChangeId, OrganisationId};
use varsel_storage::Tx;

use crate::change::{self, Outcome};
use crate::job::{ReplaceKeys, enqueue};
use crate::{Request, Result, Services};

/// Proposes that the organisation with this CVR number, or every one where none is given, gets a new key.
///
/// # Errors
/// As [`change::propose`].
pub async fn propose_renewal(
    services: &Services,
    request: &Request,
    cvr: Option<&str>,
    reason: &str,
) -> Result<Outcome> {
    let (organisation, name) = match change::whose(services, request, ChangeKind::RenewKeys, cvr).await? {
        Ok(whose) => whose,
        Err(refusal) => return Ok(Err(refusal)),
    };
    change::propose(services, request, &Payload::RenewKeys { organisation, name }, reason).await
}

/// Proposes that the root key with which this server wraps takes the place of every other that the vault needs.
///
/// # Errors
/// As [`change::propose`].
pub async fn propose_replacement(services: &Services, request: &Request, reason: &str) -> Result<Outcome> {
    request.require(Action::ProposeChange, Resource::Changes, "change")?;
    let root = services.store.vault()?.root().to_owned();
    let retired = besides(services, &root).await?;
    change::propose(services, request, &Payload::ReplaceRootKey { root, retired }, reason).await
}

/// What a renewal is about: nothing that changes meanwhile makes it another thing, for whatever keys there are then are renewed.
pub(crate) fn renewal_target(organisation: Option<OrganisationId>) -> Target {
    let whose = organisation.map_or_else(|| "all".to_owned(), |id| id.to_string());
    Target { name: format!("keys/{whose}"), version: "all".to_owned() }
}

/// What a replacement by `root` is about: the root keys that the vault needs besides.
///
/// # Errors
/// Storage failed.
pub(crate) async fn replacement_target(services: &Services, root: &str) -> Result<Target> {
    let retired: Vec<_> = besides(services, root).await?.into_iter().collect();
    Ok(Target { name: "vault/root-key".to_owned(), version: retired.join(" ") })
}

/// Whether there is anything to replace.
pub(crate) fn check_replacement(retired: &BTreeSet<String>) -> std::result::Result<(), Refusal> {
    if retired.is_empty() { Err(Refusal::NothingRetired) } else { Ok(()) }
}

/// The root keys that wrap something, but for `root`.
pub(super) async fn besides(services: &Services, root: &str) -> Result<BTreeSet<String>> {
    let needed = services.store.vault()?.status().await?.owners;
    Ok(needed.into_keys().filter(|name| name != root).collect())
}

/// Puts it into the outbox: it is done as soon as the approval is committed, and tried again until it is.
///
/// # Errors
/// Storage failed.
pub(crate) async fn begin(services: &Services, tx: &Tx, change: ChangeId, now: DateTime<Utc>) -> Result<()> {
    enqueue(tx, &*services.ids, now, &ReplaceKeys { change }).await
}
