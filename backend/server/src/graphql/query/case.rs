//! Reading queues and cases.
#![expect(clippy::too_many_arguments, reason = "the arguments are those of the schema")]

use async_graphql::{Context, ID, Object, Result};
use varsel_services::domain::UnitId;
use varsel_services::{Request, Services, incident, queue};

use super::{page_cost, page_request};
use crate::graphql::error::Shown;
use crate::graphql::model::{Case, CaseConnection, CaseFilter};
use crate::graphql::shown::{listing, parts};

#[derive(Default)]
pub(super) struct CaseQuery;

#[Object]
impl CaseQuery {
    /// The queue of a unit, most urgent first.
    #[graphql(complexity = "page_cost(first, child_complexity)")]
    async fn cases(
        &self,
        ctx: &Context<'_>,
        unit: String,
        filter: Option<CaseFilter>,
        #[graphql(default = 50)] first: i32,
        after: Option<String>,
    ) -> Result<CaseConnection> {
        let (services, request) = (ctx.data::<Services>()?, &listing(ctx)?);
        let filter = filter.unwrap_or_default().into();
        let page = queue::list(services, request, &UnitId(unit), filter, page_request(first, after)).await;
        let page = page.map_err(|error| error.shown(ctx))?;
        Ok(CaseConnection::new(page, Case::of_queue))
    }

    /// One case; null when it does not exist or the viewer may not know that it does.
    async fn case(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Case>> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        request.actor().map_err(|error| error.shown(ctx))?;
        let Ok(id) = id.parse() else { return Ok(None) };
        let row = queue::open(services, request, id).await.map_err(|error| error.shown(ctx))?;
        let Some(row) = row else { return Ok(None) };
        // Opened with it, and not seen as a row of a list: the log says so.
        let asked = ctx.look_ahead().field("incident");
        let view = if asked.exists() {
            let request = request.showing(parts(&asked));
            incident::open(services, &request, row.case.incident).await.map_err(|error| error.shown(ctx))?
        } else {
            None
        };
        Ok(Some(Case::opened(row, view)))
    }
}
