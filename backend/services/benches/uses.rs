//! What it costs to write every use down: an officer opens an incident 500 times a second, once as the product does it, with the
//! use committed before the answer leaves, and once without the use. On SQLite, and on PostgreSQL where a server is configured
//! for tests.
//!
//! `cargo bench -p varsel-services --bench uses -- 20` says for how many seconds; 10 where nothing is said.

#![expect(clippy::expect_used, reason = "a benchmark whose house does not stand measures nothing")]

use std::io::Write as _;
use std::time::{Duration, Instant};

use varsel_domain::IncidentId;
use varsel_services::testing::{House, in_each_house, read_unlogged};
use varsel_services::{Request, incident};

/// Uses a second (security.md, E9).
const RATE: u32 = 500;

fn main() {
    let seconds = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(10);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(in_each_house(async |house| measure(&house, seconds).await));
}

async fn measure(house: &House, seconds: u32) {
    let (filed, _) = house.file("reporter-energy", "benchmark-report").await;
    let request = house.request("officer-sektorcert").await;
    let database = if house.services.store.is_shared() { "PostgreSQL" } else { "SQLite" };
    // Each is warmed up, and measured twice in turn, so that neither has the better moment.
    let (mut bare, mut logged): (Option<Run>, Option<Run>) = (None, None);
    for turn in 0..4 {
        let writes = turn % 2 == 0;
        let keeper = tokio::spawn(varsel_services::log::run(house.services.clone()));
        let run = paced(house, &request, filed.id, (writes, seconds)).await;
        keeper.abort();
        let known = if writes { &mut logged } else { &mut bare };
        if known.as_ref().is_none_or(|known| run.p95 < known.p95) {
            *known = Some(run);
        }
    }
    let (bare, logged) = (bare.expect("it was measured"), logged.expect("it was measured"));
    let share = 100.0 * (1.0 - bare.cpu.as_secs_f64() / logged.cpu.as_secs_f64());
    let more = logged.p95.saturating_sub(bare.p95);
    say(&format!(
        "{database}, {RATE} uses/s for {seconds} s: p50 {:.2?}, p95 {:.2?}, p99 {:.2?}; without the log p50 {:.2?}, p95 {:.2?}, p99 \
         {:.2?}: the log adds {more:.2?} at p95 and is {share:.1} % of the processor time of {:.2?} a use\n",
        logged.p50,
        logged.p95,
        logged.p99,
        bare.p50,
        bare.p95,
        bare.p99,
        logged.cpu / (RATE * seconds),
    ));
    varsel_services::log::seal_waiting(&house.services).await.expect("it is sealed");
    for _ in 0..256 {
        once(house, &request, filed.id, true).await;
    }
    let begun = Instant::now();
    varsel_services::log::seal(&house.services).await.expect("it is sealed");
    say(&format!("{database}: a checkpoint over 256 entries takes {:.2?}\n", begun.elapsed()));
}

struct Run {
    p50: Duration,
    p95: Duration,
    p99: Duration,
    cpu: Duration,
}

/// Starts a use every two milliseconds, whether those before have ended or not.
async fn paced(house: &House, request: &Request, id: IncidentId, (logged, seconds): (bool, u32)) -> Run {
    for _ in 0..RATE {
        once(house, request, id, logged).await;
    }
    let cpu = processor_time();
    let mut tick = tokio::time::interval(Duration::from_secs(1) / RATE);
    let mut uses = Vec::new();
    for _ in 0..RATE * seconds {
        tick.tick().await;
        let (house, request, begun) = (house.clone(), request.clone(), Instant::now());
        uses.push(tokio::spawn(async move {
            once(&house, &request, id, logged).await;
            begun.elapsed()
        }));
    }
    let mut took = Vec::new();
    for one in uses {
        took.push(one.await.expect("it is answered"));
    }
    took.sort_unstable();
    let at = |percent: usize| took.get(took.len() * percent / 100).copied().expect("there were uses");
    Run { p50: at(50), p95: at(95), p99: at(99), cpu: processor_time().saturating_sub(cpu) }
}

async fn once(house: &House, request: &Request, id: IncidentId, logged: bool) {
    let shown = if logged {
        incident::open(&house.services, request, id).await
    } else {
        read_unlogged(house, request, id).await
    };
    assert!(shown.expect("it is readable").is_some(), "it is shown");
}

/// Of this process, user and system (`/proc/self/stat`, fields 14 and 15, in hundredths of a second).
fn processor_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    let after = stat.rsplit_once(") ").map(|(_, after)| after).expect("a name in brackets");
    let ticks: u64 = after.split(' ').skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

fn say(line: &str) {
    std::io::stdout().write_all(line.as_bytes()).expect("somebody reads");
}
