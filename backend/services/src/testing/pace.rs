//! Work that is begun at a steady pace, and what it takes: for the benchmarks that say what the log of use costs.

use std::time::{Duration, Instant};

use varsel_domain::IncidentId;

use crate::testing::{House, read_unlogged};
use crate::{Request, incident, log};

/// How many uses are begun a second (security.md, E9).
pub const RATE: u32 = 500;

/// What each piece of work took.
#[derive(Debug)]
pub struct Took {
    sorted: Vec<Duration>,
    /// Processor time of each, on average: user and system, of the process that was looked at.
    pub cpu: Duration,
}

impl Took {
    /// How long `percent` of them took at most.
    pub fn at(&self, percent: usize) -> Duration {
        self.sorted.get(self.sorted.len() * percent / 100).copied().unwrap_or_default()
    }
}

/// Begins `work` so many times a second for so many seconds, whether what was begun before has ended or not; for a second's worth
/// one after the other before that, to warm up. The processor time is that of a process: `self`, or its number.
///
/// # Panics
/// With the work; where there is no `/proc`.
pub async fn paced<F>(process: &str, (rate, seconds): (u32, u32), work: impl Fn() -> F) -> Took
where
    F: Future<Output = ()> + Send + 'static,
{
    for _ in 0..rate {
        work().await;
    }
    let before = processor_time(process);
    let mut tick = tokio::time::interval(Duration::from_secs(1) / rate);
    let mut under_way = Vec::new();
    for _ in 0..rate * seconds {
        tick.tick().await;
        let (one, begun) = (work(), Instant::now());
        under_way.push(tokio::spawn(async move {
            one.await;
            begun.elapsed()
        }));
    }
    let mut sorted = Vec::new();
    for one in under_way {
        match one.await {
            Ok(took) => sorted.push(took),
            Err(error) => panic!("it was not done: {error}"),
        }
    }
    sorted.sort_unstable();
    let all = processor_time(process).saturating_sub(before);
    Took { sorted, cpu: all / (rate * seconds).max(1) }
}

/// Opens an incident [`RATE`] times a second, with the use on disk before the answer leaves (`logged`), as the product does it, or without.
///
/// # Panics
/// As [`paced`]; when `request` may not see it.
pub async fn open_paced(
    house: &House,
    (request, id): (&Request, IncidentId),
    seconds: u32,
    logged: bool,
) -> Took {
    let keeper = tokio::spawn(log::run(house.services.clone()));
    let took = paced("self", (RATE, seconds), || open(house.clone(), request.clone(), id, logged)).await;
    keeper.abort();
    took
}

/// Opens it once.
///
/// # Panics
/// When `request` may not see it.
pub async fn open(house: House, request: Request, id: IncidentId, logged: bool) {
    let shown = if logged {
        incident::open(&house.services, &request, id).await
    } else {
        read_unlogged(&house, &request, id).await
    };
    assert!(matches!(shown, Ok(Some(_))), "it is not shown: {shown:?}");
}

/// User and system (`/proc/PID/stat`, fields 14 and 15, in hundredths of a second).
fn processor_time(process: &str) -> Duration {
    let Ok(stat) = std::fs::read_to_string(format!("/proc/{process}/stat")) else {
        panic!("no /proc/{process}/stat: this is measured on Linux");
    };
    // The name before that may have spaces and brackets of its own.
    let after = stat.rsplit_once(") ").map_or("", |(_, after)| after);
    let ticks: u64 = after.split(' ').skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}
