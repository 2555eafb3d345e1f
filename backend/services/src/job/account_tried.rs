//! The notice that so many attempts at somebody's account were rejected that a way in was closed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use varsel_domain::attempt::Subject;
use varsel_domain::authz::Scope;
use varsel_storage::person;

use super::{Context, Failure, Job, Outcome};
use crate::mail::{self, Addressee};

/// Tells a person that somebody tried to sign in as them, once a day. It is put into the outbox for names that nobody has as well, or the
/// time that takes would tell them apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AccountTried {
    /// What was tried, as [`Subject`] is written.
    pub(crate) subject: String,
    /// On which day, in UTC.
    pub(crate) day: NaiveDate,
}

impl Job for AccountTried {
    const KIND: &'static str = "account_tried";

    fn unique_key(&self) -> String {
        format!("{}/{}/{}/mail", Self::KIND, self.day, self.subject)
    }

    async fn run(&self, context: &Context<'_>) -> Result<Outcome, Failure> {
        let Some(person) = Subject::parse(&self.subject).and_then(|subject| subject.person()) else {
            return Ok(Outcome::Nothing("nobody has that name"));
        };
        let tx = context.services.store.begin_snapshot(&Scope::nothing()).await?;
        let person = person::find(&tx, person).await?;
        tx.commit().await?;
        let Some(person) = person else { return Ok(Outcome::Nothing("no such person")) };
        let Some(to) = Addressee::person(&person) else { return Ok(Outcome::Nothing("no address")) };
        let mail = mail::AccountTried::new(context.now, &context.mailer.settings().public_url);
        context.mailer.send(context.id, &to, &mail, context.now).await?;
        Ok(Outcome::Done)
    }
}
