//! Before a proof of who somebody is is looked at, and after.

use chrono::{DateTime, TimeDelta, Utc};
use varsel_domain::attempt::{Cause, Strikes, Subject, Verdict};
use varsel_domain::authz::Scope;
use varsel_storage::attempt_strikes;

use super::{Origin, Refused, Tried, block, write};
use crate::{Error, Result, Services};

/// How long somebody waits who comes while as many proofs are being looked at as may fail.
const MOMENT: TimeDelta = TimeDelta::seconds(5);

/// An attempt to show who one is.
#[derive(Debug, Clone)]
pub struct Proof<'a> {
    /// Whose account it is aimed at.
    pub who: Tried<'a>,
    /// The device, where it is one on which this person has signed in before and that can show it: what others try, from
    /// wherever, does not close the way in on it.
    pub known_device: Option<String>,
    /// Where it comes from.
    pub origin: &'a Origin,
    /// The request it is in.
    pub request_id: &'a str,
}

/// The right to look at one proof. Say what came of it; one that is dropped gives its place back by time.
#[derive(Debug)]
#[must_use = "say what came of the attempt, or it takes a place until the window has passed"]
pub struct Ticket<'a> {
    proof: Proof<'a>,
    subjects: Vec<Subject>,
    taken: DateTime<Utc>,
}

impl Proof<'_> {
    /// What it is counted on: a known device alone; else the client, and the account or name.
    fn subjects(&self, services: &Services) -> Vec<Subject> {
        if let (Some(device), Tried::Person(person)) = (&self.known_device, self.who) {
            return vec![Subject::Device(person, device.clone())];
        }
        let client = Subject::Client(self.origin.client.clone());
        match self.who {
            Tried::Nobody => vec![client],
            Tried::Person(person) => vec![client, Subject::Person(person)],
            Tried::Name(name) => vec![client, Subject::Unknown(services.attempts.keys.tag(name))],
        }
    }
}

/// Asks whether a proof may be looked at, before anything is done with it. No more are looked at, at once or one after
/// the other, than may fail. Names that nobody has are treated as accounts are.
///
/// # Errors
/// [`Error::Blocked`] where the way in is closed: that is registered; storage failed.
pub async fn check<'a>(services: &Services, proof: Proof<'a>) -> Result<Ticket<'a>> {
    let (now, rules) = (services.clock.now(), &services.attempts.rules);
    let subjects = proof.subjects(services);
    let tx = services.store.begin(&Scope::nothing()).await?;
    let mut locked = attempt_strikes::lock(&tx, &subjects, now).await?;
    let verdict = |(subject, strikes): &(Subject, Strikes)| strikes.verdict(rules.limit(subject), rules, now);
    if let Some((refused, until)) = worst(locked.iter().map(verdict), now) {
        write(services, &tx, (proof.origin, proof.request_id), Refused { who: proof.who, ..refused }).await?;
        tx.commit().await?;
        return Err(Error::Blocked { until });
    }
    for (subject, strikes) in &mut locked {
        strikes.take(rules, now);
        attempt_strikes::store(&tx, subject, strikes, now).await?;
    }
    tx.commit().await?;
    Ok(Ticket { proof, subjects, taken: now })
}

/// For proofs that nobody can guess, and that are looked at too often to take places: only whether the client is blocked.
///
/// # Errors
/// [`Error::Blocked`], which is registered; storage failed.
pub async fn require_open(services: &Services, origin: &Origin, request_id: &str) -> Result<()> {
    let now = services.clock.now();
    let tx = services.store.begin_snapshot(&Scope::nothing()).await?;
    let strikes = attempt_strikes::find(&tx, &Subject::Client(origin.client.clone())).await?;
    tx.commit().await?;
    let Some(until) = strikes.blocked(now) else { return Ok(()) };
    super::register(services, origin, request_id, Refused::new(Cause::Blocked, "BLOCKED", Tried::Nobody))
        .await?;
    Err(Error::Blocked { until })
}

/// The longest block; where there is none, that one must wait a moment; none where all are open.
fn worst(
    verdicts: impl Iterator<Item = Verdict>,
    now: DateTime<Utc>,
) -> Option<(Refused<'static>, DateTime<Utc>)> {
    let found = verdicts.filter_map(|verdict| match verdict {
        Verdict::Admitted => None,
        Verdict::Busy => Some((Refused::new(Cause::Limit, "BUSY", Tried::Nobody), now + MOMENT)),
        Verdict::Blocked { until } => Some((Refused::new(Cause::Blocked, "BLOCKED", Tried::Nobody), until)),
    });
    found.max_by_key(|(refused, until)| (refused.cause == Cause::Blocked, *until))
}

impl Ticket<'_> {
    /// The proof was right.
    ///
    /// # Errors
    /// Storage failed.
    pub async fn succeeded(self, services: &Services) -> Result<()> {
        self.end(services, true).await
    }

    async fn end(self, services: &Services, right: bool) -> Result<()> {
        let now = services.clock.now();
        let tx = services.store.begin(&Scope::nothing()).await?;
        for (subject, mut strikes) in attempt_strikes::lock(&tx, &self.subjects, now).await? {
            strikes.succeed(self.taken, right && !subject.is_client());
            attempt_strikes::store(&tx, &subject, &strikes, now).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Nobody can say whether the proof was right: the place is given back, and nothing is counted.
    ///
    /// # Errors
    /// Storage failed.
    pub async fn undecided(self, services: &Services) -> Result<()> {
        self.end(services, false).await
    }

    /// The proof was wrong: registers it, and closes the way in where it was one too many.
    ///
    /// # Errors
    /// Storage failed.
    pub async fn refused(self, services: &Services, cause: Cause, code: &str) -> Result<()> {
        let (now, rules) = (services.clock.now(), &services.attempts.rules);
        let tx = services.store.begin(&Scope::nothing()).await?;
        for (subject, mut strikes) in attempt_strikes::lock(&tx, &self.subjects, now).await? {
            let until = strikes.fail(Some(self.taken), rules.limit(&subject), rules, now);
            attempt_strikes::store(&tx, &subject, &strikes, now).await?;
            if let Some(until) = until {
                block::begin(services, &tx, (subject, cause), until).await?;
            }
        }
        let origin = (self.proof.origin, self.proof.request_id);
        write(services, &tx, origin, Refused::new(cause, code, self.proof.who)).await?;
        tx.commit().await?;
        services.live.ring();
        Ok(())
    }
}
