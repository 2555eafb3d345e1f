//! What sealing costs a report: whole reports are filed, one after the other, and then what of it is the keys and the ciphers is
//! done alone: a key for a new incident, and as many sealed values of the same length as a report writes. On SQLite, and on
//! PostgreSQL where a server is configured for tests.
//!
//! `cargo bench -p varsel-services --bench sealing -- 500` says how many reports; 200 where nothing is said.

#![expect(clippy::expect_used, reason = "a benchmark whose house does not stand measures nothing")]

use std::io::Write as _;
use std::time::Instant;

use varsel_domain::IncidentId;
use varsel_services::testing::{House, in_each_house};
use varsel_storage::testing::{revisions, seal_as_a_report};

fn main() {
    let count = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(200);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(in_each_house(async |house| measure(&house, count).await));
}

async fn measure(house: &House, count: u32) {
    let (first, _) = house.file("reporter-energy", "warm-up-report").await;
    let begun = Instant::now();
    for number in 0..count {
        house.file("reporter-energy", &format!("report-number-{number}")).await;
    }
    let whole = begun.elapsed() / count;

    let store = &house.services.store;
    let clear = revisions(store).await.expect("readable").pop().expect("there is one");
    let texts: Vec<_> = first.timeline.iter().map(|entry| entry.text.da.clone()).collect();
    let begun = Instant::now();
    for _ in 0..count {
        let id = IncidentId(house.services.ids.next(house.now()));
        let organisation = first.organisation.id;
        seal_as_a_report(store, (organisation, id), house.now(), (&clear, &texts))
            .await
            .expect("it is sealed");
    }
    let sealing = begun.elapsed() / count;
    let database = if store.is_shared() { "PostgreSQL" } else { "SQLite" };
    let share = 100.0 * sealing.as_secs_f64() / whole.as_secs_f64();
    let line = format!(
        "{database}: {count} reports, {whole:.2?} each; keys and ciphers {sealing:.2?}, {share:.1} %\n"
    );
    std::io::stdout().write_all(line.as_bytes()).expect("somebody reads");
}
