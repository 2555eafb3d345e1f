//! The alarm by mail that something is wrong with the log of use, to everybody who watches over access.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use varsel_domain::PersonId;
use varsel_domain::authz::{Action, Resource, Scope, permits};

use super::{Context, Failure, Job, Outcome};
use crate::authorisation::party;
use crate::log::CLOCK;
use crate::mail::{self, Addressee};

/// Tells somebody who watches over access that the log of use is not whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LogAlarm {
    /// The recipient.
    pub(crate) person: PersonId,
    /// When it was found.
    pub(crate) at: DateTime<Utc>,
    /// A digest of what was found, or [`CLOCK`]: the same is told once a day.
    pub(crate) faults: String,
}

impl Job for LogAlarm {
    const KIND: &'static str = "log_alarm";

    fn unique_key(&self) -> String {
        format!("{}/{}/{}/{}/mail", Self::KIND, self.at.date_naive(), self.faults, self.person)
    }

    async fn run(&self, context: &Context<'_>) -> Result<Outcome, Failure> {
        let tx = context.services.store.begin_snapshot(&Scope::nothing()).await?;
        let person = party(context.services, &tx, self.person, context.now).await?;
        tx.commit().await?;
        let Some(person) = person else { return Ok(Outcome::Nothing("no such person")) };
        if !permits(&person.actor(), Action::MakeComplianceReport, Resource::ComplianceReport) {
            return Ok(Outcome::Nothing("may not read what it is about"));
        }
        let Some(to) = Addressee::person(&person) else { return Ok(Outcome::Nothing("no address")) };
        let public_url = &context.mailer.settings().public_url;
        let mail = if self.faults == CLOCK {
            mail::LogAlarm::of_clock(self.at, public_url)
        } else {
            mail::LogAlarm::new(self.at, public_url)
        };
        context.mailer.send(context.id, &to, &mail, context.now).await?;
        Ok(Outcome::Done)
    }
}
