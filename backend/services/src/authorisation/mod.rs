//! Authorisations: asked for, given by two, told to their holder, listed, withdrawn; and what follows from them.
//!
//! Every request works with the rights that hold at that moment: `party` reads them with the person.

mod end;
mod export;
mod grant;
mod leave;
mod list;
mod sign_in;

use chrono::{DateTime, Utc};
use varsel_domain::authorisation::{Authorisation, Function, Reach, Rights, Step, units_of};
use varsel_domain::organisation::{Party, Person};
use varsel_domain::rules::Text;
use varsel_domain::{Actor, PersonId};
use varsel_storage::{Tx, authorisation as stored, organisation, person};

pub use end::{Ended, withdraw};
pub(crate) use end::{suspend, tell, withdraw_all, withdraw_in_review};
pub use export::{Export, cell, export};
pub use grant::{Wish, ask, ask_again};
pub(crate) use grant::{carry_out_grant, carry_out_reinstatement, check_grant, check_reinstatement, target};
pub use leave::{Left, left};
pub(crate) use list::organisations;
pub use list::{AuthorisationView, Filter, Organised, find, list, of_person, own, people};
pub use sign_in::Grants;
pub(crate) use sign_in::{by_bootstrap, by_claims, by_demo, by_terminal, remind_of_move};
pub use varsel_storage::authorisation::Standing;

use crate::{Error, Result, Services};

/// Characters of a reason.
const REASON: std::ops::RangeInclusive<usize> = 10..=2_000;

/// How many may be changed at once.
pub const AT_ONCE: usize = 200;

/// A person with the rights they have at `now`; none where there is no such person.
///
/// # Errors
/// Storage failed.
pub(crate) async fn party(
    services: &Services,
    tx: &Tx,
    id: PersonId,
    now: DateTime<Utc>,
) -> Result<Option<Party>> {
    let found = person::find_with_authorisations(tx, id).await?;
    Ok(found.map(|(person, held)| with_rights(services, person, &held, now)))
}

fn with_rights(services: &Services, person: Person, held: &[Authorisation], now: DateTime<Utc>) -> Party {
    let pack = services.packs.in_force(now);
    let rights = Rights::effective(held, now, |function, reach| units_of(&pack, function, reach));
    Party { person, rights }
}

/// Everybody who administers at `reach` now, each once.
///
/// # Errors
/// Storage failed.
pub(crate) async fn administrators(
    services: &Services,
    tx: &Tx,
    reach: &Reach,
    now: DateTime<Utc>,
) -> Result<Vec<Party>> {
    holders(services, tx, (Function::Administer, reach), now).await
}

/// Everybody who has `function` at `reach` now, each once.
///
/// # Errors
/// Storage failed.
pub(crate) async fn holders(
    services: &Services,
    tx: &Tx,
    (function, reach): (Function, &Reach),
    now: DateTime<Utc>,
) -> Result<Vec<Party>> {
    let held = stored::with_function(tx, function, now).await?;
    let mut ids: Vec<_> = held.iter().map(|held| held.holder).collect();
    ids.sort();
    ids.dedup();
    let mut parties = Vec::new();
    for person in person::find_many(tx, &ids).await? {
        let own: Vec<_> = held.iter().filter(|held| held.holder == person.id).cloned().collect();
        let party = with_rights(services, person, &own, now);
        if party.rights.iter().any(|right| right.function == function && right.covers(reach)) {
            parties.push(party);
        }
    }
    Ok(parties)
}

/// A reach in words: names where there are some.
///
/// # Errors
/// Storage failed.
pub(crate) async fn reach_in_words(
    services: &Services,
    tx: &Tx,
    reach: &Reach,
    now: DateTime<Utc>,
) -> Result<Text> {
    let pack = services.packs.in_force(now);
    let verbatim = |text: &str| Text { da: text.to_owned(), en: text.to_owned() };
    Ok(match reach {
        Reach::Organisation(id) => {
            let found = organisation::find(tx, *id).await?;
            found.map_or_else(|| verbatim(&id.to_string()), |it| verbatim(&it.name))
        }
        Reach::Unit(id) => {
            pack.unit(id.as_str()).map_or_else(|| verbatim(id.as_str()), |unit| unit.name.clone())
        }
        Reach::Sector(id) => {
            let sector = pack.sectors().into_iter().find(|sector| sector.id == *id);
            sector.map_or_else(|| verbatim(id), |sector| sector.name)
        }
        Reach::National => Text { da: "hele landet".to_owned(), en: "the whole country".to_owned() },
    })
}

/// A step by somebody.
fn step(actor: &Actor, at: DateTime<Utc>, reason: &str) -> Step {
    Step { by: Some(actor.person), by_name: Some(actor.name.clone()), at, reason: reason.to_owned() }
}

/// A reason as it is kept.
///
/// # Errors
/// [`Error::Invalid`]: too short or too long.
pub(crate) fn reason_of(text: &str) -> Result<&str> {
    let text = text.trim();
    let message = || Text {
        da: "Begrund det med 10 til 2.000 tegn.".to_owned(),
        en: "Give a reason of 10 to 2,000 characters.".to_owned(),
    };
    let fits = REASON.contains(&text.chars().count());
    fits.then_some(text).ok_or_else(|| Error::Invalid { field: "reason", message: message() })
}

/// Not more at once than a person can mean.
///
/// # Errors
/// [`Error::Invalid`]: none or too many.
pub(crate) fn few(count: usize, field: &'static str) -> Result<()> {
    let message = || Text {
        da: format!("Vælg mellem 1 og {AT_ONCE} ad gangen."),
        en: format!("Choose between 1 and {AT_ONCE} at a time."),
    };
    (1..=AT_ONCE).contains(&count).then_some(()).ok_or_else(|| Error::Invalid { field, message: message() })
}
