//! What somebody does with the link that was sent to them: choose how they sign in. There is no session before they have.

use serde_json::json;
use varsel_domain::access::UseKind;
use varsel_domain::authz::Scope;
use varsel_domain::organisation::Person;
use varsel_domain::{CeremonyId, EntryId};
use varsel_storage::account_link::{self, AccountLink, Purpose};
use varsel_storage::local_account::{self, LocalAccount};
use varsel_storage::{Tx, passkey as stored, person};

use super::attempt::Reason;
use super::passkey::{self, Challenge, Shown};
use super::password::{self, Chosen, CodeSetup};
use super::sign_in::device;
use super::take_all;
use super::{invalid, may_enter, recovery, voucher};
use crate::access::AccessLog;
use crate::job::{AccountChanged, enqueue};
use crate::session::{self, Browser};
use crate::{Error, Request, Result, Services};

/// What the page shows to whoever opens a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Welcome {
    /// Whether they had ways to sign in before, which the new ones replace.
    pub again: bool,
    /// Name.
    pub name: String,
    /// What they will sign in with.
    pub login: String,
    /// What an app needs, should they choose a password.
    pub codes: CodeSetup,
}

/// Somebody has chosen, and is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// The token for the cookie.
    pub token: String,
    /// What the browser keeps, so that it is known the next time.
    pub device: String,
    /// Recovery codes, to be shown once; none with a passkey.
    pub recovery_codes: Vec<String>,
}

/// Opens a link.
///
/// # Errors
/// The link is none, was used or has run out; storage failed.
pub async fn open(services: &Services, token: &str, asked: &Request) -> Result<Welcome> {
    let found = find(services, token, asked).await?;
    let tx = services.store.begin(&Scope::nothing()).await?;
    let codes = password::begin(services, &tx, found.person.id, &found.account.login).await?;
    tx.commit().await?;
    let again = found.link.purpose == Purpose::Reset;
    Ok(Welcome { again, name: found.person.name, login: found.account.login, codes })
}

/// Chooses a password with codes.
///
/// # Errors
/// As [`open`]; a password or code that cannot be taken, or [`Error::Busy`].
pub async fn with_password(
    services: &Services,
    token: &str,
    (ceremony, password, code): (CeremonyId, &str, &str),
    browser: &Browser,
    asked: &Request,
) -> Result<Enrolment> {
    let found = find(services, token, asked).await?;
    let chosen = Chosen { password, ceremony, code };
    let password = password::take(services, &found.person, &found.account.login, chosen).await?;
    let now = services.clock.now();
    let tx = services.store.begin(&Scope::nothing()).await?;
    begin_anew(services, &tx, &found).await?;
    password::finish(&tx, ceremony, now).await?;
    local_account::set_password(&tx, found.person.id, Some(&password)).await?;
    let recovery_codes = recovery::renew(services, &tx, found.person.id, now).await?;
    let token = enter(services, &tx, &found.person, "password+code", (browser, asked)).await?;
    tx.commit().await?;
    services.live.ring();
    Ok(Enrolment { token, device: device(services, found.person.id, browser), recovery_codes })
}

/// Begins to set up a passkey.
///
/// # Errors
/// As [`open`]; no passkeys on this server.
pub async fn begin_passkey(services: &Services, token: &str, asked: &Request) -> Result<Challenge> {
    let found = find(services, token, asked).await?;
    let tx = services.store.begin(&Scope::nothing()).await?;
    let challenge = passkey::begin(services, &tx, &found.person, &found.account.login).await?;
    tx.commit().await?;
    Ok(challenge)
}

/// Chooses a passkey.
///
/// # Errors
/// As [`open`]; a device's answer that does not hold; a name that cannot be taken.
pub async fn with_passkey(
    services: &Services,
    token: &str,
    (shown, name): (Shown, &str),
    browser: &Browser,
    asked: &Request,
) -> Result<Enrolment> {
    let found = find(services, token, asked).await?;
    let passkey = passkey::finish(services, &found.person, shown, name).await?;
    let tx = services.store.begin(&Scope::nothing()).await?;
    begin_anew(services, &tx, &found).await?;
    stored::insert(&tx, &passkey).await?;
    let token = enter(services, &tx, &found.person, "passkey", (browser, asked)).await?;
    tx.commit().await?;
    services.live.ring();
    Ok(Enrolment { token, device: device(services, found.person.id, browser), recovery_codes: Vec::new() })
}

/// A link that works, and whose it is.
struct Found {
    link: AccountLink,
    account: LocalAccount,
    person: Person,
}

async fn find(services: &Services, token: &str, asked: &Request) -> Result<Found> {
    let on = services.local.require()?;
    let tx = services.store.begin_snapshot(&Scope::nothing()).await?;
    let link = account_link::find_open(&tx, &session::hash(token.trim()), services.clock.now()).await?;
    let Some(link) = link.filter(|link| link.purpose != Purpose::Email) else {
        Reason::Unknown.note(asked);
        return Err(over());
    };
    if !may_enter(on, &tx, link.person).await? {
        Reason::NotAllowed.note(asked);
        return Err(over());
    }
    let account = local_account::find(&tx, link.person).await?.ok_or_else(over)?;
    let person = person::find(&tx, link.person).await?.ok_or_else(over)?;
    tx.commit().await?;
    Ok(Found { link, account, person })
}

/// What a link that works no more is answered with; also for addresses.
pub(super) fn over() -> Error {
    let da = "Linket er brugt, erstattet af et nyere eller mere end 24 timer gammelt. Bed din administrator om et nyt.";
    let en = "The link has been used, replaced by a newer one, or is more than 24 hours old. Ask your administrator for a new one.";
    invalid("token", da, en)
}

/// Uses the link up; what the person had before is gone.
async fn begin_anew(services: &Services, tx: &Tx, found: &Found) -> Result<()> {
    let now = services.clock.now();
    if !account_link::consume(tx, found.link.id, now).await? {
        return Err(over());
    }
    take_all(tx, found.person.id, now).await
}

/// Logs it, tells the person by mail, and opens their session.
async fn enter(
    services: &Services,
    tx: &Tx,
    person: &Person,
    assurance: &str,
    (browser, asked): (&Browser, &Request),
) -> Result<String> {
    let now = services.clock.now();
    let request = Request { actor: Some(person.without_rights()), ..asked.clone() };
    let mut log = AccessLog::new(services, &request, now)?;
    log.add(UseKind::CredentialsChanged, None, json!({ "set": assurance, "by": "link" }));
    log.write(tx).await?;
    let event = EntryId(services.ids.next(now));
    enqueue(tx, &*services.ids, now, &AccountChanged { person: person.id, event }).await?;
    session::begin(services, tx, person, &voucher(services, assurance), browser).await
}
