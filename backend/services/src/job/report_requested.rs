//! The notice by mail to a person who filed, that an authority asks for a report.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use varsel_domain::authz::Scope;
use varsel_domain::{IncidentId, PersonId, ReportRequestId};
use varsel_storage::{incident, person};

use super::{Context, Failure, Job, Outcome};
use crate::mail::{self, Addressee};

/// Tells a person who filed that an authority asks for a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ReportRequested {
    /// The incident.
    pub(crate) incident: IncidentId,
    /// What was asked: the event.
    pub(crate) request: ReportRequestId,
    /// By when.
    pub(crate) due: Option<DateTime<Utc>>,
    /// Who filed: the recipient.
    pub(crate) person: PersonId,
}

impl Job for ReportRequested {
    const KIND: &'static str = "report_requested";

    fn unique_key(&self) -> String {
        format!("{}/{}/{}/mail", Self::KIND, self.request, self.person)
    }

    async fn run(&self, context: &Context<'_>) -> Result<Outcome, Failure> {
        let (scope, gone) = (Scope::system(), |what: &str| Failure::Hopeless(format!("no such {what}")));
        let tx = context.services.store.begin_snapshot(&scope).await?;
        let incident = incident::find(&tx, &scope, self.incident).await?.ok_or_else(|| gone("incident"))?;
        let person = person::find(&tx, self.person).await?.ok_or_else(|| gone("person"))?;
        let Some(to) = Addressee::person(&person) else { return Ok(Outcome::Nothing("no address")) };
        context.write_mail::<Self>(&tx, incident.id, &person.id).await?;
        tx.commit().await?;

        let public_url = context.mailer.settings().public_url.as_str();
        let mail = mail::ReportRequested::new(incident.number, self.due, (public_url, self.incident));
        context.mailer.send(context.id, &to, &mail, context.now).await?;
        Ok(Outcome::Done)
    }
}
