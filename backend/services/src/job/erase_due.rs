//! The job that erases what has passed its deadline, twice a day, so that nothing stays a day too long.

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{Context, Failure, Job, Outcome};
use crate::retention;

/// Half of the time in which it must be done, so that a run that fails has another try.
const EVERY: TimeDelta = TimeDelta::hours(12);

/// Erases what is due, and puts the next run down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct EraseDue {
    /// When it falls due: midnight or noon, in UTC.
    pub(crate) at: DateTime<Utc>,
}

impl EraseDue {
    /// The next after `now`.
    pub(crate) fn after(now: DateTime<Utc>) -> Self {
        Self { at: now.duration_trunc(EVERY).unwrap_or(now) + EVERY }
    }
}

impl Job for EraseDue {
    const KIND: &'static str = "erase_due";

    fn unique_key(&self) -> String {
        format!("{}/{}", Self::KIND, self.at.timestamp())
    }

    async fn run(&self, context: &Context<'_>) -> Result<Outcome, Failure> {
        // First the next run, so that a failure of this one breaks no chain.
        retention::schedule(context.services).await?;
        let run = retention::erase(context.services, &context.id.to_string()).await?;
        if run.overdue > 0 {
            tracing::error!(
                rows = run.overdue,
                "data is kept beyond its deadline: see `varsel retention report`"
            );
        }
        Ok(if run.erased.is_empty() { Outcome::Nothing("nothing is due") } else { Outcome::Done })
    }
}
