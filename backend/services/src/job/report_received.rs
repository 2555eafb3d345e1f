//! The receipt by mail to the person who filed.

use serde::{Deserialize, Serialize};
use varsel_domain::authz::Scope;
use varsel_domain::rules::ObligationStatus::Open;
use varsel_domain::{FilingId, IncidentId, PersonId};

use super::{Context, Failure, Job, Outcome};
use crate::mail::{self, Addressee};

/// Sends the person who filed a receipt by mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ReportReceived {
    /// The incident.
    pub(crate) incident: IncidentId,
    /// The filing that was received: the event.
    pub(crate) filing: FilingId,
    /// Who filed: the recipient.
    pub(crate) person: PersonId,
}

impl Job for ReportReceived {
    const KIND: &'static str = "report_received";

    fn unique_key(&self) -> String {
        format!("{}/{}/{}/mail", Self::KIND, self.filing, self.person)
    }

    async fn run(&self, context: &Context<'_>) -> Result<Outcome, Failure> {
        let tx = context.services.store.begin_snapshot().await?;
        let gone = |what: &str| Failure::Hopeless(format!("no such {what}"));
        let incident = tx.incident(&Scope::system(), self.incident).await?.ok_or_else(|| gone("incident"))?;
        let filing = tx.filing(self.filing).await?.ok_or_else(|| gone("filing"))?;
        let person = tx.person(self.person).await?.ok_or_else(|| gone("person"))?;
        let obligations = tx.obligations(self.incident).await?;
        tx.commit().await?;

        let Some(to) = Addressee::person(&person) else { return Ok(Outcome::Nothing("no address")) };
        let next_at =
            obligations.iter().filter(|duty| duty.status == Open).filter_map(|duty| duty.target).min();
        let page = (context.mailer.settings().public_url.as_str(), self.incident);
        let mail =
            mail::ReportReceived::new(incident.number, filing.received_at, next_at.map(Into::into), page);
        context.mailer.send(context.id, &to, &mail, context.now).await?;
        Ok(Outcome::Done)
    }
}
