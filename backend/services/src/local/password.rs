//! A new password, and the codes that go with it: there is never one without the other.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use varsel_domain::authz::Scope;
use varsel_domain::organisation::Person;
use varsel_domain::password::{self as rules, LONGEST, SHORTEST, Weakness};
use varsel_domain::{CeremonyId, PersonId};
use varsel_storage::ceremony::{self, Ceremony};
use varsel_storage::local_account::Password;
use varsel_storage::{Tx, organisation};

use super::{On, invalid, totp};
use crate::{Error, Result, Services};

/// How long somebody may take to set up the app.
const PATIENCE: TimeDelta = TimeDelta::minutes(30);
const PURPOSE: &str = "codes";

/// What an app needs to give codes, to be shown once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeSetup {
    /// Names the setting-up in what follows.
    pub ceremony: CeremonyId,
    /// The secret, for typing.
    pub secret: String,
    /// The same for an app on this device: `otpauth://totp/...`.
    pub uri: String,
    /// The same as a QR code: the path of an SVG with modules of one unit.
    pub qr_path: String,
    /// How wide that is, with its rim.
    pub qr_size: i32,
}

/// What is remembered meanwhile.
#[derive(Serialize, Deserialize)]
struct State {
    secret: String,
}

/// Makes a secret for somebody's app; it counts when a code of it comes back with a password.
///
/// # Errors
/// Storage failed.
pub(super) async fn begin(services: &Services, tx: &Tx, person: PersonId, login: &str) -> Result<CodeSetup> {
    let now = services.clock.now();
    let id = CeremonyId(services.ids.next(now));
    let secret = totp::secret(services.ids.secret());
    let state = serde_json::to_value(State { secret: secret.clone() });
    let state = state.map_err(|error| Error::Internal(error.to_string()))?;
    let (purpose, person) = (PURPOSE.to_owned(), Some(person));
    let remembered = Ceremony { id, purpose, person, client: None, state, expires_at: now + PATIENCE };
    ceremony::insert(tx, &remembered, now).await?;
    let uri = totp::uri(&secret, login)?;
    let (qr_size, qr_path) = totp::qr(&uri)?;
    Ok(CodeSetup { ceremony: id, secret, uri, qr_path, qr_size })
}

/// What comes back: a password, and a code that shows that the app is set up.
#[derive(Clone, Copy)]
pub(super) struct Chosen<'a> {
    pub(super) password: &'a str,
    pub(super) ceremony: CeremonyId,
    pub(super) code: &'a str,
}

/// The password to store. Nothing is written yet.
///
/// # Errors
/// A password that cannot be taken, a code that is not the app's, or [`Error::Busy`]; storage failed.
pub(super) async fn take(
    services: &Services,
    person: &Person,
    login: &str,
    chosen: Chosen<'_>,
) -> Result<Password> {
    let on = services.local.require()?;
    let now = services.clock.now();
    let tx = services.store.begin_snapshot(&Scope::nothing()).await?;
    let remembered = ceremony::look(&tx, chosen.ceremony, PURPOSE, now).await?;
    let context = context(on, &tx, person, login).await?;
    tx.commit().await?;
    let Some(remembered) = remembered.filter(|found| found.person == Some(person.id)) else {
        return Err(run_out());
    };
    check(on, chosen.password, context).await?;
    let state: State =
        serde_json::from_value(remembered.state).map_err(|error| Error::Internal(error.to_string()))?;
    let Some(step) = totp::step_of(&state.secret, chosen.code, now)? else {
        let da = "Koden passer ikke. Skriv de seks cifre, som appen viser lige nu; tjek også, at telefonens ur går rigtigt.";
        let en = "The code does not fit. Write the six digits that the app shows right now; check the phone's clock, too.";
        return Err(invalid("code", da, en));
    };
    let phc = on.hasher.hash(&normal(chosen.password), services.ids.secret()).await?;
    Ok(Password { phc, set_at: now, totp_secret: state.secret, last_step: Some(step) })
}

/// Ends the setting-up, in the transaction that writes what came of it.
///
/// # Errors
/// Somebody else was faster, with the same; storage failed.
pub(super) async fn finish(tx: &Tx, id: CeremonyId, now: DateTime<Utc>) -> Result<()> {
    ceremony::take(tx, id, PURPOSE, now).await?.map(|_| ()).ok_or_else(run_out)
}

fn run_out() -> Error {
    let da = "Der gik for lang tid, eller opsætningen er brugt. Begynd forfra med en ny QR-kode.";
    let en = "It took too long, or this setup has been used. Begin again with a new QR code.";
    invalid("ceremony", da, en)
}

/// A new password for somebody who has the codes already.
///
/// # Errors
/// A password that cannot be taken, or [`Error::Busy`]; storage failed.
pub(super) async fn rehash_new(
    services: &Services,
    person: &Person,
    login: &str,
    password: &str,
) -> Result<String> {
    let on = services.local.require()?;
    let tx = services.store.begin_snapshot(&Scope::nothing()).await?;
    let context = context(on, &tx, person, login).await?;
    tx.commit().await?;
    check(on, password, context).await?;
    on.hasher.hash(&normal(password), services.ids.secret()).await
}

/// The same letters whatever keyboard they come from: `å` may be one character or two.
pub(super) fn normal(password: &str) -> String {
    password.nfc().collect()
}

/// The names that others know.
async fn context(on: &On, tx: &Tx, person: &Person, login: &str) -> Result<Vec<String>> {
    let mut names = on.settings.names.clone();
    names.extend([person.name.clone(), login.to_owned()]);
    let actor = person.without_rights();
    if let Some(own) = actor.organisation() {
        names.extend(organisation::find(tx, own).await?.map(|organisation| organisation.name));
    }
    names.extend(actor.unit().map(|unit| unit.0.clone()));
    Ok(names)
}

async fn check(on: &On, password: &str, context: Vec<String>) -> Result<()> {
    let password = normal(password);
    if let Err(weakness) = rules::check(&password, context.iter().map(String::as_str)) {
        return Err(too_weak(weakness));
    }
    let breached = on.settings.breached.clone();
    let looked = tokio::task::spawn_blocking(move || breached.contains(&password)).await;
    let found = looked.map_err(|error| Error::Internal(error.to_string()))?;
    if !found.map_err(|error| Error::Internal(format!("the list of breached passwords: {error}")))? {
        return Ok(());
    }
    let da = "Adgangskoden står på en liste over koder, der er lækket andre steder. Vælg en anden.";
    let en = "The password is on a list of passwords that leaked elsewhere. Choose another.";
    Err(invalid("password", da, en))
}

fn too_weak(weakness: Weakness) -> Error {
    let (da, en) = match weakness {
        Weakness::TooShort => (
            format!("Adgangskoden er for kort. Skriv mindst {SHORTEST} tegn, fx fire tilfældige ord."),
            format!("The password is too short. Write at least {SHORTEST} characters, e.g. four random words."),
        ),
        Weakness::TooLong => (
            format!("Adgangskoden er for lang. Skriv højst {LONGEST} tegn."),
            format!("The password is too long. Write at most {LONGEST} characters."),
        ),
        Weakness::Obvious => (
            "Adgangskoden er for let at gætte: navne, kendte ord eller et mønster. Skriv fx fire tilfældige ord."
                .to_owned(),
            "The password is too easy to guess: names, well-known words or a pattern. Write e.g. four random words."
                .to_owned(),
        ),
    };
    invalid("password", da, en)
}
