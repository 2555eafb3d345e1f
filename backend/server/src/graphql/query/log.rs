//! Reading the log of use, in an investigation.

use async_graphql::{Context, Object, Result};
use varsel_services::{Services, log};

use super::{page_cost, page_request};
use crate::graphql::error::Shown;
use crate::graphql::model::{Use, UseConnection, UseInquiry};
use crate::graphql::shown::listing;

#[derive(Default)]
pub(super) struct LogQuery;

#[Object]
impl LogQuery {
    /// Uses of the data, oldest first, for an investigation with a case number. Nobody sees their own, and that one looked is
    /// itself logged.
    #[graphql(complexity = "page_cost(first, child_complexity)")]
    async fn uses(
        &self,
        ctx: &Context<'_>,
        inquiry: UseInquiry,
        #[graphql(default = 20)] first: i32,
        after: Option<String>,
    ) -> Result<UseConnection> {
        let (services, request) = (ctx.data::<Services>()?, &listing(ctx)?);
        let inquiry = inquiry.parse().map_err(|error| error.shown(ctx))?;
        let page = log::investigate(services, request, &inquiry, page_request(first, after)).await;
        Ok(UseConnection::new(page.map_err(|error| error.shown(ctx))?, Use::from))
    }
}
