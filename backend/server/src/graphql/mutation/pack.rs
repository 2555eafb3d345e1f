//! Publishing a version of the rule pack, and assessing an incident under it.

use async_graphql::{Context, Object, Result};
use varsel_services::pack::{self, Publication};
use varsel_services::{Error, Request, Services, report};

use crate::graphql::error::Shown;
use crate::graphql::model::{
    ProposeChangeResult, ProposePackVersionInput, ReassessIncidentInput, ReassessIncidentResult,
};
use crate::graphql::shown::parts;

#[derive(Default)]
pub(super) struct PackMutation;

#[Object]
impl PackMutation {
    /// Proposes to publish a version that was received; another administrator has to approve it.
    async fn propose_pack_version(
        &self,
        ctx: &Context<'_>,
        input: ProposePackVersionInput,
    ) -> Result<ProposeChangeResult> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        let publication = Publication {
            version: input.version,
            in_force_from: input.in_force_from.to_utc(),
            reassess_running: input.reassess_running,
        };
        let outcome = pack::propose(services, request, publication, &input.reason).await;
        Ok(outcome.map_err(|error| error.shown(ctx))?.into())
    }

    /// Assesses an incident anew under the version in force. For officers of the unit that leads.
    async fn reassess_incident(
        &self,
        ctx: &Context<'_>,
        input: ReassessIncidentInput,
    ) -> Result<ReassessIncidentResult> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        request.actor().map_err(|error| error.shown(ctx))?;
        let Ok(id) = input.incident.parse() else {
            return Err(Error::NotFound { kind: "incident" }.shown(ctx));
        };
        let request = request.showing(parts(&ctx.look_ahead().field("incident")));
        let outcome = report::reassess(services, &request, id, &input.pack_version).await;
        Ok(outcome.map_err(|error| error.shown(ctx))?.into())
    }
}
