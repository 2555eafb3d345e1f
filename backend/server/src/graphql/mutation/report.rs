//! Filing a report.

use async_graphql::{Context, Object, Result};
use varsel_services::report::{self, SubmitReport};
use varsel_services::{Error, Request, Services};

use crate::graphql::error::Shown;
use crate::graphql::model::{SubmitReportInput, SubmitReportResult};

#[derive(Default)]
pub(super) struct ReportMutation;

#[Object]
impl ReportMutation {
    /// Files a report: a new incident, or the next filing on an incident of one's own organisation.
    async fn submit_report(&self, ctx: &Context<'_>, input: SubmitReportInput) -> Result<SubmitReportResult> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        request.actor().map_err(|error| error.shown(ctx))?;
        let incident = input.incident_id.map(|id| id.parse()).transpose();
        // Text that is no incident id names no incident.
        let Ok(incident) = incident else { return Err(Error::NotFound { kind: "incident" }.shown(ctx)) };
        let report = SubmitReport {
            idempotency_key: input.idempotency_key,
            facts: input.facts.0,
            incident,
            warnings_seen: input.warnings_seen,
        };
        let outcome = report::submit(services, request, report).await.map_err(|error| error.shown(ctx))?;
        Ok(SubmitReportResult::new(&services.packs.in_force(services.clock.now()), outcome))
    }
}
