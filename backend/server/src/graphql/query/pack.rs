//! Reading versions of the rule pack, and what one would change.

use async_graphql::{Context, ID, Object, Result};
use varsel_services::{Request, Services, pack, report};

use crate::graphql::error::Shown;
use crate::graphql::model::{PackVersion, Reassessment};

#[derive(Default)]
pub(super) struct PackQuery;

#[Object]
impl PackQuery {
    /// Every version of the rule pack that the viewer may know of, newest first: everybody those that are, were or
    /// will be in force and the marked draft; administrators also those received and proposed.
    #[graphql(complexity = "8 * (child_complexity + 1)")]
    async fn pack_versions(&self, ctx: &Context<'_>) -> Result<Vec<PackVersion>> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        let views = pack::list(services, request).await.map_err(|error| error.shown(ctx))?;
        Ok(views.into_iter().map(PackVersion::from).collect())
    }

    /// One of them; null when there is none or the viewer may not know that there is.
    async fn pack_version(&self, ctx: &Context<'_>, version: String) -> Result<Option<PackVersion>> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        let view = pack::find(services, request, &version).await.map_err(|error| error.shown(ctx))?;
        Ok(view.map(PackVersion::from))
    }

    /// What re-assessing an incident under the version in force would change for this viewer; null when the incident
    /// does not exist, may not be known, or is assessed under that version already.
    #[graphql(complexity = "500 + child_complexity")]
    async fn reassessment(&self, ctx: &Context<'_>, incident: ID) -> Result<Option<Reassessment>> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        request.actor().map_err(|error| error.shown(ctx))?;
        let Ok(id) = incident.parse() else { return Ok(None) };
        let found = report::reassessment(services, request, id).await.map_err(|error| error.shown(ctx))?;
        Ok(found.map(Reassessment::from))
    }
}
