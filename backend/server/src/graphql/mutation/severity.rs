//! Confirming the severity of an incident.

use async_graphql::{Context, Object, Result};
use varsel_services::domain::severity::Seen;
use varsel_services::report::{self, ConfirmSeverity, ConfirmSeverityOutcome};
use varsel_services::{Error, Request, Services};

use crate::graphql::error::Shown;
use crate::graphql::model::{
    ConfirmSeverityInput, ConfirmSeverityResult, Incident, SeverityConfirmed, SeverityConflict,
    SeverityRefused,
};
use crate::graphql::shown::parts;

#[derive(Default)]
pub(super) struct SeverityMutation;

#[Object]
impl SeverityMutation {
    /// Confirms the severity that the rules propose, or sets another and says why. For officers of the unit that leads: see
    /// IncidentSeverity.confirmable. It holds for the whole incident until the next time.
    async fn confirm_severity(
        &self,
        ctx: &Context<'_>,
        input: ConfirmSeverityInput,
    ) -> Result<ConfirmSeverityResult> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        request.actor().map_err(|error| error.shown(ctx))?;
        let Ok(incident) = input.incident.parse() else {
            return Err(Error::NotFound { kind: "incident" }.shown(ctx));
        };
        // A number outside of every scale is no level, and one below zero was never seen.
        let level = |number: i32| u8::try_from(number).unwrap_or(u8::MAX);
        let seen = Seen {
            confirmations: u32::try_from(input.expected_confirmations).unwrap_or(u32::MAX),
            proposed: level(input.expected_proposal),
        };
        let justification = input.justification.unwrap_or_default();
        let wanted = ConfirmSeverity { incident, level: level(input.level), justification, seen };
        let request = request.showing(parts(&ctx.look_ahead().field("incident")));
        match report::confirm_severity(services, &request, wanted).await {
            Ok(ConfirmSeverityOutcome::Confirmed(view)) => {
                Ok(ConfirmSeverityResult::Confirmed(Box::new(SeverityConfirmed {
                    incident: Incident::new(*view),
                })))
            }
            Ok(ConfirmSeverityOutcome::Conflict { incident, message }) => {
                let (incident, message) = (Incident::new(*incident), (&message).into());
                Ok(ConfirmSeverityResult::Conflict(Box::new(SeverityConflict { incident, message })))
            }
            Err(Error::Invalid { field, message }) => {
                let (field, message) = (field.to_owned(), (&message).into());
                Ok(ConfirmSeverityResult::Refused(SeverityRefused { field, message }))
            }
            Err(error) => Err(error.shown(ctx)),
        }
    }
}
