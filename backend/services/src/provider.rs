//! Identity providers: whose word opens a session is decided by two, whatever the configuration says.
//!
//! The configuration names the providers; here stands which of them are trusted, and on which settings. The first start
//! of an installation trusts those it finds. After that, one that is new or whose settings are others waits for a critical
//! change, and the rest work on.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::json;
use varsel_domain::ChangeId;
use varsel_domain::access::UseKind;
use varsel_domain::authz::{Action, Resource, Scope};
use varsel_domain::change::{Payload, Refusal, Target, sha256};
use varsel_domain::rules::Text;
use varsel_storage::trusted_provider::{self, TrustedProvider};
use varsel_storage::{Tx, session};

use crate::access::{self, AccessLog, write_at_command_line};
use crate::change::{self, Outcome};
use crate::{Error, Request, Result, Services};

/// An identity provider as the configuration has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfiguredProvider {
    /// Its name in the configuration.
    pub name: String,
    /// What people call it.
    pub label: Text,
    /// Its issuer address.
    pub issuer: String,
    /// What else decides who somebody is, by the name of the setting: never its secret.
    pub settings: BTreeMap<String, Vec<String>>,
}

impl ConfiguredProvider {
    fn payload(&self) -> Payload {
        let Self { name, issuer, settings, .. } = self.clone();
        Payload::TrustProvider { name, issuer, settings }
    }

    /// The digest that an approver of it signs.
    fn digest(&self) -> Result<String> {
        let canonical = self.payload().canonical().map_err(|error| Error::Internal(error.to_string()))?;
        Ok(sha256(&canonical))
    }

    fn trusted(&self, since: DateTime<Utc>, change: Option<ChangeId>) -> Result<TrustedProvider> {
        Ok(TrustedProvider { name: self.name.clone(), payload_sha256: self.digest()?, since, change })
    }
}

/// A configured provider, and whether people can sign in through it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderView {
    /// The provider.
    pub provider: ConfiguredProvider,
    /// Since when it is trusted on these settings, in UTC; none while it waits.
    pub trusted_since: Option<DateTime<Utc>>,
    /// By which critical change; none where it was there from the beginning, or was trusted at the command line.
    pub change: Option<ChangeId>,
}

/// Trusts what is configured, where nothing was trusted before; the names of those that wait for a decision.
///
/// # Errors
/// Storage failed.
pub async fn adopt(services: &Services) -> Result<Vec<String>> {
    let now = services.clock.now();
    let tx = services.store.begin(&Scope::nothing()).await?;
    if trusted_provider::list(&tx).await?.is_empty() && !services.providers.is_empty() {
        for provider in services.providers.iter() {
            trusted_provider::put(&tx, &provider.trusted(now, None)?).await?;
        }
        let names: Vec<_> = services.providers.iter().map(|it| it.name.as_str()).collect();
        let (id, detail) = ("first start".to_owned(), json!({ "providers": names }));
        access::write_of_system(services, &tx, (now, id), (UseKind::ProviderTrusted, None), detail).await?;
    }
    let trusted = trusted_provider::list(&tx).await?;
    tx.commit().await?;
    let mut waiting = Vec::new();
    for provider in services.providers.iter() {
        if standing(&trusted, provider)?.is_none() {
            waiting.push(provider.name.clone());
        }
    }
    Ok(waiting)
}

/// Whether people can sign in through the provider of that name.
///
/// # Errors
/// Storage failed.
pub async fn is_trusted(services: &Services, name: &str) -> Result<bool> {
    let Some(provider) = configured(services, name) else { return Ok(false) };
    let tx = services.store.begin_reading(&Scope::nothing()).await?;
    let found = trusted_provider::find(&tx, name).await?;
    tx.commit().await?;
    Ok(standing(found.as_slice(), provider)?.is_some())
}

/// What is not found where nobody signs in through a provider.
pub const KIND: &str = "identity provider";

/// As [`is_trusted`], until the transaction ends: nobody trusts it on other settings meanwhile. One that the configuration does not have,
/// as in the demo and in tests, is not for two to judge.
///
/// # Errors
/// Storage failed.
pub(crate) async fn is_trusted_in(services: &Services, tx: &Tx, name: &str) -> Result<bool> {
    let Some(provider) = configured(services, name) else { return Ok(true) };
    let found = trusted_provider::hold(tx, name).await?;
    Ok(standing(found.as_slice(), provider)?.is_some())
}

/// The configured providers, in the order of their names.
///
/// # Errors
/// The actor may not see them (not found); storage failed.
pub async fn list(services: &Services, request: &Request) -> Result<Vec<ProviderView>> {
    let now = services.clock.now();
    request.require(Action::ReadProviders, Resource::Providers, "list of identity providers")?;
    let tx = services.store.begin_reading(&Scope::nothing()).await?;
    let views = standing_in(services, &tx).await?;
    let mut log = AccessLog::new(services, request, now)?;
    let names: Vec<_> = views.iter().map(|view| view.provider.name.as_str()).collect();
    log.under(Action::ReadProviders, Resource::Providers);
    log.add(UseKind::ProvidersRead, None, json!({ "providers": names }));
    log.write_after(tx).await?;
    Ok(views)
}

/// The configured providers, in the order of their names, and which of them are trusted.
///
/// # Errors
/// Storage failed.
pub(crate) async fn standing_in(services: &Services, tx: &Tx) -> Result<Vec<ProviderView>> {
    let trusted = trusted_provider::list(tx).await?;
    let view = |provider: &ConfiguredProvider| {
        let found = standing(&trusted, provider)?;
        Ok(ProviderView {
            provider: provider.clone(),
            trusted_since: found.map(|it| it.since),
            change: found.and_then(|it| it.change),
        })
    };
    services.providers.iter().map(view).collect()
}

/// Proposes that people may sign in through a provider, on the settings that the configuration has now: another
/// administrator has to approve it.
///
/// # Errors
/// No such provider (not found); as [`change::propose`].
pub async fn propose(services: &Services, request: &Request, name: &str, reason: &str) -> Result<Outcome> {
    request.require(Action::ProposeChange, Resource::Changes, "change")?;
    let provider = configured(services, name).ok_or_else(|| request.nothing(KIND))?;
    change::propose(services, request, &provider.payload(), reason).await
}

/// Trusts a provider on the word of whoever runs the server: for the day when nobody can sign in any more to do it
/// together. False when there is no such provider. The access log says so.
///
/// # Errors
/// Storage failed.
pub async fn trust_at_command_line(services: &Services, name: &str, reason: &str) -> Result<bool> {
    let Some(provider) = configured(services, name) else { return Ok(false) };
    let now = services.clock.now();
    let tx = services.store.begin(&Scope::nothing()).await?;
    trusted_provider::lock(&tx).await?;
    let sessions = put(&tx, provider, None, now).await?;
    let detail = json!({ "providers": [name], "reason": reason, "sessions": sessions });
    let done = (now, "varsel admin trust-provider");
    write_at_command_line(&*services.ids, &tx, done, UseKind::ProviderTrusted, detail).await?;
    tx.commit().await?;
    Ok(true)
}

/// What a decision on a provider follows: the providers trusted now. Nobody else decides until the transaction ends.
///
/// # Errors
/// Storage failed.
pub(crate) async fn target(tx: &Tx) -> Result<Target> {
    let trusted = trusted_provider::lock(tx).await?;
    let all: Vec<_> = trusted.iter().map(|it| format!("{} {}", it.name, it.payload_sha256)).collect();
    Ok(Target { name: "identity-providers".to_owned(), version: sha256(&all.join("\n")) })
}

/// Whether what was proposed is what the configuration has, and is not trusted already.
///
/// # Errors
/// Storage failed.
pub(crate) async fn check(
    services: &Services,
    tx: &Tx,
    name: &str,
    payload: &Payload,
) -> Result<std::result::Result<(), Refusal>> {
    let Some(provider) = configured(services, name).filter(|it| it.payload() == *payload) else {
        return Ok(Err(Refusal::TargetChanged));
    };
    let found = trusted_provider::find(tx, name).await?;
    let trusted = standing(found.as_slice(), provider)?.is_some();
    Ok(if trusted { Err(Refusal::AlreadyTrusted) } else { Ok(()) })
}

/// Trusts the provider. [`check`] was asked in the same transaction.
///
/// # Errors
/// Storage failed.
pub(crate) async fn trust(
    services: &Services,
    tx: &Tx,
    change: ChangeId,
    name: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let provider = configured(services, name);
    let provider = provider.ok_or_else(|| Error::Internal(format!("{name} was checked, and is gone")))?;
    let sessions = put(tx, provider, Some(change), now).await?;
    if sessions > 0 {
        let detail = json!({ "provider": name, "sessions": sessions, "change": change });
        let written = (now, change.to_string());
        access::write_of_system(services, tx, written, (UseKind::SessionsEnded, None), detail).await?;
    }
    Ok(())
}

/// Trusts it, and ends the sessions that it vouched for on other settings, such as a lower level of assurance; how many.
async fn put(
    tx: &Tx,
    provider: &ConfiguredProvider,
    change: Option<ChangeId>,
    now: DateTime<Utc>,
) -> Result<usize> {
    trusted_provider::put(tx, &provider.trusted(now, change)?).await?;
    let sessions = session::list_of_provider(tx, &provider.name).await?;
    session::end(tx, sessions.iter().map(|it| it.id), now).await?;
    Ok(sessions.len())
}

fn configured<'a>(services: &'a Services, name: &str) -> Option<&'a ConfiguredProvider> {
    services.providers.iter().find(|provider| provider.name == name)
}

/// The decision that covers the provider as it is configured now.
fn standing<'a>(
    trusted: &'a [TrustedProvider],
    provider: &ConfiguredProvider,
) -> Result<Option<&'a TrustedProvider>> {
    let digest = provider.digest()?;
    Ok(trusted.iter().find(|it| it.name == provider.name && it.payload_sha256 == digest))
}
