//! Reading critical changes.

use async_graphql::{Context, ID, Object, Result};
use varsel_services::{Request, Services, change};

use super::{page_cost, page_request};
use crate::graphql::error::Shown;
use crate::graphql::model::{Change, ChangeConnection};
use crate::graphql::shown::listing;

#[derive(Default)]
pub(super) struct ChangeQuery;

#[Object]
impl ChangeQuery {
    /// Critical changes, newest first. For administrators.
    #[graphql(complexity = "page_cost(first, child_complexity)")]
    async fn changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 20)] first: i32,
        after: Option<String>,
    ) -> Result<ChangeConnection> {
        let (services, request) = (ctx.data::<Services>()?, &listing(ctx)?);
        let page = change::list(services, request, page_request(first, after)).await;
        Ok(ChangeConnection::new(page.map_err(|error| error.shown(ctx))?, Change::new))
    }

    /// One of them; null when it does not exist or the viewer may not know that it does.
    async fn change(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Change>> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        request.actor().map_err(|error| error.shown(ctx))?;
        let Ok(id) = id.parse() else { return Ok(None) };
        let view = change::find(services, request, id).await.map_err(|error| error.shown(ctx))?;
        Ok(view.map(Change::new))
    }
}
