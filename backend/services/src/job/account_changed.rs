//! The notice that somebody's ways to sign in have changed, or that a program may act as them.

use serde::{Deserialize, Serialize};
use varsel_domain::authz::Scope;
use varsel_domain::{EntryId, PersonId};
use varsel_storage::person;

use super::{Context, Failure, Job, Outcome};
use crate::mail::{self, Addressee};

/// Tells a person that their ways to sign in have changed, or that a program may act as them: whoever did not do it must hear of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AccountChanged {
    /// Whose.
    pub(crate) person: PersonId,
    /// Names the change, so that each is told once.
    pub(crate) event: EntryId,
}

impl Job for AccountChanged {
    const KIND: &'static str = "account_changed";

    fn unique_key(&self) -> String {
        format!("{}/{}/{}/mail", Self::KIND, self.event, self.person)
    }

    async fn run(&self, context: &Context<'_>) -> Result<Outcome, Failure> {
        let tx = context.services.store.begin_snapshot(&Scope::nothing()).await?;
        let person = person::find(&tx, self.person).await?;
        tx.commit().await?;
        let person = person.ok_or_else(|| Failure::Hopeless("no such person".to_owned()))?;
        let Some(to) = Addressee::person(&person) else { return Ok(Outcome::Nothing("no address")) };
        let mail = mail::AccountChanged::new(context.now, &context.mailer.settings().public_url);
        context.mailer.send(context.id, &to, &mail, context.now).await?;
        Ok(Outcome::Done)
    }
}
