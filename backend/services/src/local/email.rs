//! Another mail address: it counts when its owner has opened a link that was sent to it.

use serde_json::json;
use varsel_domain::access::UseKind;
use varsel_domain::authz::Scope;
use varsel_domain::organisation::Person;
use varsel_storage::account_link::{self, AccountLink, Purpose};
use varsel_storage::{local_account, person};

use super::attempt::Reason;
use super::enrol::over;
use super::invite::{address, new_link};
use super::own::{changed, mine};
use super::{identity, invalid};
use crate::access::AccessLog;
use crate::job::{AccountLinkSent, enqueue};
use crate::session;
use crate::{Error, Request, Result, Services};

/// Sends a link to a new address; the old one is told at once.
///
/// # Errors
/// [`Error::NotFound`] for somebody whose address comes from their provider; an address that cannot be taken;
/// [`Error::StepUpRequired`]; storage failed.
pub async fn change_email(services: &Services, request: &Request, email: &str) -> Result<()> {
    let email = address(email)?;
    let now = services.clock.now();
    let tx = services.store.begin(&Scope::nothing()).await?;
    let (person, _) = mine(services, &tx, request).await?;
    if person::find_by_identity(&tx, &identity(person.id)).await?.is_none() {
        return Err(Error::NotFound { kind: "account" });
    }
    if local_account::find_by_login(&tx, &email).await?.is_some() {
        return Err(taken());
    }
    let link = new_link(services, person.id, Purpose::Email, person.id);
    let link = AccountLink { email: Some(email), ..link };
    account_link::insert(&tx, &link).await?;
    enqueue(&tx, &*services.ids, now, &AccountLinkSent { link: link.id }).await?;
    changed(services, tx, request, json!({ "asked": "another mail address" })).await
}

/// The new address counts from now on, also for signing in.
///
/// # Errors
/// The link is none, was used or has run out; somebody else has that address by now; storage failed.
pub async fn confirm_email(services: &Services, token: &str, asked: &Request) -> Result<()> {
    services.local.require()?;
    let now = services.clock.now();
    let tx = services.store.begin(&Scope::nothing()).await?;
    let link = account_link::find_open(&tx, &session::hash(token.trim()), now).await?;
    let link = link.filter(|link| link.purpose == Purpose::Email);
    let Some((link, email)) = link.and_then(|link| link.email.clone().map(|email| (link, email))) else {
        Reason::Unknown.note(asked);
        return Err(over());
    };
    if !account_link::consume(&tx, link.id, now).await? {
        return Err(over());
    }
    if local_account::find_by_login(&tx, &email).await?.is_some() {
        return Err(taken());
    }
    let old = person::find(&tx, link.person).await?.ok_or_else(over)?;
    let new = Person { email: Some(email.clone()), ..old };
    person::update(&tx, &new).await?;
    local_account::set_login(&tx, new.id, &email).await?;
    let request = Request { actor: Some(new.without_rights()), ..asked.clone() };
    let mut log = AccessLog::new(services, &request, now)?;
    log.add(UseKind::CredentialsChanged, None, json!({ "set": "mail address" }));
    log.write(&tx).await?;
    tx.commit().await?;
    services.live.ring();
    Ok(())
}

fn taken() -> Error {
    let da = "En anden konto har den mailadresse. Vælg en anden.";
    let en = "Another account has that mail address. Choose another.";
    invalid("email", da, en)
}
