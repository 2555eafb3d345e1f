//! What anybody may ask.
#![expect(clippy::unused_async, reason = "resolvers are async, whether they wait or not")]

use async_graphql::{Context, Object, Result};
use varsel_services::{Request, Services, person, report};

use crate::graphql::error::Shown;
use crate::graphql::model::{Assessment, Json, Pack, Viewer};

#[derive(Default)]
pub(super) struct PublicQuery;

#[Object]
impl PublicQuery {
    /// Who is signed in; null when nobody is.
    async fn me(&self, ctx: &Context<'_>) -> Result<Option<Viewer>> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        let Some(actor) = &request.actor else { return Ok(None) };
        let organisation =
            person::own_organisation(services, request).await.map_err(|error| error.shown(ctx))?;
        let pack = services.packs.in_force(services.clock.now());
        Ok(Some(Viewer::new(&pack, actor, organisation.as_ref())))
    }

    /// The rule pack in force. Public.
    async fn pack(&self, ctx: &Context<'_>) -> Result<Pack> {
        let services = ctx.data::<Services>()?;
        Ok(services.packs.in_force(services.clock.now()).into())
    }

    /// Which laws apply, who must be told and by when, for facts that need not be complete. Public; stores nothing.
    #[graphql(complexity = "500 + child_complexity")]
    async fn assess(
        &self,
        ctx: &Context<'_>,
        facts: Json,
        #[graphql(
            desc = "Under that version, which the viewer must be allowed to know, instead of the one in force."
        )]
        pack_version: Option<String>,
    ) -> Result<Assessment> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        let preview = match pack_version {
            Some(version) => report::preview_of_version(services, request, &facts.0, &version).await,
            None => Ok(report::preview(services, &facts.0)),
        };
        Ok(Assessment::preview(&preview.map_err(|error| error.shown(ctx))?))
    }
}
