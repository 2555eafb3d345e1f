//! Trusting identity providers.

use async_graphql::{Context, Object, Result};
use varsel_services::{Request, Services, provider};

use crate::graphql::error::Shown;
use crate::graphql::model::{ProposeChangeResult, ProposeTrustInput};

#[derive(Default)]
pub(super) struct ProviderMutation;

#[Object]
impl ProviderMutation {
    /// Proposes that people may sign in through an identity provider on the settings that the configuration has now;
    /// another administrator has to approve it.
    async fn propose_trust(
        &self,
        ctx: &Context<'_>,
        input: ProposeTrustInput,
    ) -> Result<ProposeChangeResult> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        let outcome = provider::propose(services, request, &input.provider, &input.reason).await;
        Ok(outcome.map_err(|error| error.shown(ctx))?.into())
    }
}
