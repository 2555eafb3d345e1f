//! Reading rejected attempts.

use async_graphql::{Context, Object, Result};
use varsel_services::{Request, Services, attempt};

use super::{page_cost, page_request};
use crate::graphql::error::Shown;
use crate::graphql::model::{
    AttemptBlock, AttemptBlockConnection, AttemptPatterns, RejectedAttempt, RejectedAttemptConnection,
};
use crate::graphql::shown::listing;

#[derive(Default)]
pub(super) struct AttemptQuery;

#[Object]
impl AttemptQuery {
    /// Patterns of the rejected attempts of the last days, 1 to 90. For whoever watches over access.
    #[graphql(complexity = "100 * child_complexity")]
    async fn attempt_patterns(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 14)] days: i32,
    ) -> Result<AttemptPatterns> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        let patterns = attempt::patterns(services, request, days.into()).await;
        Ok(patterns.map_err(|error| error.shown(ctx))?.into())
    }

    /// Rejected attempts, newest first. Of a flood from one client only the first are kept one by one.
    #[graphql(complexity = "page_cost(first, child_complexity)")]
    async fn rejected_attempts(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 20)] first: i32,
        after: Option<String>,
    ) -> Result<RejectedAttemptConnection> {
        let (services, request) = (ctx.data::<Services>()?, &listing(ctx)?);
        let page = attempt::latest(services, request, page_request(first, after)).await;
        Ok(RejectedAttemptConnection::new(page.map_err(|error| error.shown(ctx))?, RejectedAttempt::new))
    }

    /// Blocks, newest first: those whose task is open, or all.
    #[graphql(complexity = "page_cost(first, child_complexity)")]
    async fn attempt_blocks(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = true)] open: bool,
        #[graphql(default = 20)] first: i32,
        after: Option<String>,
    ) -> Result<AttemptBlockConnection> {
        let (services, request) = (ctx.data::<Services>()?, &listing(ctx)?);
        let page = attempt::blocks(services, request, open, page_request(first, after)).await;
        Ok(AttemptBlockConnection::new(page.map_err(|error| error.shown(ctx))?, AttemptBlock::new))
    }

    /// What somebody tried on the viewer's own account in the last 30 days, at most 20, newest first.
    #[graphql(complexity = "20 * child_complexity")]
    async fn attempts_on_my_account(&self, ctx: &Context<'_>) -> Result<Vec<RejectedAttempt>> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        let attempts = attempt::on_own_account(services, request).await;
        let attempts = attempts.map_err(|error| error.shown(ctx))?;
        Ok(attempts.into_iter().map(RejectedAttempt::from).collect())
    }
}
