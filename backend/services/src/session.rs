//! Sessions: opened by a sign-in, kept as hashes, ended by time, by the person, by an administrator or by the provider.

mod administrator;
mod device;
mod limits;
mod own;
mod provider_logout;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use varsel_domain::attempt::Cause;
use varsel_domain::authz::Scope;
use varsel_domain::organisation::{Identity, Language, Organisation, Person};
use varsel_domain::rules::{Text, UnitKind};
use varsel_domain::{Actor, OrganisationId, PersonId, Role, SessionId, UnitId};
use varsel_storage::session::{self as stored, Session};
use varsel_storage::{Tx, bootstrap_token, organisation, person};

pub(crate) use administrator::has_administrator;
pub use administrator::{Invitation, become_administrator, invite_administrator};
pub use device::device;
pub use limits::Limits;
pub use own::{SessionView, end_all_of, end_others, end_own, list_own};
pub use provider_logout::{Logout, LogoutOutcome, provider_logout};
pub use varsel_storage::session::Voucher;

use crate::authorisation::{Grants, by_claims, party};
use crate::networks::{self, InUseBy};
use crate::report::receipt::hexadecimal;
use crate::{Error, InUse, Request, Result, Sender, Services, provider};

/// How recently, in minutes, somebody must have signed in to do something sensitive.
pub(crate) const FRESH: i64 = 10;

/// What an identity provider says of a person who signed in.
#[derive(Debug, Clone)]
pub struct Claims {
    /// Issuer and subject: together the person's key, for ever.
    pub issuer: String,
    /// See `issuer`.
    pub subject: String,
    /// Name.
    pub name: String,
    /// Address, where given.
    pub email: Option<String>,
    /// CVR number of the organisation for which the person may report.
    pub cvr: Option<String>,
    /// Legal name of that organisation.
    pub organisation_name: Option<String>,
    /// The unit the person works for, where the provider is an authority's.
    pub unit: Option<String>,
    /// A function for the platform itself: `administrator` or `security_officer`.
    pub function: Option<String>,
    /// What the provider knows the human being by, across accounts.
    pub natural_person: Option<String>,
    /// Language.
    pub language: Language,
    /// Which rights all this gives.
    pub grants: Grants,
    /// Who vouches for all this, and how.
    pub voucher: Voucher,
}

/// The browser in which somebody signs in.
#[derive(Debug, Clone, Default)]
pub struct Browser {
    /// What it is, in words: see [`device`].
    pub device: Option<String>,
    /// What it shows of those who have signed in with it before: see [`crate::attempt::Keys::device`].
    pub known: Option<String>,
    /// The session it had: that one ends when the new one begins.
    pub previous: Option<SessionId>,
    /// Who must be signing in, where a person shows once more who they are.
    pub again: Option<PersonId>,
}

/// Opens a session for a person of the demo; the token is for the cookie and is stored only as a hash.
///
/// # Errors
/// No such person, or storage failed.
pub async fn open(services: &Services, person: PersonId, browser: &Browser) -> Result<String> {
    let now = services.clock.now();
    let tx = services.store.begin(&Scope::nothing()).await?;
    let Some(person) = person::find(&tx, person).await? else {
        return Err(Error::NotFound { kind: "person" });
    };
    let voucher = Voucher { authenticated_at: Some(now), ..Voucher::default() };
    let token = begin(services, &tx, &person, &voucher, browser).await?;
    tx.commit().await?;
    services.live.ring();
    Ok(token)
}

/// Finds or registers the person of these claims (and the organisation, by its CVR number) and opens a session.
///
/// A known person takes the name, address, language and function that the provider says now.
///
/// # Errors
/// [`provider::KIND`] not found: two have trusted the provider on other settings meanwhile; claims that give no function (neither one for the platform, nor a unit, nor a CVR number); [`Error::Forbidden`] where
/// somebody else was to show once more who they are; storage failed.
pub async fn open_for_claims(services: &Services, claims: Claims, browser: &Browser) -> Result<String> {
    let token = match sign_in(services, &claims, browser).await {
        // Somebody else registered the same person or organisation at the same moment: now it is known.
        Err(Error::Storage(varsel_storage::Error::AlreadyExists { .. })) => {
            sign_in(services, &claims, browser).await
        }
        outcome => outcome,
    }?;
    services.live.ring();
    Ok(token)
}

/// The session a token belongs to, and who acts in it; none when it is unknown, ended or past its [`Limits`]. `from` is the request
/// that shows it, where there is one: sessions that are in use from two networks at once raise an alarm.
///
/// # Errors
/// Storage failed.
pub async fn find(
    services: &Services,
    token: &str,
    from: Option<Sender<'_>>,
) -> Result<Option<(Actor, InUse)>> {
    let now = services.clock.now();
    let tx = services.store.begin(&Scope::nothing()).await?;
    let Some(session) = stored::find_by_token(&tx, &hash(token)).await? else { return Ok(None) };
    let Some(current) = alive(services, &tx, &session, now).await? else { return Ok(None) };
    let (used, last) = (InUseBy::sessions_of(session.person), (Some(session.last_used_at), session.network));
    if let Some(now) = networks::follow(services, &tx, (used, last), from).await? {
        stored::touch(&tx, session.id, now).await?;
    }
    tx.commit().await?;
    Ok(Some(current))
}

/// Whose session a token opened, whether or not it still runs; none where there never was one.
///
/// # Errors
/// Storage failed.
pub async fn last_holder(services: &Services, token: &str) -> Result<Option<PersonId>> {
    let tx = services.store.begin_snapshot(&Scope::nothing()).await?;
    let session = stored::find_by_token(&tx, &hash(token)).await?;
    tx.commit().await?;
    Ok(session.map(|session| session.person))
}

/// Whether the request's session still runs, still for the same person in the same role, and with all the rights that
/// the request has. It does not count as use: a live view that nobody touches must not keep a session open.
///
/// # Errors
/// [`Error::SignInRequired`] when it does not run; [`Error::NotFound`] when a right has ended; storage failed.
pub async fn still_holds(services: &Services, request: &Request) -> Result<()> {
    let (id, actor) = (request.session()?.id, request.actor()?);
    let tx = services.store.begin_snapshot(&Scope::nothing()).await?;
    let Some(session) = stored::find(&tx, id).await? else { return Err(Error::SignInRequired) };
    let current = alive(services, &tx, &session, services.clock.now()).await?;
    tx.commit().await?;
    current.ok_or(Error::SignInRequired).and_then(|(now, _)| still_acts(&now, actor))
}

/// Whether somebody is still who they were, with the rights they had.
///
/// # Errors
/// [`Error::SignInRequired`]: another person or role; [`Error::NotFound`]: a right has ended.
pub(crate) fn still_acts(now: &Actor, then: &Actor) -> Result<()> {
    if (now.person, &now.role) != (then.person, &then.role) {
        return Err(Error::SignInRequired);
    }
    now.rights.include(&then.rights).then_some(()).ok_or(Error::NotFound { kind: "right" })
}

/// For sensitive acts: the person must have shown who they are in the last `minutes`. Where the provider did not say
/// when that was, they must show it now.
///
/// # Errors
/// [`Error::StepUpRequired`] when it is longer ago; [`Error::SignInRequired`] where nobody is signed in.
pub fn require_fresh(services: &Services, request: &Request, minutes: i64) -> Result<()> {
    request.actor()?;
    let authenticated_at = request.session.as_ref().and_then(|session| session.authenticated_at);
    let limit = TimeDelta::minutes(minutes);
    let fresh = authenticated_at.is_some_and(|at| services.clock.now() - at <= limit);
    if fresh {
        return Ok(());
    }
    request.trail.note(Cause::StepUp, "STEP_UP_REQUIRED");
    Err(Error::StepUpRequired)
}

/// Ends the session of a token. What it was, for the provider that must hear of it.
///
/// # Errors
/// Storage failed.
pub async fn end(services: &Services, token: &str) -> Result<Option<Session>> {
    let tx = services.store.begin(&Scope::nothing()).await?;
    let session = stored::find_by_token(&tx, &hash(token)).await?;
    stored::end(&tx, session.iter().map(|session| session.id), services.clock.now()).await?;
    tx.commit().await?;
    services.live.ring();
    Ok(session)
}

pub(crate) fn hash(token: &str) -> String {
    hexadecimal(token.as_bytes())
}

/// Who acts in a session that has neither been ended nor run out.
async fn alive(
    services: &Services,
    tx: &Tx,
    session: &Session,
    now: DateTime<Utc>,
) -> Result<Option<(Actor, InUse)>> {
    let Some(person) = party(services, tx, session.person, now).await? else { return Ok(None) };
    if !services.sessions.admit(session, person.role.kind(), now) {
        return Ok(None);
    }
    Ok(Some((person.actor(), InUse { id: session.id, authenticated_at: session.voucher.authenticated_at })))
}

/// A new session with a new token; the one this browser had ends, and so do the oldest where there are too many.
pub(crate) async fn begin(
    services: &Services,
    tx: &Tx,
    person: &Person,
    voucher: &Voucher,
    browser: &Browser,
) -> Result<String> {
    let now = services.clock.now();
    let open = stored::list_of_person(tx, person.id).await?;
    let (running, over): (Vec<_>, Vec<_>) =
        open.into_iter().partition(|session| services.sessions.admit(session, person.role.kind(), now));
    let kept = running.into_iter().filter(|session| Some(session.id) != browser.previous);
    let oldest = kept.skip(services.sessions.parallel.saturating_sub(1)).chain(over);
    stored::end(tx, oldest.map(|session| session.id).chain(browser.previous), now).await?;
    let token = URL_SAFE_NO_PAD.encode(services.ids.secret());
    let session = Session {
        id: SessionId(services.ids.next(now)),
        token_sha256: hash(&token),
        person: person.id,
        created_at: now,
        last_used_at: now,
        ended_at: None,
        voucher: voucher.clone(),
        device: browser.device.clone(),
        network: None,
    };
    stored::insert(tx, &session).await?;
    Ok(token)
}

async fn sign_in(services: &Services, claims: &Claims, browser: &Browser) -> Result<String> {
    let now = services.clock.now();
    let tx = services.store.begin(&Scope::nothing()).await?;
    if let Some(provider) = &claims.voucher.provider
        && !provider::is_trusted_in(services, &tx, provider).await?
    {
        return Err(Error::NotFound { kind: provider::KIND });
    }
    let identity = Identity { issuer: claims.issuer.clone(), subject: claims.subject.clone() };
    let known = person::find_by_identity(&tx, &identity).await?;
    if browser.again.is_some_and(|again| known.as_ref().map(|person| person.id) != Some(again)) {
        return Err(Error::Forbidden { action: "sign in again as somebody else" });
    }
    let named = match &known {
        Some(person) => bootstrap_token::was_used_by(&tx, person.id).await?,
        None => false,
    };
    // Who became an administrator here, and not by their provider, stays one.
    let role = if named && claims.function.is_none() {
        Role::Administrator
    } else {
        role(services, &tx, claims, now).await?
    };
    let said = Person {
        id: known.as_ref().map_or_else(|| PersonId(services.ids.next(now)), |person| person.id),
        name: claims.name.clone(),
        email: claims.email.clone(),
        language: claims.language,
        role,
        natural_key: claims.natural_person.as_ref().map(|key| hash(key)),
        demo_handle: None,
        title: None,
    };
    match &known {
        None => person::insert(&tx, &identity, &said).await?,
        Some(known) if *known != said => person::update(&tx, &said).await?,
        Some(_) => {}
    }
    let provider = claims.voucher.provider.as_deref().unwrap_or(&claims.issuer);
    // A provider that did not make somebody an administrator gives no right to administer.
    let grants = if named && claims.function.is_none() { Grants::Authorisations } else { claims.grants };
    by_claims(services, &tx, (known.as_ref(), &said), (grants, provider), now).await?;
    let token = begin(services, &tx, &said, &claims.voucher, browser).await?;
    tx.commit().await?;
    Ok(token)
}

/// The function these claims give. A function for the platform comes first, then a unit, then a CVR number: whoever
/// has one of the former may have the latter, too.
pub(crate) async fn role(services: &Services, tx: &Tx, claims: &Claims, now: DateTime<Utc>) -> Result<Role> {
    if let Some(function) = &claims.function {
        return match function.as_str() {
            "administrator" => Ok(Role::Administrator),
            "security_officer" => Ok(Role::SecurityOfficer),
            _ => {
                let da = "Varsel kender ikke funktionen. Den skal være administrator eller security_officer.";
                let en = "Varsel has no such function. It must be administrator or security_officer.";
                Err(invalid("function", da, en))
            }
        };
    }
    if let Some(unit) = &claims.unit {
        let kind = services.packs.in_force(now).unit(unit).map(|unit| unit.kind);
        let unit = UnitId(unit.clone());
        return match kind {
            Some(UnitKind::Spoc) => Ok(Role::Coordinator { unit }),
            Some(_) => Ok(Role::Officer { unit }),
            None => {
                Err(invalid("unit", "Regelpakken kender ikke enheden.", "The rule pack has no such unit."))
            }
        };
    }
    let Some(cvr) = &claims.cvr else {
        let da = "Din login-udbyder siger hverken, hvilket CVR-nummer du indberetter for, eller hvilken enhed du arbejder i.";
        let en =
            "Your sign-in provider gives neither a CVR number to report for nor a unit that you work in.";
        return Err(invalid("cvr", da, en));
    };
    if let Some(known) = organisation::find_by_cvr(tx, cvr).await? {
        return Ok(Role::Reporter { organisation: known.id });
    }
    if cvr.len() != 8 || !cvr.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(invalid("cvr", "Et CVR-nummer har otte cifre.", "A CVR number has eight digits."));
    }
    let name = claims.organisation_name.clone().unwrap_or_else(|| format!("CVR {cvr}"));
    let new = Organisation {
        id: OrganisationId(services.ids.next(now)),
        registered_facts: serde_json::json!({ "org.cvr": cvr }),
        name,
        cvr: Some(cvr.clone()),
    };
    organisation::insert(tx, &new).await?;
    Ok(Role::Reporter { organisation: new.id })
}

fn invalid(field: &'static str, da: &str, en: &str) -> Error {
    Error::Invalid { field, message: Text { da: da.to_owned(), en: en.to_owned() } }
}
