//! Asking for authorisations, withdrawing them, and reviewing them.

use async_graphql::{Context, ID, Object, Result};
use varsel_services::{Error, Request, Services, authorisation, review};

use crate::graphql::error::Shown;
use crate::graphql::model::{
    AuthorisationsWithdrawn, DecideReviewItemsInput, PersonLeft, PersonLeftInput, ProposeChangeResult,
    RequestAuthorisationInput, Review, ReviewItemsDecided, WithdrawAuthorisationsInput,
};

#[derive(Default)]
pub(super) struct AuthorisationMutation;

#[Object]
impl AuthorisationMutation {
    /// Asks for an authorisation, for oneself or, where one administers, for somebody else. Another administrator has to
    /// approve it, who is neither who asks nor who gets it.
    async fn request_authorisation(
        &self,
        ctx: &Context<'_>,
        input: RequestAuthorisationInput,
    ) -> Result<ProposeChangeResult> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        request.actor().map_err(|error| error.shown(ctx))?;
        let reason = input.reason.clone();
        let wish = input.parse().map_err(|error| error.shown(ctx))?;
        let outcome = authorisation::ask(services, request, wish, &reason).await;
        Ok(outcome.map_err(|error| error.shown(ctx))?.into())
    }

    /// Asks for a suspended authorisation to be reinstated. Another administrator has to approve it.
    async fn request_reinstatement(
        &self,
        ctx: &Context<'_>,
        id: ID,
        reason: String,
    ) -> Result<ProposeChangeResult> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        request.actor().map_err(|error| error.shown(ctx))?;
        let id = id.parse().ok().ok_or_else(|| Error::NotFound { kind: "authorisation" }.shown(ctx))?;
        let outcome = authorisation::ask_again(services, request, id, &reason).await;
        Ok(outcome.map_err(|error| error.shown(ctx))?.into())
    }

    /// Withdraws authorisations, effective at once; one's own may be given up, too. All or none.
    async fn withdraw_authorisations(
        &self,
        ctx: &Context<'_>,
        input: WithdrawAuthorisationsInput,
    ) -> Result<AuthorisationsWithdrawn> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        request.actor().map_err(|error| error.shown(ctx))?;
        let ids = ids(ctx, &input.ids)?;
        let ended = authorisation::withdraw(services, request, &ids, &input.reason).await;
        Ok(ended.map_err(|error| error.shown(ctx))?.into())
    }

    /// A person has left: withdraws everything they hold, and ends their sessions and the tokens of their programs.
    async fn person_has_left(&self, ctx: &Context<'_>, input: PersonLeftInput) -> Result<PersonLeft> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        request.actor().map_err(|error| error.shown(ctx))?;
        let person =
            input.person.parse().ok().ok_or_else(|| Error::NotFound { kind: "person" }.shown(ctx))?;
        let left = authorisation::left(services, request, person, &input.reason).await;
        Ok(left.map_err(|error| error.shown(ctx))?.into())
    }

    /// Confirms or withdraws authorisations in a review. The last decision closes it.
    async fn decide_review_items(
        &self,
        ctx: &Context<'_>,
        input: DecideReviewItemsInput,
    ) -> Result<ReviewItemsDecided> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        request.actor().map_err(|error| error.shown(ctx))?;
        let id = input.review.parse().ok().ok_or_else(|| Error::NotFound { kind: "review" }.shown(ctx))?;
        let items = ids(ctx, &input.authorisations)?;
        let decided = review::decide(services, request, (id, &items), (input.confirm, &input.reason)).await;
        let decided = decided.map_err(|error| error.shown(ctx))?;
        let view = review::find(services, request, id).await.map_err(|error| error.shown(ctx))?;
        let pack = services.packs.in_force(services.clock.now());
        Ok(ReviewItemsDecided::new(decided, view.map(|view| Review::new(&pack, &view))))
    }
}

/// Text that is no id of an authorisation names none.
fn ids<T: std::str::FromStr>(ctx: &Context<'_>, ids: &[ID]) -> Result<Vec<T>> {
    let parsed: Option<Vec<T>> = ids.iter().map(|id| id.parse().ok()).collect();
    parsed.ok_or_else(|| Error::NotFound { kind: "authorisation" }.shown(ctx))
}
