//! The notice that somebody's account is in use from two networks at once.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use varsel_domain::authz::Scope;
use varsel_domain::{ApiTokenId, PersonId};
use varsel_storage::person;

use super::{Context, Failure, Job, Outcome};
use crate::mail::{self, Addressee};

/// Tells a person that their sessions, or a token that acts as them, are in use from two networks at once; once a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TwoNetworks {
    /// The recipient.
    pub(crate) person: PersonId,
    /// The token; none where it is the sessions.
    pub(crate) token: Option<ApiTokenId>,
    /// When it was noticed, on that day for the first time.
    pub(crate) at: DateTime<Utc>,
}

impl Job for TwoNetworks {
    const KIND: &'static str = "two_networks";

    fn unique_key(&self) -> String {
        let of = self.token.map_or_else(|| self.person.to_string(), |token| token.to_string());
        format!("{}/{}/{of}/mail", Self::KIND, self.at.date_naive())
    }

    async fn run(&self, context: &Context<'_>) -> Result<Outcome, Failure> {
        let tx = context.services.store.begin_snapshot(&Scope::nothing()).await?;
        let person = person::find(&tx, self.person).await?;
        tx.commit().await?;
        let Some(person) = person else { return Ok(Outcome::Nothing("no such person")) };
        let Some(to) = Addressee::person(&person) else { return Ok(Outcome::Nothing("no address")) };
        let public_url = &context.mailer.settings().public_url;
        let mail = mail::TwoNetworks::new(self.at, self.token.is_some(), public_url);
        context.mailer.send(context.id, &to, &mail, context.now).await?;
        Ok(Outcome::Done)
    }
}
