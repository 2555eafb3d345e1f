//! What it costs to write every use down: an officer opens an incident 500 times a second, once as the product does it, with the
//! use committed before the answer leaves, and once without the use. On SQLite, and on PostgreSQL where a server is configured
//! for tests.
//!
//! `cargo bench -p varsel-services --bench uses -- 20` says for how many seconds; 10 where nothing is said.

#![expect(clippy::expect_used, reason = "a benchmark whose house does not stand measures nothing")]

use std::io::Write as _;
use std::time::Instant;

use varsel_services::log;
use varsel_services::testing::pace::{self, RATE, Took};
use varsel_services::testing::{House, in_each_house};

fn main() {
    let seconds = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(10);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(in_each_house(async |house| measure(&house, seconds).await));
}

async fn measure(house: &House, seconds: u32) {
    let (filed, _) = house.file("reporter-energy", "benchmark-report").await;
    let request = house.request("officer-sektorcert").await;
    let database = if house.services.store.is_shared() { "PostgreSQL" } else { "SQLite" };
    // Each is measured twice in turn, so that neither has the better moment.
    let (mut bare, mut logged): (Option<Took>, Option<Took>) = (None, None);
    for turn in 0..4 {
        let writes = turn % 2 == 0;
        let took = pace::open_paced(house, (&request, filed.id), seconds, writes).await;
        let known = if writes { &mut logged } else { &mut bare };
        if known.as_ref().is_none_or(|known| took.at(95) < known.at(95)) {
            *known = Some(took);
        }
    }
    let (bare, logged) = (bare.expect("it was measured"), logged.expect("it was measured"));
    let share = 100.0 * (1.0 - bare.cpu.as_secs_f64() / logged.cpu.as_secs_f64());
    let more = logged.at(95).saturating_sub(bare.at(95));
    say(&format!(
        "{database}, {RATE} uses/s for {seconds} s: {}; without the log {}: the log adds {more:.2?} at p95 and is {share:.1} % of \
         the processor time of {:.2?} a use\n",
        percentiles(&logged),
        percentiles(&bare),
        logged.cpu,
    ));
    log::seal_waiting(&house.services).await.expect("it is sealed");
    for _ in 0..256 {
        pace::open(house.clone(), request.clone(), filed.id, true).await;
    }
    let begun = Instant::now();
    log::seal(&house.services).await.expect("it is sealed");
    say(&format!("{database}: a checkpoint over 256 entries takes {:.2?}\n", begun.elapsed()));
}

fn percentiles(took: &Took) -> String {
    format!("p50 {:.2?}, p95 {:.2?}, p99 {:.2?}", took.at(50), took.at(95), took.at(99))
}

fn say(line: &str) {
    std::io::stdout().write_all(line.as_bytes()).expect("somebody reads");
}
