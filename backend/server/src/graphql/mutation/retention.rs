//! Keeping incidents and entries of the log of use beyond their deadlines, and letting go.

use async_graphql::{Context, ID, Object, Result};
use varsel_services::domain::PersonId;
use varsel_services::{Error, Request, Services, retention};

use crate::graphql::error::Shown;
use crate::graphql::model::{
    ProposeChangeResult, ProposeErasureInput, ProposeHoldInput, ProposeKeepingUsesInput, ProposeLiftInput,
    ProposeReleasingUsesInput,
};

#[derive(Default)]
pub(super) struct RetentionMutation;

#[Object]
impl RetentionMutation {
    /// Proposes that an incident, and the uses of it, are kept beyond their deadlines until a time, at most five years ahead;
    /// another administrator has to approve it.
    async fn propose_hold(&self, ctx: &Context<'_>, input: ProposeHoldInput) -> Result<ProposeChangeResult> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        let what = (input.number.as_str(), input.until.to_utc());
        let outcome = retention::propose_hold(services, request, what, &input.reason).await;
        Ok(outcome.map_err(|error| error.shown(ctx))?.into())
    }

    /// Proposes that nothing keeps an incident beyond its deadline any longer; another administrator has to approve it.
    async fn propose_lift(&self, ctx: &Context<'_>, input: ProposeLiftInput) -> Result<ProposeChangeResult> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        let outcome = retention::propose_lift(services, request, &input.number, &input.reason).await;
        Ok(outcome.map_err(|error| error.shown(ctx))?.into())
    }

    /// Proposes that what the log of use tells of a person's acts in a period is kept beyond its deadline, at most until it is five years
    /// old; another administrator has to approve it. Neither of the two may be that person.
    async fn propose_keeping_uses(
        &self,
        ctx: &Context<'_>,
        input: ProposeKeepingUsesInput,
    ) -> Result<ProposeChangeResult> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        let keep = retention::Keep {
            person: person(ctx, request, &input.person)?,
            from: input.from.to_utc(),
            to: input.to.to_utc(),
            until: input.until.to_utc(),
        };
        let outcome = retention::propose_keeping(services, request, keep, &input.reason).await;
        Ok(outcome.map_err(|error| error.shown(ctx))?.into())
    }

    /// Proposes that nothing keeps what the log of use tells of a person's acts any longer; another administrator has to approve it.
    /// Neither of the two may be that person.
    async fn propose_releasing_uses(
        &self,
        ctx: &Context<'_>,
        input: ProposeReleasingUsesInput,
    ) -> Result<ProposeChangeResult> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        let whose = person(ctx, request, &input.person)?;
        let outcome = retention::propose_releasing(services, request, whose, &input.reason).await;
        Ok(outcome.map_err(|error| error.shown(ctx))?.into())
    }

    /// Proposes that all incidents of an organisation, or of all, are erased at once, whatever their deadlines and whoever holds
    /// them; another administrator has to approve it. They cannot be brought back, from no backup either.
    async fn propose_erasure(
        &self,
        ctx: &Context<'_>,
        input: ProposeErasureInput,
    ) -> Result<ProposeChangeResult> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        let outcome =
            retention::propose_erasure(services, request, input.cvr.as_deref(), &input.reason).await;
        Ok(outcome.map_err(|error| error.shown(ctx))?.into())
    }
}

fn person(ctx: &Context<'_>, request: &Request, id: &ID) -> Result<PersonId> {
    request.actor().map_err(|error| error.shown(ctx))?;
    id.parse().ok().ok_or_else(|| Error::NotFound { kind: "person" }.shown(ctx))
}
