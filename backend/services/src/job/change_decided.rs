//! The notice by mail to whoever proposed a critical change.

use serde::{Deserialize, Serialize};
use varsel_domain::ChangeId;
use varsel_domain::authz::Scope;
use varsel_storage::{change_proposal, person};

use super::{Context, Failure, Job, Outcome};
use crate::mail::{self, Addressee};

/// Tells whoever proposed a critical change that it is decided, by a person or by time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ChangeDecided {
    /// The change: the event, and the recipient, because one person proposed it.
    pub(crate) change: ChangeId,
}

impl Job for ChangeDecided {
    const KIND: &'static str = "change_decided";

    fn unique_key(&self) -> String {
        format!("{}/{}/mail", Self::KIND, self.change)
    }

    async fn run(&self, context: &Context<'_>) -> Result<Outcome, Failure> {
        let gone = |what: &str| Failure::Hopeless(format!("no such {what}"));
        let tx = context.services.store.begin_snapshot(&Scope::nothing()).await?;
        let change = change_proposal::find(&tx, self.change).await?.ok_or_else(|| gone("change"))?;
        let proposer = person::find(&tx, change.proposer.account).await?.ok_or_else(|| gone("person"))?;
        tx.commit().await?;

        let Some(decision) = &change.decision else { return Ok(Outcome::Nothing("not decided")) };
        let Some(to) = Addressee::person(&proposer) else { return Ok(Outcome::Nothing("no address")) };
        let public_url = &context.mailer.settings().public_url;
        let mail = mail::ChangeDecided::new(change.proposed_at, decision.at, public_url, change.id);
        context.mailer.send(context.id, &to, &mail, context.now).await?;
        Ok(Outcome::Done)
    }
}
