//! The job that erases incidents at once, as two administrators decided.

use serde::{Deserialize, Serialize};
use varsel_domain::ChangeId;

use super::{Context, Failure, Job, Outcome};
use crate::retention;

/// Erases the incidents of an organisation, or all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct EraseAtOnce {
    /// What was decided.
    pub(crate) change: ChangeId,
}

impl Job for EraseAtOnce {
    const KIND: &'static str = "erase_at_once";

    fn unique_key(&self) -> String {
        format!("{}/{}", Self::KIND, self.change)
    }

    async fn run(&self, context: &Context<'_>) -> Result<Outcome, Failure> {
        let erased = retention::erase_at_once(context.services, self.change, &context.id.to_string()).await?;
        let Some(erased) = erased else {
            return Ok(Outcome::Nothing("it is done already, or no two approved it"));
        };
        tracing::warn!(change.id = %self.change, incidents = erased, "incidents were erased at once, as two administrators decided");
        Ok(Outcome::Done)
    }
}
