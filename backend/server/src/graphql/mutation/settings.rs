//! Adopting critical settings.

use async_graphql::{Context, Object, Result};
use varsel_services::{Request, Services, settings};

use crate::graphql::error::Shown;
use crate::graphql::model::{ProposeChangeResult, ProposeSettingsInput};

#[derive(Default)]
pub(super) struct SettingsMutation;

#[Object]
impl SettingsMutation {
    /// Proposes that what the configuration says of an area holds from now on; another administrator has to approve it.
    async fn propose_settings(
        &self,
        ctx: &Context<'_>,
        input: ProposeSettingsInput,
    ) -> Result<ProposeChangeResult> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        let outcome = settings::propose(services, request, input.area.into(), &input.reason).await;
        Ok(outcome.map_err(|error| error.shown(ctx))?.into())
    }
}
