//! Reviews: twice a year somebody looks at every authorisation and confirms or withdraws it (BEK 1104 section 17(2)).

use std::collections::BTreeSet;

use chrono::{DateTime, Days, Months, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::authorisation::{Function, Purpose, Reach, UNUSED_AFTER};
use crate::{AuthorisationId, PersonId, ReviewId};

/// How long after the one before a review opens.
const OPENS_AFTER: Months = Months::new(5);

/// How long after the one before it must be done.
const DONE_AFTER: Months = Months::new(6);

/// What reviewers have at least, however late it opens: the first reminder is then.
const LEAST: Days = Days::new(14);

/// So many days before the deadline reviewers are reminded.
pub const REMINDERS: [i64; 3] = [14, 7, 1];

/// A review of all authorisations of one reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Id.
    pub id: ReviewId,
    /// Of what.
    pub reach: Reach,
    /// When it opened.
    pub opened_at: DateTime<Utc>,
    /// What nobody has confirmed by then is suspended.
    pub deadline: DateTime<Utc>,
    /// When it was closed: everything was decided, or the deadline came.
    pub closed_at: Option<DateTime<Utc>>,
}

/// What came of one authorisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It is still needed.
    Confirmed,
    /// It is not, and was withdrawn.
    Withdrawn,
    /// Nobody said so in time, and it was suspended.
    Suspended,
    /// It had ended or been taken away otherwise before anybody decided.
    Gone,
}

/// One authorisation in a review, as it was when the review opened: evidence, never changed but for the decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The review.
    pub review: ReviewId,
    /// The authorisation.
    pub authorisation: AuthorisationId,
    /// Whose it is.
    pub holder: PersonId,
    /// Their name then.
    pub holder_name: String,
    /// What it lets them do.
    pub functions: BTreeSet<Function>,
    /// For what.
    pub purpose: Purpose,
    /// When it was last used, in any function.
    pub last_used_at: Option<DateTime<Utc>>,
    /// How often it was used in all.
    pub uses: u64,
    /// How each function was used; none in reviews from before that was kept.
    pub used: Vec<FunctionUsed>,
    /// Nobody had used it for half a year.
    pub unused: bool,
    /// What came of it.
    pub decision: Option<Decision>,
}

/// How one function of an authorisation was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FunctionUsed {
    /// The function.
    pub function: Function,
    /// When last; none where it never was.
    pub last_at: Option<DateTime<Utc>>,
    /// How often since the review before, or since it was given where that was not asked before.
    pub uses: u64,
    /// How often in all: from there the next review counts.
    pub total: u64,
}

/// A decision on one authorisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What.
    pub verdict: Verdict,
    /// Who; none where time decided.
    pub by: Option<PersonId>,
    /// Their name then.
    pub by_name: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: String,
}

/// Is a review due at `now`, where the last one opened (or, where there was none, the first authorisation was granted)
/// at `last`? Its deadline, if so.
pub fn due(last: DateTime<Utc>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let opens = last.checked_add_months(OPENS_AFTER)?;
    let deadline = last.checked_add_months(DONE_AFTER)?;
    (now >= opens).then_some(deadline.max(now.checked_add_days(LEAST)?))
}

/// By when the review after the one that opened at `last` must be done.
pub fn done_by(last: DateTime<Utc>) -> DateTime<Utc> {
    last.checked_add_months(DONE_AFTER).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// Has nobody used an authorisation for half a year at `now`? It must have been there for that long.
pub fn is_unused(granted_at: DateTime<Utc>, last_used_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    now - last_used_at.unwrap_or(granted_at) >= UNUSED_AFTER
}

impl Review {
    /// When reviewers are reminded, soonest first.
    pub fn reminders(&self) -> impl Iterator<Item = DateTime<Utc>> {
        let (opened_at, deadline) = (self.opened_at, self.deadline);
        REMINDERS
            .into_iter()
            .map(move |days| deadline - TimeDelta::days(days))
            .filter(move |at| *at > opened_at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> DateTime<Utc> {
        format!("{text}T09:00:00Z").parse().unwrap()
    }

    #[test]
    fn a_review_opens_after_five_months_and_is_done_after_six() {
        let last = day("2026-01-31");
        assert_eq!(due(last, day("2026-06-29")), None);
        assert_eq!(due(last, day("2026-06-30")), Some(day("2026-07-31")));
        assert_eq!(due(last, day("2026-07-31")), Some(day("2026-08-14")), "late, with a fortnight to do it");
    }

    #[test]
    fn what_is_new_is_not_unused() {
        let granted = day("2026-01-01");
        assert!(!is_unused(granted, None, day("2026-06-30")));
        assert!(is_unused(granted, None, day("2026-07-02")));
        assert!(!is_unused(granted, Some(day("2026-03-01")), day("2026-07-02")));
        assert!(is_unused(granted, Some(day("2026-03-01")), day("2026-09-01")));
    }

    #[test]
    fn reminders_that_would_be_past_are_left_out() {
        let review = |opened: &str| Review {
            id: ReviewId(uuid::Uuid::nil()),
            reach: Reach::National,
            opened_at: day(opened),
            deadline: day("2026-07-31"),
            closed_at: None,
        };
        let days =
            |opened| review(opened).reminders().map(|at| at.date_naive().to_string()).collect::<Vec<_>>();
        assert_eq!(days("2026-06-30"), ["2026-07-17", "2026-07-24", "2026-07-30"]);
        assert_eq!(days("2026-07-17"), ["2026-07-24", "2026-07-30"]);
    }
}
