//! The notices by mail to administrators that somebody belongs elsewhere now, until that is dealt with.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use varsel_domain::PersonId;
use varsel_domain::authorisation::WAITS_AT_MOST;
use varsel_domain::authz::Scope;
use varsel_storage::person;

use super::{Context, Failure, Job, Outcome};
use crate::authorisation::remind_of_move;
use crate::mail::{self, Addressee};

/// Tells somebody who administers where a person belonged, or holds rights, that the person belongs elsewhere now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TellOfMove {
    /// The recipient.
    pub(crate) administrator: PersonId,
    /// Who has moved.
    pub(crate) holder: PersonId,
    /// When: with the holder, the event.
    pub(crate) at: DateTime<Utc>,
    /// For how many weeks nobody has dealt with it.
    #[serde(default)]
    pub(crate) weeks: u32,
    /// Their rights there go on, because they were not bound to where the person belonged.
    #[serde(default)]
    pub(crate) kept: bool,
}

impl Job for TellOfMove {
    const KIND: &'static str = "tell_of_move";

    fn unique_key(&self) -> String {
        let at = self.at.timestamp_micros();
        let again = match self.weeks {
            _ if self.kept => "/kept".to_owned(),
            0 => String::new(),
            weeks => format!("/{weeks}"),
        };
        format!("{}/{}/{at}/{}{again}/mail", Self::KIND, self.holder, self.administrator)
    }

    async fn run(&self, context: &Context<'_>) -> Result<Outcome, Failure> {
        let tx = context.services.store.begin_snapshot(&Scope::nothing()).await?;
        let administrator = person::find(&tx, self.administrator).await?;
        tx.commit().await?;
        let administrator = administrator.ok_or_else(|| Failure::Hopeless("no such person".to_owned()))?;
        let Some(to) = Addressee::person(&administrator) else { return Ok(Outcome::Nothing("no address")) };
        let public_url = &context.mailer.settings().public_url;
        let mail = mail::PersonMoved::new((self.at, self.weeks), public_url, self.holder);
        let mail = if self.kept { mail.with_rights_kept() } else { mail };
        context.mailer.send(context.id, &to, &mail, context.now).await?;
        Ok(Outcome::Done)
    }
}

/// Tells those who administer there again, a week later and each week, as long as rights of somebody who moved wait for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RemindOfMove {
    /// Who has moved.
    pub(crate) holder: PersonId,
    /// When: with the holder, the event.
    pub(crate) at: DateTime<Utc>,
    /// How many weeks later.
    pub(crate) weeks: u32,
}

impl RemindOfMove {
    /// When it falls due.
    pub(crate) fn due(&self) -> DateTime<Utc> {
        let weeks = i32::try_from(self.weeks).unwrap_or(i32::MAX);
        self.at.checked_add_signed(WAITS_AT_MOST * weeks).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }
}

impl Job for RemindOfMove {
    const KIND: &'static str = "remind_of_move";

    fn unique_key(&self) -> String {
        format!("{}/{}/{}/{}", Self::KIND, self.holder, self.at.timestamp_micros(), self.weeks)
    }

    async fn run(&self, context: &Context<'_>) -> Result<Outcome, Failure> {
        let told = remind_of_move(context.services, self).await?;
        Ok(if told { Outcome::Done } else { Outcome::Nothing("it was dealt with") })
    }
}
