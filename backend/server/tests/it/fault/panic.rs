//! A panic in the middle of a request (attack A12): whoever asked gets no answer, and everybody else goes on.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::json;
use varsel_server::http::Door;
use varsel_services::domain::Clock;
use varsel_services::testing::in_each_house;

use super::small::facts;
use crate::harness::{SUBMIT, with_door};

/// A clock that breaks when it is looked at for the nth time from now; with 0 it works.
struct Fragile {
    clock: Arc<dyn Clock>,
    left: AtomicUsize,
}

impl Clock for Fragile {
    fn now(&self) -> DateTime<Utc> {
        let looks = self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        assert_ne!(looks, Ok(1), "planted: the clock breaks");
        self.clock.now()
    }

    fn elapsed(&self) -> Duration {
        self.clock.elapsed()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_costs_its_own_request_and_no_other() {
    in_each_house(async |mut house| {
        let clock = Arc::new(Fragile { clock: Arc::clone(&house.services.clock), left: AtomicUsize::new(0) });
        house.services.clock = Arc::<Fragile>::clone(&clock);
        with_door(
            house,
            |_| Door::Demo,
            async |app| {
                let client = app.person("reporter-energy").await;
                let mut unanswered = 0;
                // Each time further into the request: before anybody has looked at it, and within its transaction.
                for look in 1..=8 {
                    let key = format!("panic-report-{look}");
                    let input = json!({ "input": { "idempotencyKey": key, "facts": facts() } });
                    let body = json!({ "query": SUBMIT, "variables": input });
                    clock.left.store(look, Ordering::SeqCst);
                    let answer = client.post("/graphql").json(&body).send().await;
                    unanswered += usize::from(!answer.is_ok_and(|answer| answer.status() == 200));
                    clock.left.store(0, Ordering::SeqCst);
                    let again = client.submit(&key, &facts(), false).await;
                    assert_eq!(again["__typename"], "ReportSubmitted", "{look}: {again:#}");
                }
                assert!(unanswered >= 3, "{unanswered}");
                let mine = client.data("{ incidents { totalCount } }", json!({})).await;
                assert_eq!(mine["incidents"]["totalCount"], 8, "each once");
            },
        )
        .await;
    })
    .await;
}
