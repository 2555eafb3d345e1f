//! What becomes of rejected attempts by time: a day is summed up, and counters are thrown away.

use chrono::{DateTime, Days, DurationRound, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Europe::Copenhagen;
use serde::{Deserialize, Serialize};

use super::{Context, Failure, Job, Outcome};
use crate::attempt;

/// Sums up the attempts of a Danish day, once it is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SummariseAttempts {
    /// The day.
    pub(crate) date: NaiveDate,
}

impl SummariseAttempts {
    /// Of the day of `now`.
    pub(crate) fn after(now: DateTime<Utc>) -> Self {
        Self { date: now.with_timezone(&Copenhagen).date_naive() }
    }

    /// One in the morning: Danish clocks never skip it, and nothing is registered for the day any more.
    pub(crate) fn due(&self) -> DateTime<Utc> {
        let next = self.date.checked_add_days(Days::new(1)).unwrap_or(self.date);
        let one = NaiveTime::from_hms_opt(1, 0, 0).unwrap_or_default();
        let local = next.and_time(one).and_local_timezone(Copenhagen).earliest();
        local.map_or_else(|| next.and_time(one).and_utc(), |local| local.to_utc())
    }
}

impl Job for SummariseAttempts {
    const KIND: &'static str = "summarise_attempts";

    fn unique_key(&self) -> String {
        format!("{}/{}", Self::KIND, self.date)
    }

    async fn run(&self, context: &Context<'_>) -> Result<Outcome, Failure> {
        let deviates = attempt::summarise(context.services, self.date).await;
        let deviates = deviates.map_err(|error| Failure::NotDone(error.to_string()))?;
        Ok(if deviates { Outcome::Done } else { Outcome::Nothing("nothing unusual") })
    }
}

/// Throws away counters of failures that count nothing any more, after an hour that had attempts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TidyAttempts {
    /// The hour.
    pub(crate) hour: DateTime<Utc>,
}

impl TidyAttempts {
    /// Of the hour of `now`.
    pub(crate) fn after(now: DateTime<Utc>) -> Self {
        Self { hour: now.duration_trunc(TimeDelta::hours(1)).unwrap_or(now) }
    }

    /// When the next hour is over: by then most of its counters count nothing any more, and the others stay.
    pub(crate) fn due(&self) -> DateTime<Utc> {
        self.hour + TimeDelta::hours(2)
    }
}

impl Job for TidyAttempts {
    const KIND: &'static str = "tidy_attempts";

    fn unique_key(&self) -> String {
        format!("{}/{}", Self::KIND, self.hour.timestamp())
    }

    async fn run(&self, context: &Context<'_>) -> Result<Outcome, Failure> {
        let done = attempt::forget_counters(context.services, context.now).await;
        done.map_err(|error| Failure::NotDone(error.to_string()))?;
        Ok(Outcome::Done)
    }
}
