//! The notice by mail to a unit that got a case.

use serde::{Deserialize, Serialize};
use varsel_domain::CaseId;
use varsel_domain::authz::Scope;
use varsel_storage::{case, incident};

use super::{Context, Failure, Job, Outcome};
use crate::mail::{self, Addressee};

/// Tells a unit by mail that it has a new case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CaseOpened {
    /// The case: the event, and the recipient, because a case is one unit's.
    pub(crate) case: CaseId,
}

impl Job for CaseOpened {
    const KIND: &'static str = "case_opened";

    fn unique_key(&self) -> String {
        format!("{}/{}/mail", Self::KIND, self.case)
    }

    async fn run(&self, context: &Context<'_>) -> Result<Outcome, Failure> {
        let (scope, gone) = (Scope::system(), |what: &str| Failure::Hopeless(format!("no such {what}")));
        let tx = context.services.store.begin_snapshot(&scope).await?;
        let case = case::find(&tx, &scope, self.case).await?.ok_or_else(|| gone("case"))?;
        let incident = incident::find(&tx, &scope, case.incident).await?.ok_or_else(|| gone("incident"))?;
        let settings = context.mailer.settings();
        // Addresses are those of today, whatever the incident was assessed under.
        let pack = context.services.packs.in_force(context.now);
        let Some(to) = Addressee::unit(case.unit.as_str(), settings, &pack) else {
            return Ok(Outcome::Nothing("no address"));
        };
        context.write_mail::<Self>(&tx, incident.id, &case.unit).await?;
        tx.commit().await?;

        let mail = mail::CaseOpened::new(incident.number, case.opened_at, &settings.public_url, case.id);
        context.mailer.send(context.id, &to, &mail, context.now).await?;
        Ok(Outcome::Done)
    }
}
