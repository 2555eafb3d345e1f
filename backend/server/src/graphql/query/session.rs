//! One's own sessions.

use async_graphql::{Context, Object, Result};
use varsel_services::{Request, Services, session};

use crate::graphql::error::Shown;
use crate::graphql::model::Session;
use crate::http::Door;

#[derive(Default)]
pub(super) struct SessionQuery;

#[Object]
impl SessionQuery {
    /// The viewer's sessions that still run, the last used first.
    async fn my_sessions(&self, ctx: &Context<'_>) -> Result<Vec<Session>> {
        own(ctx).await
    }
}

/// The viewer's sessions, for the query and for what ends some of them.
pub(in crate::graphql) async fn own(ctx: &Context<'_>) -> Result<Vec<Session>> {
    let (services, request, door) = (ctx.data::<Services>()?, ctx.data::<Request>()?, ctx.data::<Door>()?);
    let sessions = session::list_own(services, request).await.map_err(|error| error.shown(ctx))?;
    Ok(sessions.into_iter().map(|view| Session::new(view, door)).collect())
}
