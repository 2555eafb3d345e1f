//! Filing a report.

use async_graphql::{Context, Object, Result};
use varsel_services::domain::rules::StageRef;
use varsel_services::domain::shown::Part;
use varsel_services::report::{self, RequestReport, SubmitReport};
use varsel_services::{Error, Request, Services};

use crate::graphql::error::Shown;
use crate::graphql::model::{
    Incident, ReportRequestRefused, ReportRequested, RequestReportInput, RequestReportResult,
    SubmitReportInput, SubmitReportResult,
};
use crate::graphql::shown::parts;

#[derive(Default)]
pub(super) struct ReportMutation;

#[Object]
impl ReportMutation {
    /// Asks for a report that is owed only on request. For officers whose unit may ask for it: see
    /// Incident.requestable. The same again changes nothing.
    async fn request_report(
        &self,
        ctx: &Context<'_>,
        input: RequestReportInput,
    ) -> Result<RequestReportResult> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        request.actor().map_err(|error| error.shown(ctx))?;
        let Ok(incident) = input.incident.parse() else {
            return Err(Error::NotFound { kind: "incident" }.shown(ctx));
        };
        let stage = StageRef { regime: input.regime, stage: input.stage };
        let asked = RequestReport { incident, stage, due: input.due.to_utc() };
        let request = request.showing(parts(&ctx.look_ahead().field("incident")));
        match report::request_report(services, &request, asked).await {
            Ok(view) => Ok(RequestReportResult::Requested(Box::new(ReportRequested {
                incident: Incident::new(view),
            }))),
            Err(Error::Invalid { field, message }) => {
                let (field, message) = (field.to_owned(), (&message).into());
                Ok(RequestReportResult::Refused(ReportRequestRefused { field, message }))
            }
            Err(error) => Err(error.shown(ctx)),
        }
    }

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
        let answer = ctx.look_ahead();
        let receipt = answer.field("receipt").exists().then_some(Part::Receipt);
        let shown = parts(&answer.field("incident")).into_iter().chain(receipt).collect();
        let outcome = report::submit(services, &request.showing(shown), report).await;
        let outcome = outcome.map_err(|error| error.shown(ctx))?;
        Ok(SubmitReportResult::new(&services.packs.in_force(services.clock.now()), outcome))
    }
}
