//! The notice by mail to everybody who may decide on a critical change.

use serde::{Deserialize, Serialize};
use varsel_domain::authz::Scope;
use varsel_domain::change::ChangeStatus;
use varsel_domain::{ChangeId, PersonId};
use varsel_storage::{change_proposal, person};

use super::{Context, Failure, Job, Outcome};
use crate::mail::{self, Addressee};

/// Tells an administrator that a critical change waits for a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ChangeProposed {
    /// The change: the event.
    pub(crate) change: ChangeId,
    /// Who may decide: the recipient.
    pub(crate) person: PersonId,
}

impl Job for ChangeProposed {
    const KIND: &'static str = "change_proposed";

    fn unique_key(&self) -> String {
        format!("{}/{}/{}/mail", Self::KIND, self.change, self.person)
    }

    async fn run(&self, context: &Context<'_>) -> Result<Outcome, Failure> {
        let gone = |what: &str| Failure::Hopeless(format!("no such {what}"));
        let tx = context.services.store.begin_snapshot(&Scope::nothing()).await?;
        let change = change_proposal::find(&tx, self.change).await?.ok_or_else(|| gone("change"))?;
        let person = person::find(&tx, self.person).await?.ok_or_else(|| gone("person"))?;
        let proposer = person::find(&tx, change.proposer.account).await?;
        tx.commit().await?;

        if change.status_at(context.now) != ChangeStatus::Open {
            return Ok(Outcome::Nothing("no longer open"));
        }
        if change.may_decide(&person, proposer.as_ref(), context.now).is_err() {
            return Ok(Outcome::Nothing("may no longer decide"));
        }
        let Some(to) = Addressee::person(&person) else { return Ok(Outcome::Nothing("no address")) };
        let public_url = &context.mailer.settings().public_url;
        let mail = mail::ChangeProposed::new(change.proposed_at, change.expires_at, public_url, change.id);
        context.mailer.send(context.id, &to, &mail, context.now).await?;
        Ok(Outcome::Done)
    }
}
