//! Ending sessions, and the first administrator.

use async_graphql::{Context, ID, Object, Result};
use varsel_services::{Error, Request, Services, session};

use crate::graphql::error::Shown;
use crate::graphql::model::{Session, Viewer};
use crate::graphql::query;

#[derive(Default)]
pub(super) struct SessionMutation;

#[Object]
impl SessionMutation {
    /// Ends one of the viewer's sessions: those that are left.
    async fn end_session(&self, ctx: &Context<'_>, id: ID) -> Result<Vec<Session>> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        request.actor().map_err(|error| error.shown(ctx))?;
        let Ok(id) = id.parse() else { return Err(Error::NotFound { kind: "session" }.shown(ctx)) };
        session::end_own(services, request, id).await.map_err(|error| error.shown(ctx))?;
        query::own_sessions(ctx).await
    }

    /// Ends all of the viewer's sessions but the one that asks: that one.
    async fn end_other_sessions(&self, ctx: &Context<'_>) -> Result<Vec<Session>> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        session::end_others(services, request).await.map_err(|error| error.shown(ctx))?;
        query::own_sessions(ctx).await
    }

    /// Ends all sessions of a person: how many there were. For administrators.
    async fn end_sessions_of_person(&self, ctx: &Context<'_>, person: ID) -> Result<usize> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        request.actor().map_err(|error| error.shown(ctx))?;
        let Ok(person) = person.parse() else { return Err(Error::NotFound { kind: "person" }.shown(ctx)) };
        session::end_all_of(services, request, person).await.map_err(|error| error.shown(ctx))
    }

    /// Makes the viewer an administrator, by the one-time token that `varsel admin bootstrap` printed.
    async fn become_administrator(&self, ctx: &Context<'_>, token: String) -> Result<Viewer> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        let actor = session::become_administrator(services, request, &token).await;
        let actor = actor.map_err(|error| error.shown(ctx))?;
        let pack = services.packs.in_force(services.clock.now());
        Ok(Viewer::new(&pack, &actor, None))
    }
}
