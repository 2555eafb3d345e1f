//! The notice by mail to administrators that somebody belongs elsewhere now.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use varsel_domain::PersonId;
use varsel_domain::authz::Scope;
use varsel_storage::person;

use super::{Context, Failure, Job, Outcome};
use crate::mail::{self, Addressee};

/// Tells somebody who administers where a person belonged that rights of that person are suspended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TellOfMove {
    /// The recipient.
    pub(crate) administrator: PersonId,
    /// Who has moved.
    pub(crate) holder: PersonId,
    /// When: with the holder, the event.
    pub(crate) at: DateTime<Utc>,
}

impl Job for TellOfMove {
    const KIND: &'static str = "tell_of_move";

    fn unique_key(&self) -> String {
        let at = self.at.timestamp_micros();
        format!("{}/{}/{at}/{}/mail", Self::KIND, self.holder, self.administrator)
    }

    async fn run(&self, context: &Context<'_>) -> Result<Outcome, Failure> {
        let tx = context.services.store.begin_snapshot(&Scope::nothing()).await?;
        let administrator = person::find(&tx, self.administrator).await?;
        tx.commit().await?;
        let administrator = administrator.ok_or_else(|| Failure::Hopeless("no such person".to_owned()))?;
        let Some(to) = Addressee::person(&administrator) else { return Ok(Outcome::Nothing("no address")) };
        let public_url = &context.mailer.settings().public_url;
        let mail = mail::PersonMoved::new(self.at, public_url, self.holder);
        context.mailer.send(context.id, &to, &mail, context.now).await?;
        Ok(Outcome::Done)
    }
}
