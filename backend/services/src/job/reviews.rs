//! The jobs of reviews: one a day that opens those that are due, and for each review its reminders and its end.

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use varsel_domain::authz::Scope;
use varsel_domain::{PersonId, ReviewId};
use varsel_storage::person;

use super::{Context, Failure, Job, Outcome};
use crate::mail::{self, Addressee};
use crate::review;

/// Opens the reviews that are due, sums up past days' uses, forgets in which networks they were, and puts itself down for the next day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct OpenReviews {
    /// The day (UTC).
    pub(crate) day: NaiveDate,
}

impl OpenReviews {
    /// When it falls due.
    pub(crate) fn begins(&self) -> DateTime<Utc> {
        self.day.and_time(chrono::NaiveTime::MIN).and_utc()
    }

    /// Of the day after `now`.
    pub(crate) fn tomorrow(now: DateTime<Utc>) -> Self {
        let today = now.date_naive();
        Self { day: today.checked_add_days(Days::new(1)).unwrap_or(today) }
    }
}

impl Job for OpenReviews {
    const KIND: &'static str = "open_reviews";

    fn unique_key(&self) -> String {
        format!("{}/{}", Self::KIND, self.day)
    }

    async fn run(&self, context: &Context<'_>) -> Result<Outcome, Failure> {
        // First the next day's, so that a failure of this day breaks no chain.
        review::schedule(context.services).await?;
        let opened = review::open_due(context.services, &context.id.to_string()).await?;
        Ok(if opened > 0 { Outcome::Done } else { Outcome::Nothing("no review is due") })
    }
}

/// Ends a review at its deadline: what nobody has confirmed is suspended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CloseReview {
    /// The review.
    pub(crate) review: ReviewId,
}

impl Job for CloseReview {
    const KIND: &'static str = "close_review";

    fn unique_key(&self) -> String {
        format!("{}/{}", Self::KIND, self.review)
    }

    async fn run(&self, context: &Context<'_>) -> Result<Outcome, Failure> {
        let closed = review::close(context.services, self.review, &context.id.to_string()).await?;
        Ok(if closed { Outcome::Done } else { Outcome::Nothing("closed already") })
    }
}

/// Reminds everybody who has something left to review: one mail each, however many reviews there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RemindReviewers {
    /// The day (UTC): reviews that remind on the same day do so together.
    pub(crate) day: NaiveDate,
}

impl Job for RemindReviewers {
    const KIND: &'static str = "remind_reviewers";

    fn unique_key(&self) -> String {
        format!("{}/{}", Self::KIND, self.day)
    }

    async fn run(&self, context: &Context<'_>) -> Result<Outcome, Failure> {
        let told = review::remind(context.services, self.day).await?;
        Ok(if told > 0 { Outcome::Done } else { Outcome::Nothing("nothing is left to review") })
    }
}

/// Tells somebody how much they have left to review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TellReviewer {
    /// The recipient.
    pub(crate) person: PersonId,
    /// The day: the event.
    pub(crate) day: NaiveDate,
}

impl Job for TellReviewer {
    const KIND: &'static str = "tell_reviewer";

    fn unique_key(&self) -> String {
        format!("{}/{}/{}/mail", Self::KIND, self.day, self.person)
    }

    async fn run(&self, context: &Context<'_>) -> Result<Outcome, Failure> {
        let (services, now) = (context.services, context.now);
        let tx = services.store.begin_snapshot(&Scope::nothing()).await?;
        let reviewer = person::find(&tx, self.person).await?;
        let reviewer = reviewer.ok_or_else(|| Failure::Hopeless("no such person".to_owned()))?;
        let left = review::left_for(services, &tx, self.person, now).await?;
        tx.commit().await?;
        let Some((items, deadline)) = left else { return Ok(Outcome::Nothing("nothing is left to review")) };
        let Some(to) = Addressee::person(&reviewer) else { return Ok(Outcome::Nothing("no address")) };
        let public_url = &context.mailer.settings().public_url;
        let mail = mail::ReviewReminder::new(items, deadline, public_url);
        context.mailer.send(context.id, &to, &mail, now).await?;
        Ok(Outcome::Done)
    }
}
