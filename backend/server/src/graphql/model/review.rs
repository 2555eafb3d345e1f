//! Reviews of authorisations.
#![expect(clippy::too_many_arguments, reason = "the arguments are those of the schema")]

use async_graphql::{ComplexObject, Context, Enum, ID, InputObject, Result, SimpleObject};
use varsel_services::domain::{review as domain, rules};
use varsel_services::review::{self, Decided, ItemCriteria, ReviewView, Seen};
use varsel_services::{Services, domain::ReviewId};

use super::authorisation::{Function, FunctionUse, Reach};
use super::{DateTime, ReviewItemConnection, Text};
use crate::graphql::error::Shown;
use crate::graphql::query::{page_cost, page_request};
use crate::graphql::shown::listing;

/// A review of all authorisations of one reach.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(complex)]
pub(crate) struct Review {
    id: ID,
    reach: Reach,
    opened_at: DateTime,
    /// What nobody has confirmed by then is suspended.
    deadline: DateTime,
    /// Null while it is open.
    closed_at: Option<DateTime>,
    /// How many authorisations it is of.
    item_count: u64,
    /// How many of these are decided.
    decided_count: u64,
    /// How many nobody had used for half a year.
    unused_count: u64,
    #[graphql(skip)]
    key: ReviewId,
}

impl Review {
    pub(crate) fn new(pack: &rules::Pack, view: &ReviewView) -> Self {
        let review = &view.review;
        Self {
            id: review.id.to_string().into(),
            reach: Reach::new(pack, &review.reach, view.organisation.as_ref()),
            opened_at: review.opened_at.into(),
            deadline: review.deadline.into(),
            closed_at: review.closed_at.map(DateTime::from),
            item_count: view.progress.items,
            decided_count: view.progress.decided,
            unused_count: view.unused,
            key: review.id,
        }
    }
}

#[ComplexObject]
impl Review {
    /// Its authorisations as they were when it opened, by the holders' names: all, those that are or are not decided, or
    /// those that nobody had used for half a year.
    #[graphql(complexity = "page_cost(first, child_complexity)")]
    async fn items(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 20)] first: i32,
        after: Option<String>,
        decided: Option<bool>,
        #[graphql(default = false)] unused: bool,
    ) -> Result<ReviewItemConnection> {
        let (services, request) = (ctx.data::<Services>()?, &listing(ctx)?);
        let which = (self.key, ItemCriteria { decided, unused });
        let page = review::items(services, request, which, page_request(first, after)).await;
        Ok(ReviewItemConnection::new(page.map_err(|error| error.shown(ctx))?, ReviewItem::from))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::Verdict")]
pub(crate) enum ReviewVerdict {
    /// It is still needed.
    Confirmed,
    /// It is not, and was withdrawn.
    Withdrawn,
    /// Nobody said so in time, and it was suspended.
    Suspended,
    /// It had ended or been taken away otherwise before anybody decided.
    Gone,
}

/// One authorisation in a review, as it was when the review opened.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct ReviewItem {
    authorisation_id: ID,
    holder_id: ID,
    holder_name: String,
    functions: Vec<Function>,
    /// A stated one in the words of whoever asked for it.
    purpose: Text,
    last_used_at: Option<DateTime>,
    /// How often it was used in all.
    uses: u64,
    /// Function by function, with the uses since the review before; nothing in reviews from before that was kept.
    used: Vec<FunctionUse>,
    /// Nobody had used it for half a year.
    unused: bool,
    verdict: Option<ReviewVerdict>,
    /// Null where time decided.
    decided_by: Option<String>,
    decided_at: Option<DateTime>,
    reason: Option<String>,
    /// The viewer may decide on it: it is open, and not the viewer's own.
    decidable: bool,
}

impl From<Seen> for ReviewItem {
    fn from(seen: Seen) -> Self {
        let Seen { item, decidable } = seen;
        let (verdict, decided_by, decided_at, reason) = match item.decision {
            Some(it) => (Some(it.verdict.into()), it.by_name, Some(it.at.into()), Some(it.reason)),
            None => (None, None, None, None),
        };
        Self {
            authorisation_id: item.authorisation.to_string().into(),
            holder_id: item.holder.to_string().into(),
            holder_name: item.holder_name,
            functions: item.functions.into_iter().map(Function::from).collect(),
            purpose: (&item.purpose.in_words()).into(),
            last_used_at: item.last_used_at.map(DateTime::from),
            uses: item.uses,
            used: item.used.into_iter().map(FunctionUse::from).collect(),
            unused: item.unused,
            verdict,
            decided_by,
            decided_at,
            reason,
            decidable,
        }
    }
}

#[derive(Debug, InputObject)]
pub(crate) struct DecideReviewItemsInput {
    pub(crate) review: ID,
    /// Ids of authorisations; at most 200.
    pub(crate) authorisations: Vec<ID>,
    /// Confirm them, or withdraw them.
    pub(crate) confirm: bool,
    /// 10 to 2000 characters.
    pub(crate) reason: String,
}

/// What came of deciding, and the review as it is now.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct ReviewItemsDecided {
    review: Option<Review>,
    decided: Vec<ID>,
    /// Those on which somebody had decided before.
    before: Vec<ID>,
    /// Those that are, or may be, the viewer's own: somebody else must decide.
    own: Vec<ID>,
}

impl ReviewItemsDecided {
    pub(crate) fn new(decided: Decided, review: Option<Review>) -> Self {
        let ids = |ids: Vec<_>| ids.iter().map(ToString::to_string).map(ID::from).collect();
        Self { review, decided: ids(decided.decided), before: ids(decided.before), own: ids(decided.own) }
    }
}
