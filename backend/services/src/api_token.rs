//! Tokens of programs: an operator makes them on the command line, for a person who is registered. A program acts as that
//! person, with that person's function, for as long as the token lasts; the access log says which token it was.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use serde_json::json;
use varsel_domain::access::UseKind;
use varsel_domain::authz::Scope;
use varsel_domain::organisation::Person;
use varsel_domain::rules::Text;
use varsel_domain::{Actor, ApiTokenId, EntryId, PersonId};
use varsel_storage::api_token::{self as stored, ApiToken};
use varsel_storage::{Tx, person};

use crate::access::write_at_command_line;
use crate::authorisation::party;
use crate::job::{AccountChanged, enqueue};
use crate::networks::{self, InUseBy};
use crate::report::receipt::hexadecimal;
use crate::{Error, Result, Sender, Services};

/// What every token begins with, so that a leaked one is found and known for what it is.
pub const PREFIX: &str = "varsel_";
/// The longest a token may last, in days.
pub const LONGEST_DAYS: u32 = 366;
/// The longest name, in characters.
const LONGEST_NAME: usize = 100;

/// Makes a token that lasts for `days` and acts as `person`: a mail address, an id (`person_...`) or a demo's handle.
/// The token itself is answered once and kept only as a hash. It is written to the access log, and the person is told by mail.
///
/// # Errors
/// Nobody or several people go by that; a name or number of days that cannot be taken; storage failed.
pub async fn create(
    services: &Services,
    person: &str,
    name: &str,
    days: u32,
) -> Result<(ApiToken, Person, String)> {
    let now = services.clock.now();
    let name = name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.contains(char::is_control) {
        let da = format!("Skriv et navn på 1-{LONGEST_NAME} tegn, der siger, hvad det er til.");
        let en = format!("Write a name of 1-{LONGEST_NAME} characters that says what it is for.");
        return Err(invalid("name", da, en));
    }
    if days == 0 || days > LONGEST_DAYS {
        let da = format!("Vælg 1-{LONGEST_DAYS} dage.");
        let en = format!("Choose 1-{LONGEST_DAYS} days.");
        return Err(invalid("days", da, en));
    }
    let tx = services.store.begin(&Scope::nothing()).await?;
    let person = holder(&tx, person).await?;
    let secret = format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(services.ids.secret()));
    let token = ApiToken {
        id: ApiTokenId(services.ids.next(now)),
        token_sha256: hash(&secret),
        person: person.id,
        name: name.to_owned(),
        created_at: now,
        expires_at: now + TimeDelta::days(days.into()),
        last_used_at: None,
        revoked_at: None,
        network: None,
    };
    stored::insert(&tx, &token).await?;
    let detail = json!({ "person": person.id, "token": token.id, "days": days });
    let done = (now, "varsel token create");
    write_at_command_line(&*services.ids, &tx, done, UseKind::TokenMade, detail).await?;
    let event = EntryId(services.ids.next(now));
    enqueue(&tx, &*services.ids, now, &AccountChanged { person: person.id, event }).await?;
    tx.commit().await?;
    Ok((token, person, secret))
}

/// Every token there ever was with its holder, the newest first.
///
/// # Errors
/// Storage failed.
pub async fn list(services: &Services) -> Result<Vec<(ApiToken, Person)>> {
    let tx = services.store.begin_snapshot(&Scope::nothing()).await?;
    let mut listed = Vec::new();
    for token in stored::list(&tx).await? {
        let holder = person::find(&tx, token.person).await?.ok_or(Error::NotFound { kind: "person" })?;
        listed.push((token, holder));
    }
    tx.commit().await?;
    Ok(listed)
}

/// Ends a token from now on, which is written to the access log; to end it again changes nothing.
///
/// # Errors
/// There is no such token, or storage failed.
pub async fn revoke(services: &Services, id: ApiTokenId) -> Result<ApiToken> {
    let now = services.clock.now();
    let tx = services.store.begin(&Scope::nothing()).await?;
    let ended = stored::revoke(&tx, id, now).await?;
    let token = stored::find(&tx, id).await?.ok_or(Error::NotFound { kind: "token" })?;
    if ended {
        let detail = json!({ "person": token.person, "token": id });
        let done = (now, "varsel token revoke");
        write_at_command_line(&*services.ids, &tx, done, UseKind::TokenRevoked, detail).await?;
    }
    tx.commit().await?;
    Ok(token)
}

/// Who acts with the token; none when it is unknown, has expired or was revoked. `from` is the request that shows it, where there is
/// one: a token that is in use from two networks at once raises an alarm.
///
/// # Errors
/// Storage failed.
pub async fn actor(
    services: &Services,
    token: &str,
    from: Option<Sender<'_>>,
) -> Result<Option<(Actor, ApiTokenId)>> {
    if !token.starts_with(PREFIX) {
        return Ok(None);
    }
    let now = services.clock.now();
    let tx = services.store.begin(&Scope::nothing()).await?;
    let Some(token) = stored::find_by_token(&tx, &hash(token)).await? else { return Ok(None) };
    if token.revoked_at.is_some() || now >= token.expires_at {
        return Ok(None);
    }
    let Some(person) = party(services, &tx, token.person, now).await? else { return Ok(None) };
    let (used, last) = (InUseBy::token_of(token.person, token.id), (token.last_used_at, token.network));
    if let Some(now) = networks::follow(services, &tx, (used, last), from).await? {
        stored::touch(&tx, token.id, now).await?;
    }
    tx.commit().await?;
    Ok(Some((person.actor(), token.id)))
}

/// Whose token it is or was, whether or not it still lasts; none where there never was one.
///
/// # Errors
/// Storage failed.
pub async fn last_holder(services: &Services, token: &str) -> Result<Option<PersonId>> {
    let tx = services.store.begin_snapshot(&Scope::nothing()).await?;
    let token = stored::find_by_token(&tx, &hash(token)).await?;
    tx.commit().await?;
    Ok(token.map(|token| token.person))
}

/// The one person who goes by this.
async fn holder(tx: &Tx, named: &str) -> Result<Person> {
    let mut people = match named.parse::<PersonId>() {
        Ok(id) => person::find(tx, id).await?.into_iter().collect(),
        Err(_) if named.contains('@') => person::find_by_email(tx, named).await?,
        Err(_) => {
            let mut people = person::list_demo(tx).await?;
            people.retain(|person| person.demo_handle.as_deref() == Some(named));
            people
        }
    };
    if people.len() > 1 {
        let ids = people.iter().map(|person| person.id.to_string()).collect::<Vec<_>>().join(", ");
        let da = format!("Flere personer har den adresse; skriv et id: {ids}.");
        let en = format!("Several people have that address; write an id: {ids}.");
        return Err(invalid("person", da, en));
    }
    people.pop().ok_or_else(|| {
        let da =
            "Ingen registreret person hedder det. Skriv den mailadresse, som personen har logget ind med.";
        let en =
            "Nobody registered goes by that. Write the mail address of somebody who has signed in before.";
        invalid("person", da.to_owned(), en.to_owned())
    })
}

fn hash(token: &str) -> String {
    hexadecimal(token.as_bytes())
}

fn invalid(field: &'static str, da: String, en: String) -> Error {
    Error::Invalid { field, message: Text { da, en } }
}
