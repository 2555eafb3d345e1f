//! Reading which identity providers there are.

use async_graphql::{Context, Object, Result};
use varsel_services::{Request, Services, provider};

use crate::graphql::error::Shown;
use crate::graphql::model::IdentityProvider;

#[derive(Default)]
pub(super) struct ProviderQuery;

#[Object]
impl ProviderQuery {
    /// The identity providers of the configuration, and whether people can sign in through them. For administrators and
    /// security officers.
    async fn identity_providers(&self, ctx: &Context<'_>) -> Result<Vec<IdentityProvider>> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        let views = provider::list(services, request).await.map_err(|error| error.shown(ctx))?;
        Ok(views.into_iter().map(IdentityProvider::from).collect())
    }
}
