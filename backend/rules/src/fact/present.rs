//! What is wrong with an instant can depend on the present.

use chrono::{DateTime, TimeDelta, Utc};

use super::catalogue::Catalogue;
use super::problem::{FactProblem, ProblemCode, Refusal};
use super::{FactValue, Facts};

/// Clocks of two machines differ; a report is not refused for that.
const TOLERANCE: TimeDelta = TimeDelta::minutes(5);

/// 2000-01-01 00:00 UTC in seconds since 1970: earlier instants are slips of the pen.
const EARLIEST: i64 = 946_684_800;

/// Instants that cannot be right at `now`.
pub(super) fn problems(catalogue: &Catalogue<'_>, facts: &Facts, now: DateTime<Utc>) -> Vec<FactProblem> {
    let refused = facts.iter().filter_map(|(id, value)| match value {
        FactValue::Instant(instant) => Some(refusal(instant.to_utc(), now)?.about(catalogue.find(id)?, id)),
        _ => None,
    });
    refused.collect()
}

fn refusal(instant: DateTime<Utc>, now: DateTime<Utc>) -> Option<Refusal> {
    if instant.timestamp() < EARLIEST {
        return Some(Refusal::new(
            ProblemCode::TooEarly,
            "Tidspunktet ligger før år 2000. Ret årstallet.",
            "The time lies before the year 2000. Correct the year.",
        ));
    }
    (now.checked_add_signed(TOLERANCE).is_some_and(|latest| instant > latest)).then(|| {
        Refusal::new(
            ProblemCode::InFuture,
            "Tidspunktet ligger i fremtiden. Ret datoen eller klokkeslættet.",
            "The time lies in the future. Correct the date or the time.",
        )
    })
}
