//! Time is an argument: `now` is read once per use case, cut to microseconds.

use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, DurationRound, TimeDelta, Utc};

/// Tells the time.
pub trait Clock: Send + Sync {
    /// The present instant, cut to microseconds, because the two databases keep different precision.
    fn now(&self) -> DateTime<Utc>;

    /// How much time has gone by since some moment of the past: it goes on whatever is done to the time of day.
    fn elapsed(&self) -> Duration;
}

/// The wall clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the wall clock")]
    fn now(&self) -> DateTime<Utc> {
        to_microseconds(Utc::now())
    }

    fn elapsed(&self) -> Duration {
        static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
        BEGUN.elapsed()
    }
}

/// A clock that stands still until it is moved: for tests.
#[derive(Debug)]
pub struct FixedClock(Mutex<Fixed>);

#[derive(Debug, Clone, Copy)]
struct Fixed {
    now: DateTime<Utc>,
    elapsed: Duration,
}

impl FixedClock {
    /// A clock that shows `now`.
    pub fn at(now: DateTime<Utc>) -> Self {
        Self(Mutex::new(Fixed { now: to_microseconds(now), elapsed: Duration::ZERO }))
    }

    /// So much time goes by; where it is less than none, the time of day is put back, and none goes by.
    pub fn advance(&self, by: TimeDelta) {
        let mut fixed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        fixed.now += by;
        fixed.elapsed += by.to_std().unwrap_or_default();
    }

    fn read(&self) -> Fixed {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for FixedClock {
    fn now(&self) -> DateTime<Utc> {
        self.read().now
    }

    fn elapsed(&self) -> Duration {
        self.read().elapsed
    }
}

fn to_microseconds(instant: DateTime<Utc>) -> DateTime<Utc> {
    instant.duration_trunc(TimeDelta::microseconds(1)).unwrap_or(instant)
}
