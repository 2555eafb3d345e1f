//! Reading the state of the vault.

use async_graphql::{Context, Object, Result};
use varsel_services::{Request, Services, keys};

use crate::graphql::error::Shown;
use crate::graphql::model::Vault;

#[derive(Default)]
pub(super) struct VaultQuery;

#[Object]
impl VaultQuery {
    /// Which root keys the vault needs, how many keys it holds, and when keys were replaced. For administrators and security
    /// officers; that they saw it is logged.
    #[graphql(complexity = "50 * child_complexity")]
    async fn vault(&self, ctx: &Context<'_>) -> Result<Vault> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        let vault = keys::read(services, request).await.map_err(|error| error.shown(ctx))?;
        Ok(vault.into())
    }
}
