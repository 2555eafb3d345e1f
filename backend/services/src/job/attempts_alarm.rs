//! The alarm by mail to everybody who watches over access.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use varsel_domain::authz::{Action, Resource, Scope, permits};
use varsel_domain::{ApiTokenId, PersonId};

use super::{Context, Failure, Job, Outcome};
use crate::authorisation::party;
use crate::mail::{self, Addressee};

/// Blocks that begin within this are one alarm, so that an attack from a thousand addresses is no thousand mails; it is well
/// under the minute in which the alarm must be out.
const TOGETHER: i64 = 20;

/// Tells somebody who watches over access that there is something to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AttemptsAlarm {
    /// The recipient.
    pub(crate) person: PersonId,
    /// What it is about.
    pub(crate) about: About,
}

/// What an alarm is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum About {
    /// Ways in were closed in the third of a minute that began then.
    Blocks(DateTime<Utc>),
    /// The day had five times as many rejected attempts as usual.
    Day(NaiveDate),
    /// An investigator asked for the log of their own acts: who, and when first on that day.
    OwnUses(PersonId, DateTime<Utc>),
    /// A person's sessions, or a token that acts as them, were in use from two networks at once: when first on that day.
    TwoNetworks(PersonId, Option<ApiTokenId>, DateTime<Utc>),
}

impl AttemptsAlarm {
    /// Of a block that begins `now`.
    pub(crate) fn of_block(person: PersonId, now: DateTime<Utc>) -> Self {
        let second = now.timestamp().div_euclid(TOGETHER) * TOGETHER;
        let began = DateTime::from_timestamp(second, 0).unwrap_or(now);
        Self { person, about: About::Blocks(began) }
    }

    /// Of an unusual day.
    pub(crate) fn of_day(person: PersonId, date: NaiveDate) -> Self {
        Self { person, about: About::Day(date) }
    }

    /// Of an investigator who asks `now` for what they did themselves.
    pub(crate) fn of_own_uses(person: PersonId, investigator: PersonId, now: DateTime<Utc>) -> Self {
        Self { person, about: About::OwnUses(investigator, now) }
    }

    /// Of a person's sessions, or a token that acts as them, in use from two networks `now`.
    pub(crate) fn of_two_networks(
        person: PersonId,
        (whose, token): (PersonId, Option<ApiTokenId>),
        now: DateTime<Utc>,
    ) -> Self {
        Self { person, about: About::TwoNetworks(whose, token, now) }
    }

    /// When it is sent.
    pub(crate) fn due(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        match self.about {
            About::Blocks(began) => began + TimeDelta::seconds(TOGETHER),
            About::Day(_) | About::OwnUses(..) | About::TwoNetworks(..) => now,
        }
    }
}

impl Job for AttemptsAlarm {
    const KIND: &'static str = "attempts_alarm";

    fn unique_key(&self) -> String {
        match self.about {
            About::Blocks(began) => {
                format!("{}/blocks/{}/{}/mail", Self::KIND, began.timestamp(), self.person)
            }
            About::Day(date) => format!("{}/day/{date}/{}/mail", Self::KIND, self.person),
            About::OwnUses(investigator, at) => {
                format!("{}/own/{investigator}/{}/{}/mail", Self::KIND, at.date_naive(), self.person)
            }
            About::TwoNetworks(whose, token, at) => {
                let of = token.map_or_else(|| whose.to_string(), |token| token.to_string());
                format!("{}/networks/{of}/{}/{}/mail", Self::KIND, at.date_naive(), self.person)
            }
        }
    }

    async fn run(&self, context: &Context<'_>) -> Result<Outcome, Failure> {
        let tx = context.services.store.begin_snapshot(&Scope::nothing()).await?;
        let person = party(context.services, &tx, self.person, context.now).await?;
        tx.commit().await?;
        let Some(person) = person else { return Ok(Outcome::Nothing("no such person")) };
        if !permits(&person.actor(), Action::ReadAttempts, Resource::Attempts) {
            return Ok(Outcome::Nothing("may no longer see it"));
        }
        let Some(to) = Addressee::person(&person) else { return Ok(Outcome::Nothing("no address")) };
        let public_url = &context.mailer.settings().public_url;
        let mail = match self.about {
            About::Blocks(began) => mail::AttemptsAlarm::of_blocks(began, public_url),
            About::Day(date) => mail::AttemptsAlarm::of_day(date, public_url),
            About::OwnUses(_, at) => mail::AttemptsAlarm::of_own_uses(at, public_url),
            About::TwoNetworks(.., at) => mail::AttemptsAlarm::of_two_networks(at, public_url),
        };
        context.mailer.send(context.id, &to, &mail, context.now).await?;
        Ok(Outcome::Done)
    }
}
