//! The end of a critical change that nobody decided: a stored due time, like every clock.

use serde::{Deserialize, Serialize};
use varsel_domain::ChangeId;

use super::{Context, Failure, Job, Outcome};
use crate::change;

/// Ends a proposal when its time is up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ExpireChange {
    /// The change.
    pub(crate) change: ChangeId,
}

impl Job for ExpireChange {
    const KIND: &'static str = "expire_change";

    fn unique_key(&self) -> String {
        format!("{}/{}", Self::KIND, self.change)
    }

    async fn run(&self, context: &Context<'_>) -> Result<Outcome, Failure> {
        let expired = change::expire(context.services, self.change, context.id.to_string()).await;
        let expired = expired.map_err(|error| Failure::NotDone(error.to_string()))?;
        Ok(if expired { Outcome::Done } else { Outcome::Nothing("decided already") })
    }
}
