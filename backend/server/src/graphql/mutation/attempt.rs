//! Following up blocks.

use async_graphql::{Context, ID, Object, Result};
use varsel_services::domain::BlockId;
use varsel_services::{Error, Request, Services, attempt};

use crate::graphql::error::Shown;
use crate::graphql::model::{AttemptBlock, CloseAttemptBlocksInput};

#[derive(Default)]
pub(super) struct AttemptMutation;

#[Object]
impl AttemptMutation {
    /// The viewer takes the task of a block over.
    async fn take_attempt_block(&self, ctx: &Context<'_>, id: ID) -> Result<AttemptBlock> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        let view = attempt::take(services, request, id_of(ctx, request, &id)?).await;
        Ok(AttemptBlock::new(view.map_err(|error| error.shown(ctx))?))
    }

    /// Closes the tasks of blocks, with what was found.
    async fn close_attempt_blocks(
        &self,
        ctx: &Context<'_>,
        input: CloseAttemptBlocksInput,
    ) -> Result<Vec<AttemptBlock>> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        let ids = input.ids.iter().map(|id| id_of(ctx, request, id)).collect::<Result<Vec<_>>>()?;
        let closed = attempt::close(services, request, &ids, &input.reason).await;
        Ok(closed.map_err(|error| error.shown(ctx))?.into_iter().map(AttemptBlock::new).collect())
    }

    /// Opens a way in before its time; the task stays.
    async fn lift_attempt_block(&self, ctx: &Context<'_>, id: ID) -> Result<AttemptBlock> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        let view = attempt::lift(services, request, id_of(ctx, request, &id)?).await;
        Ok(AttemptBlock::new(view.map_err(|error| error.shown(ctx))?))
    }
}

/// Text that is no id of a block names no block.
fn id_of(ctx: &Context<'_>, request: &Request, id: &ID) -> Result<BlockId> {
    request.actor().map_err(|error| error.shown(ctx))?;
    id.parse().ok().ok_or_else(|| Error::NotFound { kind: "block" }.shown(ctx))
}
