//! The first administrator: whoever runs the server makes a token, and whoever signs in with it becomes one.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use varsel_domain::access::UseKind;
use varsel_domain::attempt::Cause;
use varsel_domain::authorisation::{Function, Reach};
use varsel_domain::authz::Scope;
use varsel_domain::organisation::Person;
use varsel_domain::rules::Text;
use varsel_domain::{Actor, Ids, Role};
use varsel_storage::{Store, Tx, authorisation, bootstrap_token, person};

use super::{FRESH, hash, require_fresh};
use crate::access::{AccessLog, write_at_command_line};
use crate::attempt::{self, Proof, Tried};
use crate::authorisation::{by_bootstrap, party};
use crate::{Error, Request, Result, Services};

/// How long a token can be used.
const LIFETIME: TimeDelta = TimeDelta::minutes(30);

/// What came of asking for a token.
#[derive(Debug)]
pub enum Invitation {
    /// The token; it is stored only as a hash.
    Made(String),
    /// There is an administrator already, and no reason was given for another way in.
    NotNeeded,
}

/// Makes a one-time token. Where there is an administrator already, a reason must say why it is needed. Both go into the
/// access log.
///
/// # Errors
/// Storage failed.
pub async fn invite_administrator(
    store: &Store,
    ids: &dyn Ids,
    now: DateTime<Utc>,
    reason: Option<&str>,
) -> Result<Invitation> {
    let tx = store.begin(&Scope::nothing()).await?;
    if reason.is_none() && has_administrator(&tx, now).await? {
        return Ok(Invitation::NotNeeded);
    }
    let token = URL_SAFE_NO_PAD.encode(ids.secret());
    bootstrap_token::insert(&tx, &hash(&token), reason, now, now + LIFETIME).await?;
    let done = (now, "varsel admin bootstrap");
    write_at_command_line(ids, &tx, done, UseKind::AdministratorInvited, json!({ "reason": reason })).await?;
    tx.commit().await?;
    Ok(Invitation::Made(token))
}

/// Makes the person who is signed in an administrator, if the token is right. It counts once.
///
/// # Errors
/// [`Error::StepUpRequired`] where they did not sign in just now; [`Error::Blocked`] after too many wrong ones;
/// [`Error::Invalid`] where the token is none, was used or has run out, or they audit: it can be used afterwards; storage failed.
pub async fn become_administrator(services: &Services, request: &Request, token: &str) -> Result<Actor> {
    require_fresh(services, request, FRESH)?;
    let (now, actor) = (services.clock.now(), request.actor()?);
    let (origin, request_id) = (&request.trail.origin, request.request_id.as_str());
    let proof = Proof { who: Tried::Person(actor.person), known_device: None, origin, request_id };
    let ticket = attempt::check(services, proof).await?;
    let tx = services.store.begin(&Scope::nothing()).await?;
    if !bootstrap_token::consume(&tx, &hash(token.trim()), actor.person, now).await? {
        drop(tx);
        ticket.refused(services, Cause::SignInRefused, "ADMINISTRATOR_TOKEN").await?;
        let da = "Koden er forkert, brugt eller mere end 30 minutter gammel. Bed driften om en ny.";
        let en = "The token is wrong, used, or more than 30 minutes old. Ask operations for a new one.";
        let message = Text { da: da.to_owned(), en: en.to_owned() };
        return Err(Error::Invalid { field: "token", message });
    }
    let Some(known) = person::find(&tx, actor.person).await? else { return Err(Error::SignInRequired) };
    let named = Person { role: Role::Administrator, ..known };
    person::update(&tx, &named).await?;
    if let Err(refusal) = by_bootstrap(services, &tx, &named, now).await? {
        // The token was right, and stays so for when they no longer audit.
        drop(tx);
        ticket.succeeded(services).await?;
        return Err(Error::Invalid { field: "token", message: refusal.message() });
    }
    let party = party(services, &tx, actor.person, now).await?.ok_or(Error::SignInRequired)?;
    let mut log = AccessLog::new(services, request, now)?;
    log.add(UseKind::AdministratorNamed, None, json!({ "person": actor.person }));
    log.write(&tx).await?;
    tx.commit().await?;
    // They are one: that their place in the counter is given back late is no reason to say otherwise.
    if let Err(error) = ticket.succeeded(services).await {
        tracing::warn!(?error, "a place in the counter of attempts is given back by time");
    }
    services.live.ring();
    tracing::info!(request.id = request.request_id, person.id = %actor.person, "a person became an administrator");
    Ok(party.actor())
}

/// Whether anybody administers the platform now.
pub(crate) async fn has_administrator(tx: &Tx, now: DateTime<Utc>) -> Result<bool> {
    let held = authorisation::with_function(tx, Function::Administer, now).await?;
    Ok(held.iter().any(|held| held.reach == Reach::National))
}
