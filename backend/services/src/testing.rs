//! A house for tests: the embedded pack, a clock that stands still, ids that repeat, the demo's people, and a fresh
//! database of each kind.

use std::sync::{Arc, LazyLock};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use varsel_domain::rules::Pack;
use varsel_domain::{Clock, FixedClock, RandomIds, SessionId};
use varsel_storage::Store;
use varsel_storage::testing as databases;

use crate::live::Live;
use crate::report::SubmitOutcome;
use crate::session::Limits;
use crate::view::{IncidentView, Receipt};
use crate::{InUse, Request, Services, demo};

/// Wednesday, 25 November 2026, 10:20 in Copenhagen: when a house's clock starts.
const START: TimeDelta = TimeDelta::seconds(1_795_598_400);

/// Read once for all the tests of a process.
static PACK: LazyLock<Arc<Pack>> = LazyLock::new(|| match Pack::embedded("dk") {
    Ok(pack) => Arc::new(pack),
    Err(refusals) => panic!("the embedded pack is refused: {refusals:?}"),
});

/// What a test works in.
#[derive(Clone)]
pub struct House {
    /// The use cases' parts.
    pub services: Services,
    clock: Arc<FixedClock>,
}

/// Runs `test` in a house on a fresh SQLite database, and in one on PostgreSQL where a server is configured (see
/// [`varsel_storage::testing`]). The demo's people are registered; there is no incident.
///
/// # Panics
/// With the test; when a house cannot be built.
pub async fn in_each_house(test: impl AsyncFn(House)) {
    databases::on_each_database(async |store| test(House::build(store).await).await).await;
}

impl House {
    async fn build(store: Store) -> Self {
        let clock = Arc::new(FixedClock::at(DateTime::UNIX_EPOCH + START));
        let ids = Arc::new(RandomIds::seeded(1));
        let pack = Arc::clone(&PACK);
        let (live, sessions) = (Live::default(), Limits::default());
        let services = Services { store, pack, clock: clock.clone(), ids, live, sessions };
        let registered = demo::register(&services).await;
        assert!(registered.is_ok(), "the demo's people: {registered:?}");
        Self { services, clock }
    }

    /// The present.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Moves the clock forward.
    pub fn advance(&self, by: TimeDelta) {
        self.clock.advance(by);
    }

    /// A request by a person of the demo, e.g. `reporter-energy`, who has just signed in. The session is not stored.
    ///
    /// # Panics
    /// When there is no such person.
    pub async fn request(&self, handle: &str) -> Request {
        match demo::find(&self.services, handle).await {
            Ok(person) => {
                let session = InUse { id: SessionId(person.id.0), authenticated_at: Some(self.now()) };
                let request_id = format!("test-{handle}");
                Request { actor: Some(person.actor()), session: Some(session), request_id }
            }
            Err(error) => panic!("{handle}: {error}"),
        }
    }

    /// The facts of the demo's sample report by `handle`, as of now.
    ///
    /// # Panics
    /// When that person files no sample.
    pub fn facts(&self, handle: &str) -> Value {
        let samples = demo::samples(self.now()).into_iter();
        let Some(sample) = samples.into_iter().find(|sample| sample.handle == handle) else {
            panic!("{handle} files no sample");
        };
        sample.facts
    }

    /// Files the demo's sample report by `handle` under `key`.
    ///
    /// # Panics
    /// When it is not taken.
    pub async fn file(&self, handle: &str, key: &str) -> (IncidentView, Receipt) {
        let (request, facts) = (self.request(handle).await, self.facts(handle));
        match demo::file_as_far_as_known(&self.services, &request, key, facts).await {
            Ok(SubmitOutcome::Submitted { incident, receipt, .. }) => (*incident, receipt),
            other => panic!("{handle}: {other:?}"),
        }
    }
}
