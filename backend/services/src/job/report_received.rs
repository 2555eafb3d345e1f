//! The receipt by mail to the person who filed.

use serde::{Deserialize, Serialize};
use varsel_domain::authz::Scope;
use varsel_domain::obligation::next;
use varsel_domain::{FilingId, IncidentId, PersonId};
use varsel_storage::{filing, incident, obligation, person};

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
        let (scope, gone) = (Scope::system(), |what: &str| Failure::Hopeless(format!("no such {what}")));
        let tx = context.services.store.begin_snapshot(&scope).await?;
        let incident = incident::find(&tx, &scope, self.incident).await?.ok_or_else(|| gone("incident"))?;
        let filing = filing::find(&tx, &scope, self.filing).await?.ok_or_else(|| gone("filing"))?;
        let person = person::find(&tx, self.person).await?.ok_or_else(|| gone("person"))?;
        let duties = obligation::of_incident(&tx, &scope, self.incident).await?;
        let Some(to) = Addressee::person(&person) else { return Ok(Outcome::Nothing("no address")) };
        context.write_mail::<Self>(&tx, incident.id, &person.id).await?;
        tx.commit().await?;

        let next_at = next(duties.iter()).and_then(|duty| duty.obligation.target);
        let page = (context.mailer.settings().public_url.as_str(), self.incident);
        let mail =
            mail::ReportReceived::new(incident.number, filing.received_at, next_at.map(Into::into), page);
        context.mailer.send(context.id, &to, &mail, context.now).await?;
        Ok(Outcome::Done)
    }
}
