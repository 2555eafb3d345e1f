//! How many failures close a way in, and for how long.
//!
//! An attempt takes a place before its proof is looked at and gives it back afterwards, so that however many come at
//! once, no more proofs are looked at than failures are allowed.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::Subject;

/// When too many failures are too many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Failures on one person's account, or under one name, that close it.
    pub per_user: usize,
    /// Failures from one client that close it.
    pub per_client: usize,
    /// Within how long.
    pub window: TimeDelta,
    /// For how long it is then closed; not shorter than `window`, or a window could hold more failures.
    pub block: TimeDelta,
}

impl Default for Rules {
    fn default() -> Self {
        let quarter = TimeDelta::minutes(15);
        Self { per_user: 5, per_client: 5, window: quarter, block: quarter }
    }
}

impl Rules {
    /// The failures that close this subject.
    pub fn limit(&self, subject: &Subject) -> usize {
        if subject.is_client() { self.per_client } else { self.per_user }
    }
}

/// What was answered to an attempt that wanted a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Its proof may be looked at.
    Admitted,
    /// As many are being looked at as may fail: try again in a moment. This is no block.
    Busy,
    /// Closed.
    Blocked {
        /// Until then.
        until: DateTime<Utc>,
    },
}

/// The failures of one subject.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Strikes {
    /// When there were failures; those older than the window no longer count.
    pub failed: Vec<DateTime<Utc>>,
    /// When the attempts that are under way took their places. One whose server died gives it back by time.
    pub places: Vec<DateTime<Utc>>,
    /// Closed until then.
    pub blocked_until: Option<DateTime<Utc>>,
}

impl Strikes {
    /// Until when it is closed; none when it is open at `now`.
    pub fn blocked(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.blocked_until.filter(|until| now < *until)
    }

    /// Whether an attempt would get a place.
    pub fn verdict(&self, limit: usize, rules: &Rules, now: DateTime<Utc>) -> Verdict {
        if let Some(until) = self.blocked(now) {
            return Verdict::Blocked { until };
        }
        let recent = |times: &[DateTime<Utc>]| times.iter().filter(|at| now - **at < rules.window).count();
        if recent(&self.failed) + recent(&self.places) < limit { Verdict::Admitted } else { Verdict::Busy }
    }

    /// Takes a place, after [`Strikes::verdict`] admitted it.
    pub fn take(&mut self, rules: &Rules, now: DateTime<Utc>) {
        self.forget(rules, now);
        self.places.push(now);
    }

    /// A failure; of an attempt that had a place since `taken`, where it had one. The end of the block that begins with it.
    pub fn fail(
        &mut self,
        taken: Option<DateTime<Utc>>,
        limit: usize,
        rules: &Rules,
        now: DateTime<Utc>,
    ) -> Option<DateTime<Utc>> {
        self.give_back(taken);
        self.forget(rules, now);
        // More failures during a block do not prolong it: nobody is kept out for longer by being attacked for longer.
        if self.blocked(now).is_some() {
            return None;
        }
        self.failed.push(now);
        if self.failed.len() < limit {
            return None;
        }
        self.failed.clear();
        let until = now + rules.block;
        self.blocked_until = Some(until);
        Some(until)
    }

    /// A success: it gives the place back, and on a person's account the failures before it are forgiven. Those of a
    /// client are not, or somebody with one account could guess at others for ever.
    pub fn succeed(&mut self, taken: DateTime<Utc>, forgive: bool) {
        self.give_back(Some(taken));
        if forgive {
            self.failed.clear();
        }
    }

    /// Opens it again, also for those who wait for a place.
    pub fn lift(&mut self) {
        self.failed.clear();
        self.places.clear();
        self.blocked_until = None;
    }

    fn give_back(&mut self, taken: Option<DateTime<Utc>>) {
        if let Some(index) = taken.and_then(|taken| self.places.iter().position(|at| *at == taken)) {
            self.places.remove(index);
        }
    }

    fn forget(&mut self, rules: &Rules, now: DateTime<Utc>) {
        self.failed.retain(|at| now - *at < rules.window);
        self.places.retain(|at| now - *at < rules.window);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LIMIT: usize = 5;

    fn minute(n: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(n)
    }

    #[test]
    fn the_fifth_failure_closes_the_way_in_for_a_quarter_of_an_hour() {
        let (rules, mut strikes) = (Rules::default(), Strikes::default());
        for n in 0..4 {
            assert_eq!(strikes.fail(None, LIMIT, &rules, minute(n)), None);
        }
        assert_eq!(strikes.verdict(LIMIT, &rules, minute(4)), Verdict::Admitted);
        assert_eq!(strikes.fail(None, LIMIT, &rules, minute(4)), Some(minute(19)));
        assert_eq!(strikes.fail(None, LIMIT, &rules, minute(10)), None, "a block is not prolonged");
        assert_eq!(strikes.verdict(LIMIT, &rules, minute(18)), Verdict::Blocked { until: minute(19) });
        assert_eq!(strikes.verdict(LIMIT, &rules, minute(19)), Verdict::Admitted);
    }

    #[test]
    fn failures_are_forgotten_after_the_window_and_forgiven_by_a_success() {
        let (rules, mut strikes) = (Rules::default(), Strikes::default());
        for n in [0, 1, 2, 3] {
            strikes.fail(None, LIMIT, &rules, minute(n));
        }
        assert_eq!(strikes.fail(None, LIMIT, &rules, minute(15)), None, "the first is too long ago");
        strikes.take(&rules, minute(16));
        strikes.succeed(minute(16), true);
        assert_eq!(strikes, Strikes::default());
    }

    #[test]
    fn a_client_is_not_forgiven_by_a_success_on_one_account() {
        let (rules, mut strikes) = (Rules::default(), Strikes::default());
        strikes.fail(None, LIMIT, &rules, minute(0));
        strikes.take(&rules, minute(1));
        strikes.succeed(minute(1), false);
        assert_eq!((strikes.failed.len(), strikes.places.len()), (1, 0));
    }

    #[test]
    fn more_at_once_than_may_fail_wait_and_are_not_blocked() {
        let (rules, mut strikes) = (Rules::default(), Strikes::default());
        for _ in 0..LIMIT {
            assert_eq!(strikes.verdict(LIMIT, &rules, minute(0)), Verdict::Admitted);
            strikes.take(&rules, minute(0));
        }
        assert_eq!(strikes.verdict(LIMIT, &rules, minute(0)), Verdict::Busy);
        strikes.succeed(minute(0), false);
        assert_eq!(strikes.verdict(LIMIT, &rules, minute(0)), Verdict::Admitted);
    }

    /// What can happen to a subject, after so many seconds.
    #[derive(Debug, Clone, Copy)]
    enum Step {
        Begin,
        End { success: bool },
    }

    fn steps() -> impl Strategy<Value = Vec<(i64, Step)>> {
        let step = prop_oneof![
            3 => Just(Step::Begin),
            3 => Just(Step::End { success: false }),
            1 => Just(Step::End { success: true }),
        ];
        proptest::collection::vec((0_i64..400, step), 1..120)
    }

    proptest! {
        #[test]
        fn no_window_holds_more_evaluated_failures_than_are_allowed(steps in steps()) {
            let (rules, mut strikes, mut now) = (Rules::default(), Strikes::default(), minute(0));
            let (mut open, mut failures) = (Vec::new(), Vec::<DateTime<Utc>>::new());
            for (seconds, step) in steps {
                now += TimeDelta::seconds(seconds);
                match step {
                    Step::Begin => if strikes.verdict(LIMIT, &rules, now) == Verdict::Admitted {
                        strikes.take(&rules, now);
                        open.push(now);
                    },
                    Step::End { success } => if let Some(taken) = open.pop() {
                        if success {
                            strikes.succeed(taken, false);
                        } else {
                            failures.push(taken);
                            strikes.fail(Some(taken), LIMIT, &rules, now);
                        }
                    },
                }
                let recent = failures.iter().filter(|at| now - **at < rules.window).count();
                prop_assert!(recent <= LIMIT, "{recent} within {} of {now}", rules.window);
            }
        }
    }
}
