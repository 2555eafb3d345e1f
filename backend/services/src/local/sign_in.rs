//! Signing in with an account of Varsel's own: two factors, or nothing.

use varsel_domain::PersonId;
use varsel_domain::authz::Scope;
use varsel_domain::organisation::Person;
use varsel_storage::local_account::{self, LocalAccount, Password};
use varsel_storage::{Tx, passkey as stored, person, recovery_code};

use super::attempt::Reason;
use super::passkey::{Answered, Challenge, Shown, answered, ask};
use super::{On, may_enter, normal_login, password, recovery, totp, voucher};
use crate::attempt::{Proof, Tried, check};
use crate::session::{self, Browser};
use crate::{Error, Request, Result, Services};

/// What somebody types to sign in.
#[derive(Clone, Copy)]
pub struct PasswordAttempt<'a> {
    /// Mail address.
    pub login: &'a str,
    /// Password.
    pub password: &'a str,
    /// The code of their app, or a recovery code.
    pub code: &'a str,
    /// A new password, where the old one has run out.
    pub new_password: Option<&'a str>,
}

/// What came of signing in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A session is open; this is the token for the cookie.
    Opened {
        /// The token.
        token: String,
        /// What the browser keeps, so that it is known the next time.
        device: String,
        /// How many recovery codes are left, where one was used.
        codes_left: Option<u64>,
    },
    /// It was refused. Why is not said: who guesses must not learn what was right.
    Refused,
    /// Both factors are right, and the password must be changed: the same again with a new password and a new code.
    PasswordRunOut,
}

/// Signs somebody in by password and code. A password is held to a hash once, whether anybody has that login or not; after
/// too many failures none is looked at for a while; passkeys, the identity provider and a device on which the person has signed in
/// before stay open.
///
/// # Errors
/// [`Error::Blocked`]; [`Error::Busy`]; a new password that cannot be taken; [`Error::Forbidden`] where somebody else was to
/// show once more who they are; no such accounts on this server; storage failed.
pub async fn with_password(
    services: &Services,
    attempt: PasswordAttempt<'_>,
    browser: &Browser,
    asked: &Request,
) -> Result<Entry> {
    services.local.require()?;
    let owner = owner(services, attempt.login).await?;
    let who = owner.map_or(Tried::Name(attempt.login), Tried::Person);
    let (keys, today) = (&services.attempts.keys, services.clock.now().date_naive());
    let known_device = owner.and_then(|owner| keys.known_device(owner, browser.known.as_deref(), today));
    let (origin, request_id) = (&asked.trail.origin, asked.request_id.as_str());
    let ticket = check(services, Proof { who, known_device, origin, request_id }).await?;
    match open(services, attempt, browser).await {
        Ok(Ok(entry)) => {
            ticket.succeeded(services).await?;
            Ok(entry)
        }
        Ok(Err(reason)) => {
            let (cause, code) = reason.registered();
            ticket.refused(services, cause, code).await?;
            match reason {
                Reason::OtherPerson => Err(Error::Forbidden { action: "sign in again as somebody else" }),
                _ => Ok(Entry::Refused),
            }
        }
        // Both factors were right; only the new password cannot be taken.
        Err(error @ Error::Invalid { .. }) => {
            ticket.succeeded(services).await?;
            Err(error)
        }
        Err(error) => {
            ticket.undecided(services).await?;
            Err(error)
        }
    }
}

/// Whose login it is.
async fn owner(services: &Services, login: &str) -> Result<Option<PersonId>> {
    let tx = services.store.begin_snapshot(&Scope::nothing()).await?;
    let account = local_account::find_by_login(&tx, &normal_login(login)).await?;
    tx.commit().await?;
    Ok(account.map(|account| account.person))
}

async fn open(
    services: &Services,
    attempt: PasswordAttempt<'_>,
    browser: &Browser,
) -> Result<Result<Entry, Reason>> {
    let on = services.local.require()?;
    let (account, old, person) = match known(services, on, attempt, browser).await? {
        Ok(found) => found,
        Err(reason) => return Ok(Err(reason)),
    };
    let method = match take_code(services, account.person, &old, attempt.code).await? {
        Ok(method) => method,
        Err(reason) => return Ok(Err(reason)),
    };
    let Some(new) = renewed(services, &account, &old, &person, attempt).await? else {
        return Ok(Ok(Entry::PasswordRunOut));
    };
    let tx = services.store.begin(&Scope::nothing()).await?;
    let Some(current) = unchanged(&tx, person.id, &old).await? else {
        return Ok(Err(Reason::WrongPassword));
    };
    match new {
        Renewed::Same => {}
        Renewed::Hash(phc) => local_account::rehash(&tx, person.id, &old.phc, &phc).await?,
        Renewed::Password(phc) => {
            let new = Password { phc, set_at: services.clock.now(), ..current };
            local_account::set_password(&tx, person.id, Some(&new)).await?;
        }
    }
    let token =
        session::begin(services, &tx, &person, &voucher(services, method.assurance()), browser).await?;
    let codes_left = match method {
        Method::Code => None,
        Method::Recovery => Some(recovery_code::count_left(&tx, person.id).await?),
    };
    tx.commit().await?;
    services.live.ring();
    Ok(Ok(Entry::Opened { token, device: device(services, person.id, browser), codes_left }))
}

/// Begins to sign somebody in by a passkey, whoever it is. No block closes this way: nobody guesses a passkey, and whoever is behind
/// the same address as somebody who guesses must get in.
///
/// # Errors
/// [`Error::Busy`] where too many were begun from there; no passkeys on this server; storage failed.
pub async fn begin_with_passkey(services: &Services, asked: &Request) -> Result<Challenge> {
    services.local.require()?;
    ask(services, asked).await
}

/// Signs in whoever the device says, if its answer holds; one that does not is registered, and counts against the client.
///
/// # Errors
/// The ceremony has run out; [`Error::Forbidden`] where somebody else was to show once more who they are; no passkeys on this
/// server; storage failed.
pub async fn with_passkey(
    services: &Services,
    shown: Shown,
    browser: &Browser,
    asked: &Request,
) -> Result<Entry> {
    let on = services.local.require()?;
    let refuse = |reason: Reason| {
        reason.note(asked);
        Ok(Entry::Refused)
    };
    let passkey = match answered(services, shown).await? {
        Answered::Holds(passkey) => passkey,
        Answered::Unknown => return refuse(Reason::Unknown),
        Answered::Wrong => return refuse(Reason::WrongAnswer),
    };
    let tx = services.store.begin(&Scope::nothing()).await?;
    let Some(person) = person::find(&tx, passkey.person).await? else { return refuse(Reason::Unknown) };
    if !may_enter(on, &tx, person.id).await? {
        return refuse(Reason::NotAllowed);
    }
    if browser.again.is_some_and(|again| again != person.id) {
        Reason::OtherPerson.note(asked);
        return Err(Error::Forbidden { action: "sign in again as somebody else" });
    }
    stored::used(&tx, passkey.id, &passkey.credential, services.clock.now()).await?;
    let token = session::begin(services, &tx, &person, &voucher(services, "passkey"), browser).await?;
    tx.commit().await?;
    services.live.ring();
    Ok(Entry::Opened { token, device: device(services, person.id, browser), codes_left: None })
}

/// What the browser keeps of this sign-in.
pub(super) fn device(services: &Services, person: PersonId, browser: &Browser) -> String {
    let (shown, today) = (browser.known.as_deref(), services.clock.now().date_naive());
    services.attempts.keys.device(person, shown, today, &services.ids.secret())
}

/// Whoever has this login and password, and may sign in this way. The work is the same in each case.
async fn known(
    services: &Services,
    on: &On,
    attempt: PasswordAttempt<'_>,
    browser: &Browser,
) -> Result<Result<(LocalAccount, Password, Person), Reason>> {
    let tx = services.store.begin_snapshot(&Scope::nothing()).await?;
    let account = local_account::find_by_login(&tx, &normal_login(attempt.login)).await?;
    // Looked up for nobody, too.
    let owner = account.as_ref().map_or(PersonId(uuid::Uuid::nil()), |account| account.person);
    let person = person::find(&tx, owner).await?;
    let may_enter = may_enter(on, &tx, owner).await?;
    tx.commit().await?;
    let stored = account.as_ref().and_then(|account| account.password.clone());
    let phc = stored.as_ref().map(|password| password.phc.as_str());
    let right = on.hasher.verify(&password::normal(attempt.password), phc).await?;
    let (Some(account), Some(person)) = (account, person) else { return Ok(Err(Reason::Unknown)) };
    let Some(stored) = stored else { return Ok(Err(Reason::NoPassword)) };
    if !right {
        return Ok(Err(Reason::WrongPassword));
    }
    if !may_enter {
        return Ok(Err(Reason::NotAllowed));
    }
    if browser.again.is_some_and(|again| again != person.id) {
        return Ok(Err(Reason::OtherPerson));
    }
    Ok(Ok((account, stored, person)))
}

/// The second factor that was shown.
#[derive(Clone, Copy)]
enum Method {
    Code,
    Recovery,
}

impl Method {
    /// As it stands in the session.
    fn assurance(self) -> &'static str {
        match self {
            Self::Code => "password+code",
            Self::Recovery => "password+recovery code",
        }
    }
}

/// Takes the second factor, in a transaction of its own: it is used up whatever follows.
async fn take_code(
    services: &Services,
    person: PersonId,
    password: &Password,
    code: &str,
) -> Result<Result<Method, Reason>> {
    let now = services.clock.now();
    let recovers = recovery::is_one(code);
    let step = if recovers { None } else { totp::step_of(&password.totp_secret, code, now)? };
    let tx = services.store.begin(&Scope::nothing()).await?;
    let outcome = match step {
        Some(step) if local_account::take_step(&tx, person, password, step).await? => Ok(Method::Code),
        Some(_) => Err(Reason::UsedCode),
        None if recovers
            && recovery_code::consume(&tx, person, &recovery::hash(person, code), now).await? =>
        {
            Ok(Method::Recovery)
        }
        None => Err(Reason::WrongCode),
    };
    tx.commit().await?;
    Ok(outcome)
}

/// What becomes of the password of somebody who has shown both factors.
enum Renewed {
    Same,
    /// The same password under a hash of today's strength.
    Hash(String),
    /// Another password.
    Password(String),
}

/// None where it has run out and there is no new one.
async fn renewed(
    services: &Services,
    account: &LocalAccount,
    old: &Password,
    person: &Person,
    attempt: PasswordAttempt<'_>,
) -> Result<Option<Renewed>> {
    let on = services.local.require()?;
    let lifetime = on.settings.password_lifetime;
    if lifetime.is_some_and(|lifetime| services.clock.now() - old.set_at >= lifetime) {
        let Some(new) = attempt.new_password else { return Ok(None) };
        if password::normal(new) == password::normal(attempt.password) {
            let da = "Den nye adgangskode er den samme som den gamle. Vælg en anden, og skriv en ny kode fra appen.";
            let en = "The new password is the same as the old one. Choose another, and write a new code of the app.";
            return Err(super::invalid("newPassword", da, en));
        }
        return Ok(Some(Renewed::Password(
            password::rehash_new(services, person, &account.login, new).await?,
        )));
    }
    if on.hasher.is_outdated(&old.phc) {
        let phc = on.hasher.hash(&password::normal(attempt.password), services.ids.secret()).await?;
        return Ok(Some(Renewed::Hash(phc)));
    }
    Ok(Some(Renewed::Same))
}

/// The factors as they are now; none where they were replaced while this attempt was worked on.
async fn unchanged(tx: &Tx, person: PersonId, old: &Password) -> Result<Option<Password>> {
    let now = local_account::find(tx, person).await?.and_then(|account| account.password);
    Ok(now.filter(|now| now.totp_secret == old.totp_secret && now.phc == old.phc))
}
