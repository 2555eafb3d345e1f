//! Deciding on critical changes.

use async_graphql::{Context, ID, Object, Result};
use varsel_services::domain::ChangeId;
use varsel_services::{Error, Request, Services, change};

use crate::graphql::error::Shown;
use crate::graphql::model::{ApproveChangeInput, DecideChangeResult, RejectChangeInput};

#[derive(Default)]
pub(super) struct ChangeMutation;

#[Object]
impl ChangeMutation {
    /// Approves a critical change that somebody else proposed; it is carried out at once, or not at all.
    async fn approve_change(
        &self,
        ctx: &Context<'_>,
        input: ApproveChangeInput,
    ) -> Result<DecideChangeResult> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        let id = id_of(ctx, request, &input.id)?;
        let outcome = change::approve(services, request, id, &input.payload_sha256).await;
        Ok(outcome.map_err(|error| error.shown(ctx))?.into())
    }

    /// Rejects a critical change that somebody else proposed.
    async fn reject_change(&self, ctx: &Context<'_>, input: RejectChangeInput) -> Result<DecideChangeResult> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        let id = id_of(ctx, request, &input.id)?;
        let outcome = change::reject(services, request, id, &input.reason).await;
        Ok(outcome.map_err(|error| error.shown(ctx))?.into())
    }

    /// The one who proposed takes it back.
    async fn withdraw_change(&self, ctx: &Context<'_>, id: ID) -> Result<DecideChangeResult> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        let id = id_of(ctx, request, &id)?;
        let outcome = change::withdraw(services, request, id).await;
        Ok(outcome.map_err(|error| error.shown(ctx))?.into())
    }
}

/// Text that is no id of a change names no change.
fn id_of(ctx: &Context<'_>, request: &Request, id: &ID) -> Result<ChangeId> {
    request.actor().map_err(|error| error.shown(ctx))?;
    id.parse().ok().ok_or_else(|| Error::NotFound { kind: "change" }.shown(ctx))
}
