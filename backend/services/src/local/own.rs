//! One's own ways to sign in: seeing them, adding some and taking some away, never the last.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use varsel_domain::access::UseKind;
use varsel_domain::authz::Scope;
use varsel_domain::organisation::Person;
use varsel_domain::{CeremonyId, EntryId, PasskeyId};
use varsel_storage::local_account::{self, LocalAccount};
use varsel_storage::passkey::{self as stored, Passkey};
use varsel_storage::{Tx, account_link, person, recovery_code, session as sessions};

use super::passkey::{self, Challenge, Shown};
use super::password::{self, Chosen, CodeSetup};
use super::{identity, invalid, normal_login, recovery};
use crate::access::AccessLog;
use crate::job::{AccountChanged, enqueue};
use crate::session::{FRESH, require_fresh};
use crate::{Error, Request, Result, Services};

/// How somebody can sign in without an identity provider.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnAccount {
    /// Whether they may add ways: all whom Varsel itself vouches for, and others where the settings say so.
    pub possible: bool,
    /// Whether Varsel itself vouches for them: then there must be one way at least.
    pub only_way: bool,
    /// Whether this server can have passkeys.
    pub passkeys_possible: bool,
    /// What they sign in with.
    pub login: Option<String>,
    /// When their password was set.
    pub password_set_at: Option<DateTime<Utc>>,
    /// Their passkeys, oldest first.
    pub passkeys: Vec<Passkey>,
    /// How many recovery codes are left.
    pub recovery_codes: u64,
}

/// Shows somebody how they can sign in here.
///
/// # Errors
/// Nobody is signed in; no such accounts on this server; storage failed.
pub async fn look(services: &Services, request: &Request) -> Result<OwnAccount> {
    let on = services.local.require()?;
    let own = request.actor()?.person;
    let tx = services.store.begin_snapshot(&Scope::nothing()).await?;
    let account = local_account::find(&tx, own).await?;
    let only_way = person::find_by_identity(&tx, &identity(own)).await?.is_some();
    let passkeys = stored::list_of(&tx, own).await?;
    let recovery_codes = recovery_code::count_left(&tx, own).await?;
    tx.commit().await?;
    let password = account.as_ref().and_then(|account| account.password.as_ref());
    Ok(OwnAccount {
        possible: only_way || on.settings.fallback,
        only_way,
        passkeys_possible: services.local.has_passkeys(),
        password_set_at: password.map(|password| password.set_at),
        login: account.map(|account| account.login),
        passkeys,
        recovery_codes,
    })
}

/// Begins to set a password: a new secret for the app.
///
/// # Errors
/// [`Error::StepUpRequired`]; the settings do not let this person have one; storage failed.
pub async fn begin_password(services: &Services, request: &Request) -> Result<CodeSetup> {
    let tx = services.store.begin(&Scope::nothing()).await?;
    let (_, account) = mine(services, &tx, request).await?;
    let codes = password::begin(services, &tx, account.person, &account.login).await?;
    tx.commit().await?;
    Ok(codes)
}

/// Sets the password with its codes, in the place of those there were, and ends one's other sessions. The recovery codes are
/// answered once.
///
/// # Errors
/// As [`begin_password`]; a password or code that cannot be taken, or [`Error::Busy`].
pub async fn set_password(
    services: &Services,
    request: &Request,
    (ceremony, password, code): (CeremonyId, &str, &str),
) -> Result<Vec<String>> {
    let tx = services.store.begin(&Scope::nothing()).await?;
    let (person, account) = mine(services, &tx, request).await?;
    tx.commit().await?;
    let chosen = Chosen { password, ceremony, code };
    let password = password::take(services, &person, &account.login, chosen).await?;
    let now = services.clock.now();
    let tx = services.store.begin(&Scope::nothing()).await?;
    password::finish(&tx, ceremony, now).await?;
    local_account::set_password(&tx, person.id, Some(&password)).await?;
    // Whoever asked for a link before may not be whoever has changed the password now.
    account_link::end_all_of(&tx, person.id, now).await?;
    let codes = recovery::renew(services, &tx, person.id, now).await?;
    let others = sessions::list_of_person(&tx, person.id).await?.into_iter().map(|session| session.id);
    let current = request.session()?.id;
    sessions::end(&tx, others.filter(|id| *id != current), now).await?;
    changed(services, tx, request, json!({ "set": "password" })).await?;
    Ok(codes)
}

/// Takes the password with its codes away.
///
/// # Errors
/// It is the last way; [`Error::NotFound`] where there is none; [`Error::StepUpRequired`]; storage failed.
pub async fn remove_password(services: &Services, request: &Request) -> Result<()> {
    let tx = services.store.begin(&Scope::nothing()).await?;
    let (person, account) = mine(services, &tx, request).await?;
    if account.password.is_none() {
        return Err(Error::NotFound { kind: "password" });
    }
    not_the_last(&tx, &account).await?;
    local_account::set_password(&tx, person.id, None).await?;
    recovery_code::replace(&tx, person.id, &[], services.clock.now()).await?;
    changed(services, tx, request, json!({ "removed": "password" })).await
}

/// New recovery codes, answered once; those there were count no more.
///
/// # Errors
/// [`Error::NotFound`] where there is no password that they could recover; [`Error::StepUpRequired`]; storage failed.
pub async fn new_recovery_codes(services: &Services, request: &Request) -> Result<Vec<String>> {
    let tx = services.store.begin(&Scope::nothing()).await?;
    let (person, account) = mine(services, &tx, request).await?;
    if account.password.is_none() {
        return Err(Error::NotFound { kind: "password" });
    }
    let codes = recovery::renew(services, &tx, person.id, services.clock.now()).await?;
    changed(services, tx, request, json!({ "set": "recovery codes" })).await?;
    Ok(codes)
}

/// Begins to set up a passkey.
///
/// # Errors
/// [`Error::StepUpRequired`]; the settings do not let this person have one; no passkeys on this server, or too many of that
/// person; storage failed.
pub async fn begin_passkey(services: &Services, request: &Request) -> Result<Challenge> {
    let tx = services.store.begin(&Scope::nothing()).await?;
    let (person, account) = mine(services, &tx, request).await?;
    let challenge = passkey::begin(services, &tx, &person, &account.login).await?;
    tx.commit().await?;
    Ok(challenge)
}

/// Adds a passkey.
///
/// # Errors
/// As [`begin_passkey`]; a device's answer that does not hold; a name that cannot be taken.
pub async fn add_passkey(services: &Services, request: &Request, shown: Shown, name: &str) -> Result<()> {
    let tx = services.store.begin(&Scope::nothing()).await?;
    let (person, _) = mine(services, &tx, request).await?;
    tx.commit().await?;
    let passkey = passkey::finish(services, &person, shown, name).await?;
    let tx = services.store.begin(&Scope::nothing()).await?;
    stored::insert(&tx, &passkey).await?;
    changed(services, tx, request, json!({ "set": "passkey", "passkey": passkey.id })).await
}

/// Takes a passkey away.
///
/// # Errors
/// It is the last way; [`Error::NotFound`] where it is not one's own; [`Error::StepUpRequired`]; storage failed.
pub async fn remove_passkey(services: &Services, request: &Request, id: PasskeyId) -> Result<()> {
    let tx = services.store.begin(&Scope::nothing()).await?;
    let (person, account) = mine(services, &tx, request).await?;
    if !stored::list_of(&tx, person.id).await?.iter().any(|own| own.id == id) {
        return Err(Error::NotFound { kind: "passkey" });
    }
    not_the_last(&tx, &account).await?;
    stored::delete(&tx, person.id, id).await?;
    changed(services, tx, request, json!({ "removed": "passkey", "passkey": id })).await
}

/// The person and their account, made where there was none. They have just shown who they are.
pub(super) async fn mine(services: &Services, tx: &Tx, request: &Request) -> Result<(Person, LocalAccount)> {
    let on = services.local.require()?;
    let id = request.actor()?.person;
    let only_way = person::find_by_identity(tx, &identity(id)).await?.is_some();
    if !only_way && !on.settings.fallback {
        return Err(Error::NotFound { kind: "account" });
    }
    require_fresh(services, request, FRESH)?;
    let person = person::find(tx, id).await?.ok_or(Error::SignInRequired)?;
    if let Some(account) = local_account::find(tx, id).await? {
        return Ok((person, account));
    }
    // Whoever has no address signs in with their id; a passkey needs neither.
    let login = person.email.as_deref().map_or_else(|| id.to_string(), normal_login);
    if local_account::find_by_login(tx, &login).await?.is_some() {
        let da = "En anden konto har din mailadresse. Bed din administrator om at rette det.";
        let en = "Another account has your mail address. Ask your administrator to put that right.";
        return Err(invalid("email", da, en));
    }
    let now = services.clock.now();
    local_account::insert(tx, id, &login, now).await?;
    Ok((person, LocalAccount { person: id, login, created_at: now, password: None }))
}

/// Whoever has no identity provider must keep a way in.
async fn not_the_last(tx: &Tx, account: &LocalAccount) -> Result<()> {
    let passkeys = stored::list_of(tx, account.person).await?.len();
    let ways = passkeys + usize::from(account.password.is_some());
    if ways > 1 || person::find_by_identity(tx, &identity(account.person)).await?.is_none() {
        return Ok(());
    }
    let da = "Det er din eneste måde at logge ind på. Tilføj en anden, før du fjerner den.";
    let en = "It is your only way to sign in. Add another before you remove it.";
    Err(invalid("way", da, en))
}

/// Logs what changed, tells the person by mail, and commits.
pub(super) async fn changed(services: &Services, tx: Tx, request: &Request, what: Value) -> Result<()> {
    let now = services.clock.now();
    let mut log = AccessLog::new(services, request, now)?;
    log.add(UseKind::CredentialsChanged, None, what);
    log.write(&tx).await?;
    let event = EntryId(services.ids.next(now));
    let notice = AccountChanged { person: request.actor()?.person, event };
    enqueue(&tx, &*services.ids, now, &notice).await?;
    tx.commit().await?;
    services.live.ring();
    Ok(())
}
