//! Passkeys (WebAuthn, level 3): setting one up, and showing it. The device verifies its owner, so that it is two factors at
//! once: something they have, with something they are or know.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use varsel_domain::attempt::Cause;
use varsel_domain::authz::Scope;
use varsel_domain::organisation::Person;
use varsel_domain::{CeremonyId, PasskeyId};
use varsel_storage::Tx;
use varsel_storage::ceremony::{self, Ceremony};
use varsel_storage::passkey::{self as stored, Passkey};
use webauthn_rs::prelude::{
    DiscoverableAuthentication, DiscoverableKey, Passkey as Key, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential,
};

use super::invalid;
use crate::{Error, Request, Result, Services};

/// How long the device may take, with its owner.
const PATIENCE: TimeDelta = TimeDelta::minutes(10);
/// How many sign-ins a client may have begun without an end: an office behind one address, and nobody who fills the table.
const MOST_OPEN: u64 = 50;
const SETTING_UP: &str = "set up a passkey";
const SHOWING: &str = "show a passkey";
/// The longest name of a passkey, in characters.
const LONGEST_NAME: usize = 60;
/// How many somebody may have.
const MOST: usize = 10;

/// What the browser asks the device.
#[derive(Debug, Clone, PartialEq)]
pub struct Challenge {
    /// Names the ceremony in what follows.
    pub ceremony: CeremonyId,
    /// For `navigator.credentials`, in the JSON form of WebAuthn.
    pub options: Value,
}

/// What the device answers.
#[derive(Clone)]
pub struct Shown {
    /// The ceremony that it answers.
    pub ceremony: CeremonyId,
    /// The credential, in the JSON form of WebAuthn.
    pub credential: Value,
}

/// Begins to set up a passkey for somebody.
///
/// # Errors
/// No passkeys on this server, or too many of that person; storage failed.
pub(super) async fn begin(services: &Services, tx: &Tx, person: &Person, login: &str) -> Result<Challenge> {
    let webauthn = services.local.require_webauthn()?;
    let own = stored::list_of(tx, person.id).await?;
    if own.len() >= MOST {
        let da = format!("Du har allerede {MOST} adgangsnøgler. Fjern en, før du tilføjer en ny.");
        let en = format!("You have {MOST} passkeys already. Remove one before you add another.");
        return Err(invalid("passkey", da, en));
    }
    let known = own.iter().map(key).collect::<Result<Vec<_>>>()?;
    let known = known.iter().map(|key| key.cred_id().clone()).collect();
    let begun = webauthn.start_passkey_registration(person.id.0, login, &person.name, Some(known));
    let (options, state) = begun.map_err(internal)?;
    let mut options = to_json(&options)?;
    // The device keeps it with the person's id, so that signing in begins without a login.
    if let Some(selection) =
        options.pointer_mut("/publicKey/authenticatorSelection").and_then(Value::as_object_mut)
    {
        selection.insert("residentKey".to_owned(), json!("required"));
        selection.insert("requireResidentKey".to_owned(), json!(true));
    }
    remember(services, tx, SETTING_UP, Whose::Person(person), (options, to_json(&state)?)).await
}

/// The passkey that a device has set up; it is not stored yet. The ceremony is over whatever comes of it.
///
/// # Errors
/// An answer that does not hold, or a name that cannot be taken; storage failed.
pub(super) async fn finish(
    services: &Services,
    person: &Person,
    shown: Shown,
    name: &str,
) -> Result<Passkey> {
    let now = services.clock.now();
    let name = name_of(name)?;
    let webauthn = services.local.require_webauthn()?;
    let begun =
        taken(services, shown.ceremony, SETTING_UP).await?.filter(|begun| begun.person == Some(person.id));
    let Some(begun) = begun else { return Err(run_out()) };
    let state: PasskeyRegistration = from_json(begun.state)?;
    let answer = serde_json::from_value::<RegisterPublicKeyCredential>(shown.credential).ok();
    let key = answer.and_then(|answer| webauthn.finish_passkey_registration(&answer, &state).ok());
    let Some(key) = key else {
        let da = "Enhedens svar kunne ikke bekræftes. Prøv igen; virker det ikke, så brug en anden enhed.";
        let en = "The device's answer could not be verified. Try again; if that fails, use another device.";
        return Err(invalid("passkey", da, en));
    };
    Ok(Passkey {
        id: PasskeyId(services.ids.next(now)),
        person: person.id,
        credential_id: id_of(key.cred_id().as_ref()),
        credential: to_json(&key)?,
        name,
        created_at: now,
        last_used_at: None,
    })
}

/// Begins to sign somebody in, whoever it is: the device says that.
///
/// # Errors
/// [`Error::Busy`] where the client has begun too often without an end; no passkeys on this server; storage failed.
pub(super) async fn ask(services: &Services, asked: &Request) -> Result<Challenge> {
    let webauthn = services.local.require_webauthn()?;
    let (options, state) = webauthn.start_discoverable_authentication().map_err(internal)?;
    let client = asked.trail.origin.client.0.as_str();
    let tx = services.store.begin(&Scope::nothing()).await?;
    if ceremony::open_of(&tx, client, services.clock.now()).await? >= MOST_OPEN {
        asked.trail.note(Cause::Limit, "BUSY");
        return Err(Error::Busy);
    }
    let begun = (to_json(&options)?, to_json(&state)?);
    let challenge = remember(services, &tx, SHOWING, Whose::Client(client), begun).await?;
    tx.commit().await?;
    Ok(challenge)
}

/// What came of a device's answer.
pub(super) enum Answered {
    /// It holds: the passkey, with its counter moved on.
    Holds(Box<Passkey>),
    /// Nobody has this passkey here.
    Unknown,
    /// It is no answer to what was asked, or not of that passkey.
    Wrong,
}

/// Holds a device's answer to what was asked. The ceremony is over whatever comes of it.
///
/// # Errors
/// The ceremony has run out or is over; storage failed.
pub(super) async fn answered(services: &Services, shown: Shown) -> Result<Answered> {
    let webauthn = services.local.require_webauthn()?;
    let Some(begun) = taken(services, shown.ceremony, SHOWING).await? else { return Err(run_out()) };
    let state: DiscoverableAuthentication = from_json(begun.state)?;
    let Ok(answer) = serde_json::from_value::<PublicKeyCredential>(shown.credential) else {
        return Ok(Answered::Wrong);
    };
    let Ok((person, credential)) = webauthn.identify_discoverable_authentication(&answer) else {
        return Ok(Answered::Wrong);
    };
    let tx = services.store.begin_snapshot(&Scope::nothing()).await?;
    let known = stored::find_by_credential(&tx, &id_of(credential)).await?;
    tx.commit().await?;
    let Some(mut known) = known.filter(|known| known.person.0 == person) else {
        return Ok(Answered::Unknown);
    };
    let mut key = key(&known)?;
    let result = webauthn.finish_discoverable_authentication_v2(&answer, state, DiscoverableKey::from(&key));
    let Some(result) = result.ok().filter(webauthn_rs::prelude::AuthenticationResult::user_verified) else {
        return Ok(Answered::Wrong);
    };
    key.update_credential(&result);
    known.credential = to_json(&key)?;
    Ok(Answered::Holds(Box::new(known)))
}

/// Who begins a ceremony.
enum Whose<'a> {
    Person(&'a Person),
    /// Nobody knows yet who is there.
    Client(&'a str),
}

async fn remember(
    services: &Services,
    tx: &Tx,
    purpose: &str,
    whose: Whose<'_>,
    (options, state): (Value, Value),
) -> Result<Challenge> {
    let now = services.clock.now();
    let id = CeremonyId(services.ids.next(now));
    let (person, client) = match whose {
        Whose::Person(person) => (Some(person.id), None),
        Whose::Client(client) => (None, Some(client.to_owned())),
    };
    let begun =
        Ceremony { id, purpose: purpose.to_owned(), person, client, state, expires_at: now + PATIENCE };
    ceremony::insert(tx, &begun, now).await?;
    Ok(Challenge { ceremony: id, options })
}

async fn taken(services: &Services, id: CeremonyId, purpose: &str) -> Result<Option<Ceremony>> {
    let tx = services.store.begin(&Scope::nothing()).await?;
    let begun = ceremony::take(&tx, id, purpose, services.clock.now()).await?;
    tx.commit().await?;
    Ok(begun)
}

fn name_of(name: &str) -> Result<String> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.contains(char::is_control) {
        let da = format!("Skriv et navn på 1-{LONGEST_NAME} tegn, så du kan kende enheden igen.");
        let en = format!("Write a name of 1-{LONGEST_NAME} characters by which you will know the device.");
        return Err(invalid("name", da, en));
    }
    Ok(name.to_owned())
}

fn run_out() -> Error {
    let da = "Der gik for lang tid, eller svaret er brugt. Begynd forfra.";
    let en = "It took too long, or the answer has been used. Begin again.";
    invalid("ceremony", da, en)
}

fn key(passkey: &Passkey) -> Result<Key> {
    from_json(passkey.credential.clone())
}

fn id_of(credential: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(credential)
}

fn to_json(value: &impl Serialize) -> Result<Value> {
    serde_json::to_value(value).map_err(internal)
}

fn from_json<T: DeserializeOwned>(value: Value) -> Result<T> {
    serde_json::from_value(value).map_err(internal)
}

fn internal(error: impl std::fmt::Display) -> Error {
    Error::Internal(format!("passkeys: {error}"))
}
