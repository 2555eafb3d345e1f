//! The notices by mail to whoever holds an authorisation.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use varsel_domain::AuthorisationId;
use varsel_domain::authorisation::Status;
use varsel_domain::authz::Scope;
use varsel_storage::{authorisation, person};

use super::{Context, Failure, Job, Outcome};
use crate::authorisation::reach_in_words;
use crate::mail::{self, Addressee};

/// What happened to an authorisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Notice {
    /// It was given.
    Granted,
    /// It was given back.
    Reinstated,
    /// It was suspended.
    Suspended,
    /// It was withdrawn.
    Withdrawn,
    /// It ends in a week.
    Ending,
    /// Its time is up.
    Ended,
}

/// Tells the holder of an authorisation what happened to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TellHolder {
    /// The authorisation: with its holder, the recipient.
    pub(crate) authorisation: AuthorisationId,
    /// What happened.
    pub(crate) notice: Notice,
    /// When, or for an end that is to come, when that is: with the notice, the event.
    pub(crate) at: DateTime<Utc>,
}

impl Notice {
    /// Whether an authorisation that stands so is still what the notice says: a mail that comes late is not wrong.
    fn holds(self, status: Status) -> bool {
        match self {
            Self::Granted | Self::Reinstated | Self::Ending => {
                matches!(status, Status::Pending | Status::Active)
            }
            Self::Suspended => status == Status::Suspended,
            Self::Withdrawn => status == Status::Withdrawn,
            Self::Ended => status == Status::Ended,
        }
    }
}

impl Job for TellHolder {
    const KIND: &'static str = "tell_holder";

    fn unique_key(&self) -> String {
        let (notice, at) = (self.notice, self.at.timestamp_micros());
        format!("{}/{}/{notice:?}/{at}/mail", Self::KIND, self.authorisation)
    }

    async fn run(&self, context: &Context<'_>) -> Result<Outcome, Failure> {
        let tx = context.services.store.begin_snapshot(&Scope::nothing()).await?;
        let held = authorisation::find(&tx, self.authorisation).await?;
        // Its end may be so far away that it was withdrawn, and erased, long before.
        let Some(held) = held else { return Ok(Outcome::Nothing("no longer there")) };
        let Some(holder) = person::find(&tx, held.holder).await? else {
            return Ok(Outcome::Nothing("no longer there"));
        };
        let reach = reach_in_words(context.services, &tx, &held.reach, context.now).await?;
        tx.commit().await?;

        if !self.notice.holds(held.status_at(context.now)) {
            return Ok(Outcome::Nothing("no longer so"));
        }
        let Some(to) = Addressee::person(&holder) else { return Ok(Outcome::Nothing("no address")) };
        let public_url = &context.mailer.settings().public_url;
        let mail = mail::AuthorisationNotice::new(self.notice, &held, reach, public_url);
        context.mailer.send(context.id, &to, &mail, context.now).await?;
        Ok(Outcome::Done)
    }
}
