//! Live updates.

mod case;

pub(crate) use case::CaseSubscription as Subscription;
