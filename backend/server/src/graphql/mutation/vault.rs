//! Replacing keys.

use async_graphql::{Context, Object, Result};
use varsel_services::{Request, Services, keys};

use crate::graphql::error::Shown;
use crate::graphql::model::{ProposeChangeResult, ProposeKeyRenewalInput, ProposeRootReplacementInput};

#[derive(Default)]
pub(super) struct VaultMutation;

#[Object]
impl VaultMutation {
    /// Proposes that an organisation, or every one, gets a new key, which wraps the keys of its incidents anew; another
    /// administrator has to approve it. Nobody who works meanwhile notices.
    async fn propose_key_renewal(
        &self,
        ctx: &Context<'_>,
        input: ProposeKeyRenewalInput,
    ) -> Result<ProposeChangeResult> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        let outcome = keys::propose_renewal(services, request, input.cvr.as_deref(), &input.reason).await;
        Ok(outcome.map_err(|error| error.shown(ctx))?.into())
    }

    /// Proposes that the root key with which this server wraps takes the place of every other that the vault needs; another
    /// administrator has to approve it. Refused where there is no other, and where another came to be needed meanwhile.
    async fn propose_root_replacement(
        &self,
        ctx: &Context<'_>,
        input: ProposeRootReplacementInput,
    ) -> Result<ProposeChangeResult> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        let outcome = keys::propose_replacement(services, request, &input.reason).await;
        Ok(outcome.map_err(|error| error.shown(ctx))?.into())
    }
}
