//! Reading the critical settings.

use async_graphql::{Context, Object, Result};
use varsel_services::{Request, Services, settings};

use crate::graphql::error::Shown;
use crate::graphql::model::CriticalSettings;

#[derive(Default)]
pub(super) struct SettingsQuery;

#[Object]
impl SettingsQuery {
    /// The critical settings: those that hold, and those of the configuration, which wait where they are others. For
    /// administrators and security officers.
    async fn critical_settings(&self, ctx: &Context<'_>) -> Result<Vec<CriticalSettings>> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        let views = settings::list(services, request).await.map_err(|error| error.shown(ctx))?;
        Ok(views.into_iter().map(CriticalSettings::from).collect())
    }
}
