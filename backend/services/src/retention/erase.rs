//! An erasure: twice a day, in small transactions, each of which may be done again without harm.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use varsel_domain::access::UseKind;
use varsel_domain::authz::Scope;
use varsel_domain::digest;
use varsel_domain::retention::{Kind, Settings};
use varsel_storage::retention::{self, Due, Run, under_way};
use varsel_storage::{Tx, legal_hold, use_hold};

use crate::access::write_of_system;
use crate::job::{EraseDue, enqueue_at};
use crate::settings::now_in_force;
use crate::{Result, Services, keys, log};

/// How many incidents are looked up at a time.
const INCIDENTS: u64 = 100;

/// The most characters of places that an entry names.
const LONGEST_PLACES: usize = 1_000;

/// How long after its deadline at most something is erased.
pub(super) const GRACE: TimeDelta = TimeDelta::hours(24);

/// Puts the next erasure into the outbox; a second call changes nothing. Called when a server starts.
///
/// # Errors
/// Storage failed.
pub async fn schedule(services: &Services) -> Result<()> {
    let now = services.clock.now();
    let tx = services.store.begin(&Scope::nothing()).await?;
    let next = EraseDue::after(now);
    enqueue_at(&tx, &*services.ids, (now, next.at), &next).await?;
    Ok(tx.commit().await?)
}

/// Erases everything that has passed its deadline and is not kept. What it erased is in the log of use and in the list of runs; what
/// was erased before it failed stays erased, and the next run goes on, and puts on record what both erased.
///
/// # Errors
/// Storage failed.
pub async fn erase(services: &Services, request_id: &str) -> Result<Run> {
    let began_at = services.clock.now();
    // Only what has its place in the log's tree can leave the log without breaking a proof.
    log::seal_waiting(services).await?;
    let deadlines = now_in_force(services).await?.retention;
    let mut of_log = log::Erased::default();
    for kind in Kind::ALL {
        let due = due(&deadlines, kind, began_at);
        match kind {
            Kind::Incidents => incidents(services, due).await?,
            Kind::Uses => of_log = log::erase_uses(services, due.before, due.now).await?,
            _ => rows(services, due).await?,
        }
    }
    keys::sweep(services, &deadlines, began_at).await?;
    let run = record(services, (began_at, request_id), &deadlines, &of_log).await?;
    scrub(services).await?;
    Ok(run)
}

/// Puts on record what was erased, also what an earlier erasure did that ended before it could say so.
async fn record(
    services: &Services,
    (began_at, request_id): (DateTime<Utc>, &str),
    deadlines: &Settings,
    of_log: &log::Erased,
) -> Result<Run> {
    let tx = services.store.begin(&Scope::system()).await?;
    let run = Run {
        began_at,
        ended_at: services.clock.now(),
        held: held(&tx, began_at).await?,
        overdue: overdue(deadlines, &tx, began_at).await?,
        erased: under_way::take(&tx).await?,
    };
    use_hold::forget_ended(&tx, began_at - GRACE).await?;
    retention::record(&tx, &run).await?;
    let written = (services.clock.now(), request_id.to_owned());
    write_of_system(services, &tx, written, (UseKind::Erased, None), detail(&run, of_log)).await?;
    tx.commit().await?;
    Ok(run)
}

/// Takes what was erased out of the files, too. Where that fails, it is on record all the same, and the next erasure tries again.
///
/// # Errors
/// Storage failed.
pub(crate) async fn scrub(services: &Services) -> Result<()> {
    let tx = services.store.begin(&Scope::system()).await?;
    let counted = under_way::not_scrubbed(&tx).await?;
    tx.commit().await?;
    if let Some(counted) = counted {
        retention::scrub(&services.store).await?;
        let tx = services.store.begin(&Scope::system()).await?;
        under_way::scrubbed(&tx, counted).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// What of a kind is due at `now`.
pub(super) fn due(deadlines: &Settings, kind: Kind, now: DateTime<Utc>) -> Due {
    Due { kind, before: deadlines.policy(kind).keep.before(now), now }
}

/// How many incidents are held.
///
/// # Errors
/// Storage failed.
pub(super) async fn held(tx: &Tx, now: DateTime<Utc>) -> Result<u64> {
    let mut incidents: Vec<_> =
        legal_hold::standing(tx, None, now).await?.into_iter().map(|hold| hold.incident).collect();
    incidents.sort_unstable();
    incidents.dedup();
    Ok(u64::try_from(incidents.len()).unwrap_or(u64::MAX))
}

/// How much is still there more than a day after its deadline.
async fn overdue(deadlines: &Settings, tx: &Tx, now: DateTime<Utc>) -> Result<u64> {
    let mut rows = 0_u64;
    for kind in Kind::ALL {
        // What was kept until less than a day ago is not overdue either.
        let late = due(deadlines, kind, now - GRACE);
        rows = rows.saturating_add(late.count(tx).await?);
    }
    Ok(rows)
}

/// Counts, and of the log itself the places that are empty since, and under which number on record. Where they are too many to be
/// named, their digest: the record has them.
fn detail(run: &Run, of_log: &log::Erased) -> Value {
    let counts = run.erased.iter().map(|(kind, rows)| (kind.word(), json!(rows)));
    let all = counts.chain([("held", json!(run.held)), ("overdue", json!(run.overdue))]);
    let places = of_log.places.to_string();
    let places = if places.len() > LONGEST_PLACES { digest::sha256(places.as_bytes()) } else { places };
    let of_log = of_log.record.map(|number| [("places", json!(places)), ("record", json!(number))]);
    let all = all.chain(of_log.into_iter().flatten());
    all.map(|(name, value)| (name.to_owned(), value)).collect::<serde_json::Map<_, _>>().into()
}

async fn rows(services: &Services, due: Due) -> Result<()> {
    loop {
        let tx = services.store.begin(&Scope::system()).await?;
        let part = due.erase(&tx).await?;
        if part == 0 {
            return Ok(tx.commit().await?);
        }
        under_way::note(&tx, due.kind, part).await?;
        tx.commit().await?;
    }
}

/// One transaction an incident.
async fn incidents(services: &Services, due: Due) -> Result<()> {
    loop {
        let tx = services.store.begin(&Scope::system()).await?;
        let found = retention::due_incidents(&tx, due.before, due.now, INCIDENTS).await?;
        tx.commit().await?;
        let mut erased = false;
        for id in found {
            let tx = services.store.begin(&Scope::system()).await?;
            let gone = retention::erase_incident(&tx, id, due.before, due.now).await?;
            if gone {
                under_way::note(&tx, due.kind, 1).await?;
            }
            tx.commit().await?;
            if gone {
                keys::destroy(services, id, due.now).await?;
            }
            erased |= gone;
        }
        if !erased {
            return Ok(());
        }
    }
}
