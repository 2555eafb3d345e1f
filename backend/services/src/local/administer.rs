//! The accounts of Varsel's own, for the administrators who keep them: no password is ever theirs to choose or to see.

use chrono::{DateTime, Utc};
use serde_json::json;
use varsel_domain::PersonId;
use varsel_domain::access::UseKind;
use varsel_domain::authz::{Action, Resource, Scope};
use varsel_domain::organisation::Organisation;
use varsel_storage::account_link::{self, Purpose};
use varsel_storage::local_account::{self, LocalAccount};
use varsel_storage::{Tx, api_token, organisation, passkey, person, recovery_code, session as stored};

use super::identity;
use super::invite::{allowed, new_link};
use crate::access::AccessLog;
use crate::job::{AccountLinkSent, enqueue};
use crate::{Error, Request, Result, Services};

/// An account, as administrators see it.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountView {
    /// Whose it is.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// What they sign in with.
    pub login: String,
    /// The organisation they belong to.
    pub organisation: Option<String>,
    /// The unit they belong to.
    pub unit: Option<String>,
    /// Whether their identity provider vouches for them otherwise.
    pub of_provider: bool,
    /// Whether they have a password with codes.
    pub password: bool,
    /// How many passkeys they have.
    pub passkeys: usize,
    /// Until when a link that was sent to them works, where there is such a one.
    pub link_until: Option<DateTime<Utc>>,
}

/// Every account, by login. It is written to the access log.
///
/// # Errors
/// [`Error::NotFound`] where the actor may not see them, or there are no such accounts; storage failed.
pub async fn list(services: &Services, request: &Request) -> Result<Vec<AccountView>> {
    services.local.require()?;
    request.require(Action::KeepAccounts, Resource::Accounts, "account")?;
    let now = services.clock.now();
    let tx = services.store.begin_reading(&Scope::nothing()).await?;
    let mut listed = Vec::new();
    for account in local_account::list(&tx).await? {
        listed.extend(view(&tx, account, now).await?);
    }
    let mut log = AccessLog::new(services, request, now)?;
    log.under(Action::KeepAccounts, Resource::Accounts);
    log.add(UseKind::AccountsListed, None, json!({ "accounts": listed.len() }));
    log.write_after(tx).await?;
    Ok(listed)
}

/// Sends somebody a link with which they choose anew how they sign in. What they have works until they do.
///
/// # Errors
/// [`Error::NotFound`] where there is no such account, or the actor may not do this; [`Error::StepUpRequired`]; storage failed.
pub async fn reset(services: &Services, request: &Request, person: PersonId) -> Result<()> {
    allowed(services, request)?;
    let now = services.clock.now();
    let tx = services.store.begin(&Scope::nothing()).await?;
    find(&tx, person).await?;
    let link = new_link(services, person, Purpose::Reset, request.actor()?.person);
    account_link::insert(&tx, &link).await?;
    enqueue(&tx, &*services.ids, now, &AccountLinkSent { link: link.id }).await?;
    let mut log = AccessLog::new(services, request, now)?;
    log.under(Action::KeepAccounts, Resource::Accounts);
    log.add(UseKind::AccountReset, None, json!({ "person": person }));
    log.write(&tx).await?;
    tx.commit().await?;
    services.live.ring();
    Ok(())
}

/// Takes all ways to sign in away from somebody, and ends their sessions and their programs' tokens at once. The account stays, and
/// can be started afresh by [`reset`].
///
/// # Errors
/// As [`reset`].
pub async fn close(services: &Services, request: &Request, person: PersonId) -> Result<()> {
    allowed(services, request)?;
    let now = services.clock.now();
    let tx = services.store.begin(&Scope::nothing()).await?;
    find(&tx, person).await?;
    take_all(&tx, person, now).await?;
    let tokens = api_token::revoke_all_of(&tx, person, now).await?;
    let mut log = AccessLog::new(services, request, now)?;
    log.under(Action::KeepAccounts, Resource::Accounts);
    log.add(UseKind::AccountClosed, None, json!({ "person": person, "tokens": tokens }));
    log.write(&tx).await?;
    tx.commit().await?;
    services.live.ring();
    Ok(())
}

/// Takes away every way to sign in, links that were sent included, and ends every session.
///
/// # Errors
/// Storage failed.
pub(crate) async fn take_all(tx: &Tx, person: PersonId, now: DateTime<Utc>) -> Result<()> {
    local_account::set_password(tx, person, None).await?;
    passkey::delete_all(tx, person).await?;
    recovery_code::replace(tx, person, &[], now).await?;
    account_link::end_all_of(tx, person, now).await?;
    let sessions = stored::list_of_person(tx, person).await?;
    Ok(stored::end(tx, sessions.into_iter().map(|session| session.id), now).await?)
}

async fn find(tx: &Tx, person: PersonId) -> Result<LocalAccount> {
    local_account::find(tx, person).await?.ok_or(Error::NotFound { kind: "account" })
}

async fn view(tx: &Tx, account: LocalAccount, now: DateTime<Utc>) -> Result<Option<AccountView>> {
    let Some(owner) = person::find(tx, account.person).await? else { return Ok(None) };
    let actor = owner.without_rights();
    let organisation: Option<Organisation> = match actor.organisation() {
        Some(id) => organisation::find(tx, id).await?,
        None => None,
    };
    let link = account_link::newest_of(tx, owner.id).await?;
    let works =
        link.filter(|link| link.used_at.is_none() && link.expires_at > now && link.purpose != Purpose::Email);
    Ok(Some(AccountView {
        person: owner.id,
        unit: actor.unit().map(|unit| unit.0.clone()),
        name: owner.name,
        login: account.login,
        organisation: organisation.map(|organisation| organisation.name),
        of_provider: person::find_by_identity(tx, &identity(account.person)).await?.is_none(),
        password: account.password.is_some(),
        passkeys: passkey::list_of(tx, account.person).await?.len(),
        link_until: works.map(|link| link.expires_at),
    }))
}
