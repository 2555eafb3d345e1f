//! Reading how long data is kept.

use async_graphql::{Context, Object, Result};
use varsel_services::{Request, Services, retention};

use crate::graphql::error::Shown;
use crate::graphql::model::Retention;

#[derive(Default)]
pub(super) struct RetentionQuery;

#[Object]
impl RetentionQuery {
    /// How long each kind of data is kept, what is due, which incidents are held, and what the last erasures did. For
    /// administrators and security officers; that they saw it is logged.
    #[graphql(complexity = "50 * child_complexity")]
    async fn retention(&self, ctx: &Context<'_>) -> Result<Retention> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        let report = retention::read(services, request).await.map_err(|error| error.shown(ctx))?;
        Ok(report.into())
    }
}
