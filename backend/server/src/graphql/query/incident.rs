//! Reading incidents.

use async_graphql::{Context, ID, Object, Result};
use varsel_services::{Request, Services, incident};

use super::{page_cost, page_request};
use crate::graphql::error::Shown;
use crate::graphql::model::{Incident, IncidentConnection};
use crate::graphql::shown::{listing, parts, parts_of_rows};

#[derive(Default)]
pub(super) struct IncidentQuery;

#[Object]
impl IncidentQuery {
    /// An incident as the viewer may see it; null when it does not exist or the viewer may not know that it does.
    async fn incident(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Incident>> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        request.actor().map_err(|error| error.shown(ctx))?;
        let Ok(id) = id.parse() else { return Ok(None) };
        let request = request.showing(parts(&ctx.look_ahead()));
        let view = incident::open(services, &request, id).await.map_err(|error| error.shown(ctx))?;
        Ok(view.map(Incident::new))
    }

    /// The incidents of the viewer's own organisation, newest first.
    #[graphql(complexity = "page_cost(first, child_complexity)")]
    async fn incidents(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 20)] first: i32,
        after: Option<String>,
    ) -> Result<IncidentConnection> {
        let services = ctx.data::<Services>()?;
        let request = listing(ctx)?.showing(parts_of_rows(&ctx.look_ahead()));
        let page = incident::list_own(services, &request, page_request(first, after)).await;
        let page = page.map_err(|error| error.shown(ctx))?;
        Ok(IncidentConnection::new(page, Incident::new))
    }
}
