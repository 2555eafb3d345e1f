//! Whether the server's clock is right: a log is worth what its times are (R56 of the security design; ST8, credibility).

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use varsel_domain::access::UseKind;
use varsel_domain::authz::Scope;
use varsel_storage::access_log;

use super::alarm::alarm_of_clock;
use crate::access::write_of_system;
use crate::{Result, Services};

/// A clock that is further off is said to be wrong.
const TOLERANCE: TimeDelta = TimeDelta::seconds(1);

/// By how much the clock was put back since it was `before`, `elapsed` ago; none where time went on.
pub(super) fn put_back(before: DateTime<Utc>, elapsed: Duration, now: DateTime<Utc>) -> Option<TimeDelta> {
    let expected = before + TimeDelta::from_std(elapsed).unwrap_or_default();
    (expected - now > TOLERANCE).then(|| now - expected)
}

/// How far the clock is from that of a witness, which signed at `second` (Unix time) something that it got after `sent` and that was back
/// before `back`; none where they agree. More than zero is ahead.
pub(super) fn apart(second: u64, (sent, back): (DateTime<Utc>, DateTime<Utc>)) -> Option<TimeDelta> {
    let second = DateTime::from_timestamp(i64::try_from(second).ok()?, 0)?;
    // The witness signed at some moment of that second.
    let (ahead, behind) = (sent - (second + TimeDelta::seconds(1)), second - back);
    if ahead > TOLERANCE { Some(ahead) } else { (behind > TOLERANCE).then_some(-behind) }
}

/// The time of the newest entry: what a clock that was put back while the server stood still must not be before.
///
/// # Errors
/// Storage failed.
pub(super) async fn newest(services: &Services) -> Result<Option<DateTime<Utc>>> {
    let tx = services.store.begin_snapshot(&Scope::nothing()).await?;
    let newest = access_log::newest_at(&tx).await?;
    tx.commit().await?;
    Ok(newest)
}

/// Says that the clock is wrong by `off` (more than zero: ahead): in the log itself, to whoever runs the server, and by mail. `against` is
/// the witness whose clock says so; none where the log's own entries do.
///
/// # Errors
/// Storage failed.
pub(super) async fn say(services: &Services, off: TimeDelta, against: Option<&str>) -> Result<()> {
    let (now, seconds) = (services.clock.now(), off.num_seconds());
    tracing::error!(seconds, against, "the server's clock is wrong: mend its time synchronisation");
    let tx = services.store.begin(&Scope::nothing()).await?;
    let detail = json!({ "seconds": seconds, "against": against });
    write_of_system(services, &tx, (now, "clock".to_owned()), (UseKind::ClockWrong, None), detail).await?;
    alarm_of_clock(services, &tx, now).await?;
    tx.commit().await?;
    services.live.ring();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(milliseconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(milliseconds).unwrap()
    }

    #[test]
    fn a_clock_that_goes_on_or_stands_is_right_and_one_put_back_by_more_than_a_second_is_not() {
        for (before, elapsed, now, off) in [
            (10_000, 0, 10_000, None),
            (10_000, 0, 99_000, None),
            (10_000, 0, 9000, None),
            (10_000, 0, 8500, Some(-1_500)),
            // Ten seconds later than before, the clock has gone on by four: it was put back by six.
            (10_000, 10_000, 14_000, Some(-6_000)),
            (10_000, 10_000, 19_500, None),
        ] {
            let found = put_back(at(before), Duration::from_millis(elapsed), at(now));
            assert_eq!(found.map(|it| it.num_milliseconds()), off, "{before} {elapsed} {now}");
        }
    }

    #[test]
    fn clocks_are_apart_by_what_neither_the_way_nor_the_second_explains() {
        for (second, sent, back, off) in [
            (100, 100_000, 100_200, None),
            // The answer took long: the witness may have signed at any moment between.
            (100, 90_000, 130_000, None),
            (100, 101_900, 102_000, None),
            (100, 102_500, 102_600, Some(1_500)),
            (100, 98_000, 99_100, None),
            (100, 90_000, 95_000, Some(-5_000)),
        ] {
            let found = apart(second, (at(sent), at(back))).map(|it| it.num_milliseconds());
            assert_eq!(found, off, "{second} {sent} {back}");
        }
    }
}
