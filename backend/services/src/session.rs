//! Sessions: opened by a sign-in, kept as hashes, ended by time or by the person.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use varsel_domain::organisation::{Identity, Language, Organisation, Person};
use varsel_domain::rules::{Text, UnitKind};
use varsel_domain::{Actor, OrganisationId, PersonId, Role, SessionId, UnitId};
use varsel_storage::session::{self as stored, Session};
use varsel_storage::{Tx, organisation, person};

use crate::report::receipt::hexadecimal;
use crate::{Error, Result, Services};

/// How long a session lasts, used or not.
const LONGEST: TimeDelta = TimeDelta::hours(12);
/// How long it lasts unused.
const IDLE: TimeDelta = TimeDelta::hours(8);
/// How exactly its last use is kept: a write for each request would be too many.
const TOUCH_EVERY: TimeDelta = TimeDelta::minutes(1);

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
}

/// Opens a session for a person; the token is for the cookie and is stored only as a hash.
///
/// # Errors
/// No such person, or storage failed.
pub async fn open(services: &Services, person: PersonId) -> Result<String> {
    let now = services.clock.now();
    let tx = services.store.begin().await?;
    if person::find(&tx, person).await?.is_none() {
        return Err(Error::NotFound { kind: "person" });
    }
    let token = begin(services, &tx, person, now).await?;
    tx.commit().await?;
    Ok(token)
}

/// Finds or registers the person of these claims (and the organisation, by its CVR number) and opens a session.
///
/// A known person takes the name, address, language and function that the provider says now.
///
/// # Errors
/// Claims that give no function (neither one for the platform, nor a unit, nor a CVR number), or storage failed.
pub async fn open_for_claims(services: &Services, claims: Claims) -> Result<String> {
    match sign_in(services, &claims).await {
        // Somebody else registered the same person or organisation at the same moment: now it is known.
        Err(Error::Storage(varsel_storage::Error::AlreadyExists { .. })) => sign_in(services, &claims).await,
        outcome => outcome,
    }
}

/// Who the token belongs to; none when it is unknown, ended or older than 12 hours (8 hours unused).
///
/// # Errors
/// Storage failed.
pub async fn actor(services: &Services, token: &str) -> Result<Option<Actor>> {
    let now = services.clock.now();
    let tx = services.store.begin().await?;
    let Some(session) = stored::find_by_token(&tx, &hash(token)).await? else { return Ok(None) };
    if !is_alive(&session, now) {
        return Ok(None);
    }
    let Some(person) = person::find(&tx, session.person).await? else { return Ok(None) };
    if now - session.last_used_at >= TOUCH_EVERY {
        stored::touch(&tx, session.id, now).await?;
    }
    tx.commit().await?;
    Ok(Some(person.actor()))
}

/// Ends a session.
///
/// # Errors
/// Storage failed.
pub async fn end(services: &Services, token: &str) -> Result<()> {
    let now = services.clock.now();
    let tx = services.store.begin().await?;
    if let Some(session) = stored::find_by_token(&tx, &hash(token)).await? {
        stored::end(&tx, session.id, now).await?;
    }
    Ok(tx.commit().await?)
}

fn hash(token: &str) -> String {
    hexadecimal(token.as_bytes())
}

fn is_alive(session: &Session, now: DateTime<Utc>) -> bool {
    session.ended_at.is_none() && now - session.created_at < LONGEST && now - session.last_used_at < IDLE
}

async fn begin(services: &Services, tx: &Tx, person: PersonId, now: DateTime<Utc>) -> Result<String> {
    let token = URL_SAFE_NO_PAD.encode(services.ids.secret());
    let session = Session {
        id: SessionId(services.ids.next(now)),
        token_sha256: hash(&token),
        person,
        created_at: now,
        last_used_at: now,
        ended_at: None,
    };
    stored::insert(tx, &session).await?;
    Ok(token)
}

async fn sign_in(services: &Services, claims: &Claims) -> Result<String> {
    let now = services.clock.now();
    let tx = services.store.begin().await?;
    let role = role(services, &tx, claims, now).await?;
    let identity = Identity { issuer: claims.issuer.clone(), subject: claims.subject.clone() };
    let known = person::find_by_identity(&tx, &identity).await?;
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
    match known {
        None => person::insert(&tx, &identity, &said).await?,
        Some(known) if known != said => person::update(&tx, &said).await?,
        Some(_) => {}
    }
    let token = begin(services, &tx, said.id, now).await?;
    tx.commit().await?;
    Ok(token)
}

/// The function these claims give. A function for the platform comes first, then a unit, then a CVR number: whoever
/// has one of the former may have the latter, too.
async fn role(services: &Services, tx: &Tx, claims: &Claims, now: DateTime<Utc>) -> Result<Role> {
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
