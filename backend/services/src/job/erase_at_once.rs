//! The job that erases incidents at once, as two administrators decided.

use serde::{Deserialize, Serialize};
use varsel_domain::{ChangeId, OrganisationId};

use super::{Context, Failure, Job, Outcome};
use crate::retention;

/// Erases the incidents of an organisation, or all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct EraseAtOnce {
    /// What was decided.
    pub(crate) change: ChangeId,
    /// Whose; all where none is named.
    pub(crate) organisation: Option<OrganisationId>,
}

impl Job for EraseAtOnce {
    const KIND: &'static str = "erase_at_once";

    fn unique_key(&self) -> String {
        format!("{}/{}", Self::KIND, self.change)
    }

    async fn run(&self, context: &Context<'_>) -> Result<Outcome, Failure> {
        let what = (self.change, self.organisation);
        let erased = retention::erase_at_once(context.services, what, &context.id.to_string()).await?;
        tracing::warn!(change.id = %self.change, incidents = erased, "incidents were erased at once, as two administrators decided");
        Ok(Outcome::Done)
    }
}
