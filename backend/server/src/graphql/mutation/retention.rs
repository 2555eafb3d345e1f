//! Holding incidents beyond their deadline, and letting go.

use async_graphql::{Context, Object, Result};
use varsel_services::{Request, Services, retention};

use crate::graphql::error::Shown;
use crate::graphql::model::{ProposeChangeResult, ProposeErasureInput, ProposeHoldInput, ProposeLiftInput};

#[derive(Default)]
pub(super) struct RetentionMutation;

#[Object]
impl RetentionMutation {
    /// Proposes that an incident, and the uses of it, are kept beyond their deadlines until a time, at most five years ahead;
    /// another administrator has to approve it.
    async fn propose_hold(&self, ctx: &Context<'_>, input: ProposeHoldInput) -> Result<ProposeChangeResult> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        let what = (input.number.as_str(), input.until.to_utc());
        let outcome = retention::propose_hold(services, request, what, &input.reason).await;
        Ok(outcome.map_err(|error| error.shown(ctx))?.into())
    }

    /// Proposes that nothing keeps an incident beyond its deadline any longer; another administrator has to approve it.
    async fn propose_lift(&self, ctx: &Context<'_>, input: ProposeLiftInput) -> Result<ProposeChangeResult> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        let outcome = retention::propose_lift(services, request, &input.number, &input.reason).await;
        Ok(outcome.map_err(|error| error.shown(ctx))?.into())
    }

    /// Proposes that all incidents of an organisation, or of all, are erased at once, whatever their deadlines and whoever holds
    /// them; another administrator has to approve it. They cannot be brought back, from no backup either.
    async fn propose_erasure(
        &self,
        ctx: &Context<'_>,
        input: ProposeErasureInput,
    ) -> Result<ProposeChangeResult> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        let outcome =
            retention::propose_erasure(services, request, input.cvr.as_deref(), &input.reason).await;
        Ok(outcome.map_err(|error| error.shown(ctx))?.into())
    }
}
