//! Assessing running incidents anew when a version of the rules has come into force, batch by batch.

use serde::{Deserialize, Serialize};
use varsel_domain::IncidentId;
use varsel_domain::authz::Scope;
use varsel_storage::incident;

use super::{Context, Failure, Job, Outcome, enqueue};
use crate::report::reassess_by_itself;

/// Incidents of one run of the job: well within the time that a job may take.
const BATCH: u64 = 200;

/// Assesses the running incidents after `after` anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ReassessRunning {
    /// The version that has come into force.
    pub(crate) pack_version: String,
    /// Where the batch begins: after this incident, by id; at the first where none is given.
    pub(crate) after: Option<IncidentId>,
}

impl Job for ReassessRunning {
    const KIND: &'static str = "reassess_running";

    fn unique_key(&self) -> String {
        let after = self.after.map(|id| id.to_string()).unwrap_or_default();
        format!("{}/{}/{after}", Self::KIND, self.pack_version)
    }

    /// A second run finds those that the first has done assessed under the version already, and passes them over.
    async fn run(&self, context: &Context<'_>) -> Result<Outcome, Failure> {
        let (services, failed) =
            (context.services, |error: &dyn std::fmt::Display| Failure::NotDone(error.to_string()));
        services.packs.refresh(&services.store, context.now).await?;
        let pack = services.packs.in_force(context.now);
        if pack.version() != self.pack_version {
            return Ok(Outcome::Nothing("another version is in force"));
        }
        let scope = Scope::system();
        let tx = services.store.begin_snapshot(&scope).await?;
        let ids = incident::running_under_another(&tx, &scope, pack.version(), self.after, BATCH).await?;
        tx.commit().await?;
        let mut left = 0_u32;
        for id in &ids {
            let done = reassess_by_itself(services, *id, &pack, &context.id.to_string()).await;
            if let Err(error) = done {
                tracing::error!(incident.id = %id, cause = ?error, "an incident could not be assessed anew");
                left = left.saturating_add(1);
            }
        }
        if let Some(last) = ids.last().filter(|_| u64::try_from(ids.len()).is_ok_and(|count| count == BATCH))
        {
            let next = Self { after: Some(*last), ..self.clone() };
            let tx = services.store.begin(&Scope::nothing()).await?;
            enqueue(&tx, &*services.ids, context.now, &next).await.map_err(|error| failed(&error))?;
            tx.commit().await?;
        }
        if left > 0 {
            return Err(Failure::NotDone(format!(
                "{left} of {} incidents could not be assessed anew",
                ids.len()
            )));
        }
        if ids.is_empty() {
            Ok(Outcome::Nothing("no running incident is under another version"))
        } else {
            Ok(Outcome::Done)
        }
    }
}
