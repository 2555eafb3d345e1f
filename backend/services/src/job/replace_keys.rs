//! The job that replaces keys, as two administrators decided.

use serde::{Deserialize, Serialize};
use varsel_domain::ChangeId;

use super::{Context, Failure, Job, Outcome};
use crate::keys::{self, Carried};

/// Renews the keys of organisations, or puts a root key in the place of others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ReplaceKeys {
    /// What was decided.
    pub(crate) change: ChangeId,
}

impl Job for ReplaceKeys {
    const KIND: &'static str = "replace_keys";

    fn unique_key(&self) -> String {
        format!("{}/{}", Self::KIND, self.change)
    }

    async fn run(&self, context: &Context<'_>) -> Result<Outcome, Failure> {
        let services = context.services;
        match keys::carry_out(services, self.change, &context.id.to_string()).await? {
            Carried::Keys(keys) => {
                tracing::warn!(change.id = %self.change, keys, "keys were replaced, as two administrators decided");
                Ok(Outcome::Done)
            }
            Carried::Nothing => Ok(Outcome::Nothing("it is done already, or no two approved it")),
            Carried::OthersRetired => Ok(Outcome::Nothing(
                "other root keys are needed now than when two approved it: propose it again",
            )),
            Carried::OtherRoot { approved } => {
                let has = services.store.vault()?.root();
                Err(Failure::NotDone(format!(
                    "two administrators approved the root key {approved}, and this server wraps with {has}: give it the approved \
                     one as keys.root"
                )))
            }
        }
    }
}
