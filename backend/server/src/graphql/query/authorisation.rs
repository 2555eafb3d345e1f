//! Reading authorisations and reviews.

use async_graphql::{Context, ID, Object, Result};
use varsel_services::{Request, Services, authorisation, change, review};

use super::{page_cost, page_request};
use crate::graphql::error::Shown;
use crate::graphql::model::{
    Authorisation, AuthorisationConnection, AuthorisationFilter, Change, ChangeConnection, Person, Review,
    ReviewConnection,
};
use crate::graphql::shown::listing;

#[derive(Default)]
pub(super) struct AuthorisationQuery;

#[Object]
impl AuthorisationQuery {
    /// Everything the viewer holds or held, newest first.
    async fn my_authorisations(&self, ctx: &Context<'_>) -> Result<Vec<Authorisation>> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        let views = authorisation::own(services, request).await.map_err(|error| error.shown(ctx))?;
        let pack = services.packs.in_force(services.clock.now());
        Ok(views.into_iter().map(|view| Authorisation::new(&pack, view)).collect())
    }

    /// What the viewer asked for or proposed, and what is proposed for the viewer, newest first.
    #[graphql(complexity = "page_cost(first, child_complexity)")]
    async fn my_requests(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 20)] first: i32,
        after: Option<String>,
    ) -> Result<ChangeConnection> {
        let (services, request) = (ctx.data::<Services>()?, &listing(ctx)?);
        let page = change::own(services, request, page_request(first, after)).await;
        Ok(ChangeConnection::new(page.map_err(|error| error.shown(ctx))?, Change::new))
    }

    /// The authorisations where the viewer administers or audits, newest first.
    #[graphql(complexity = "page_cost(first, child_complexity)")]
    async fn authorisations(
        &self,
        ctx: &Context<'_>,
        #[graphql(default)] filter: AuthorisationFilter,
        #[graphql(default = 20)] first: i32,
        after: Option<String>,
    ) -> Result<AuthorisationConnection> {
        let (services, request) = (ctx.data::<Services>()?, &listing(ctx)?);
        request.actor().map_err(|error| error.shown(ctx))?;
        let filter = filter.parse().map_err(|error| error.shown(ctx))?;
        let page = authorisation::list(services, request, filter, page_request(first, after)).await;
        let pack = services.packs.in_force(services.clock.now());
        let node = |view| Authorisation::new(&pack, view);
        Ok(AuthorisationConnection::new(page.map_err(|error| error.shown(ctx))?, node))
    }

    /// One of them; null when it does not exist or the viewer may not know that it does.
    async fn authorisation(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Authorisation>> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        request.actor().map_err(|error| error.shown(ctx))?;
        let Ok(id) = id.parse() else { return Ok(None) };
        let view = authorisation::find(services, request, id).await.map_err(|error| error.shown(ctx))?;
        let pack = services.packs.in_force(services.clock.now());
        Ok(view.map(|view| Authorisation::new(&pack, view)))
    }

    /// People who belong where the viewer administers, by part of a name or mail address: at most 50.
    async fn people(&self, ctx: &Context<'_>, #[graphql(default)] text: String) -> Result<Vec<Person>> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        let people =
            authorisation::people(services, request, &text).await.map_err(|error| error.shown(ctx))?;
        let pack = services.packs.in_force(services.clock.now());
        Ok(people.iter().map(|found| Person::organised(&pack, found)).collect())
    }

    /// One of them; null when there is no such person or the viewer may not know that there is.
    async fn person(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Person>> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        request.actor().map_err(|error| error.shown(ctx))?;
        let Ok(id) = id.parse() else { return Ok(None) };
        let found =
            authorisation::of_person(services, request, id).await.map_err(|error| error.shown(ctx))?;
        let pack = services.packs.in_force(services.clock.now());
        Ok(found.map(|found| Person::organised(&pack, &found)))
    }

    /// The reviews of authorisations where the viewer administers or audits, newest first.
    #[graphql(complexity = "page_cost(first, child_complexity)")]
    async fn reviews(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 20)] first: i32,
        after: Option<String>,
    ) -> Result<ReviewConnection> {
        let (services, request) = (ctx.data::<Services>()?, &listing(ctx)?);
        let page = review::list(services, request, page_request(first, after)).await;
        let pack = services.packs.in_force(services.clock.now());
        let node = |view| Review::new(&pack, &view);
        Ok(ReviewConnection::new(page.map_err(|error| error.shown(ctx))?, node))
    }

    /// One of them; null when it does not exist or the viewer may not know that it does.
    async fn review(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Review>> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        request.actor().map_err(|error| error.shown(ctx))?;
        let Ok(id) = id.parse() else { return Ok(None) };
        let view = review::find(services, request, id).await.map_err(|error| error.shown(ctx))?;
        let pack = services.packs.in_force(services.clock.now());
        Ok(view.map(|view| Review::new(&pack, &view)))
    }
}
