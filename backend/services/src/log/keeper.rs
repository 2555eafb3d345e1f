//! Who keeps the log: the key, and when the next checkpoint is made.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use tokio::sync::Notify;
use varsel_domain::access::UseKind;
use varsel_domain::authz::Scope;
use varsel_log::key::{KeyError, Purpose, Signer};

use super::alarm::alarm;
use super::check::{Depth, check};
use super::clock;
use super::fault::Fault;
use super::group::Group;
use super::seal::seal_waiting;
use crate::access::write_of_system;
use crate::job::{MailCheckpoint, enqueue_at};
use crate::{Error, Result, Services};

/// A checkpoint is made at least this often while there is something new.
const LONGEST: Duration = Duration::from_secs(10);
/// And as soon as so many entries wait for one.
const MOST_WAITING: u64 = 256;
/// How often the log says that it is kept.
const HEARTBEAT: TimeDelta = TimeDelta::seconds(60);
/// How often somebody looks whether anything is missing: it reads the place of every entry.
const LOOK: TimeDelta = TimeDelta::minutes(10);

/// The log's key, and what has been written since the last checkpoint.
#[derive(Debug)]
pub struct Keeper {
    signer: Signer,
    waiting: AtomicU64,
    /// Witnesses by whose clock the server's is wrong, so that each is said once.
    pub(super) apart: Mutex<BTreeSet<String>>,
    full: Notify,
    pub(super) group: Group,
}

impl Keeper {
    /// With the key that signs checkpoints; the key's name is the origin of the log.
    pub fn new(signer: Signer) -> Self {
        Self {
            signer,
            waiting: AtomicU64::new(0),
            apart: Mutex::default(),
            full: Notify::new(),
            group: Group::default(),
        }
    }

    /// With a key that follows from 32 random bytes.
    ///
    /// # Errors
    /// The origin cannot be the name of a key.
    pub fn with_new_key(origin: &str, seed: &[u8; 32]) -> Result<Self, KeyError> {
        Ok(Self::new(Signer::new(origin, Purpose::Log, seed)?))
    }

    /// The key that signs.
    pub fn signer(&self) -> &Signer {
        &self.signer
    }

    /// Counts entries that wait for their place.
    pub(crate) fn wrote(&self, count: usize) {
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        if self.waiting.fetch_add(count, Ordering::Relaxed).saturating_add(count) >= MOST_WAITING {
            self.full.notify_one();
        }
    }
}

/// Puts the next mail of the checkpoint into the outbox; a second call changes nothing. Called when a server starts.
///
/// # Errors
/// Storage failed.
pub async fn schedule(services: &Services) -> Result<()> {
    let now = services.clock.now();
    let tx = services.store.begin(&Scope::nothing()).await?;
    let next = MailCheckpoint::after(now);
    enqueue_at(&tx, &*services.ids, (now, next.at), &next).await?;
    Ok(tx.commit().await?)
}

/// When the clock was last looked at, a log last gave its sign of life, and was last looked through.
#[derive(Debug, Default)]
pub struct Pulse {
    seen: Option<(DateTime<Utc>, Duration)>,
    beaten: Option<DateTime<Utc>>,
    looked: Option<DateTime<Utc>>,
}

/// Whether it is time again for what is done each `period`; also where the clock was put back.
fn is_time(last: Option<DateTime<Utc>>, now: DateTime<Utc>, period: TimeDelta) -> bool {
    last.is_none_or(|at| now - at >= period || now < at)
}

/// Keeps the log until the future is dropped. What cannot be done now is tried again, and said.
pub async fn run(services: Services) {
    let mut pulse = Pulse::default();
    loop {
        if let Err(error) = keep(&services, &mut pulse).await {
            tracing::error!(error = ?error, "the log of use has no new checkpoint; trying again");
        }
        pause(&services.log).await;
    }
}

/// Until it is time for the next checkpoint.
async fn pause(keeper: &Keeper) {
    tokio::select! {
        () = tokio::time::sleep(LONGEST) => {}
        () = keeper.full.notified() => {}
    }
}

/// What [`run`] does every ten seconds: a look at the clock, a sign of life where it is time for one, a checkpoint over what is new,
/// and from time to time a look at whether all is there.
///
/// # Errors
/// Storage failed.
pub async fn keep(services: &Services, pulse: &mut Pulse) -> Result<()> {
    let before = match pulse.seen {
        None => clock::newest(services).await?.map(|newest| (newest, services.clock.elapsed())),
        before => before,
    };
    let (now, elapsed) = (services.clock.now(), services.clock.elapsed());
    let gone_by = |then| elapsed.saturating_sub(then);
    if let Some(off) = before.and_then(|(before, then)| clock::put_back(before, gone_by(then), now)) {
        clock::say(services, off, None).await?;
    }
    pulse.seen = Some((now, elapsed));
    if is_time(pulse.beaten, now, HEARTBEAT) {
        beat(services, now).await?;
        pulse.beaten = Some(now);
    }
    services.log.waiting.store(0, Ordering::Relaxed);
    seal_waiting(services).await?;
    if is_time(pulse.looked, now, LOOK) {
        look(services, now).await?;
        pulse.looked = Some(now);
    }
    Ok(())
}

/// Raises the alarm where something is missing that was not erased on record: here, and by mail.
async fn look(services: &Services, now: DateTime<Utc>) -> Result<()> {
    let faults = match check(&services.store, services.log.signer().verifier(), Depth::Places).await {
        Ok(checked) => checked.faults,
        // What cannot be read is no reason to be silent.
        Err(Error::Storage(error @ varsel_storage::Error::UnreadableRow { .. })) => {
            vec![Fault::Tree(error.to_string())]
        }
        Err(error) => return Err(error),
    };
    for fault in &faults {
        tracing::error!(fault = fault.sentence().en, "the log of use is not whole");
    }
    alarm(services, &faults, now).await
}

/// Writes the sign of life.
///
/// # Errors
/// Storage failed.
pub(crate) async fn beat(services: &Services, now: DateTime<Utc>) -> Result<()> {
    let tx = services.store.begin(&Scope::nothing()).await?;
    let request = "heartbeat".to_owned();
    write_of_system(services, &tx, (now, request), (UseKind::Heartbeat, None), json!({})).await?;
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    // That ten seconds are ten seconds is seen in the real server: server/tests/it/watched.rs.
    #[tokio::test]
    async fn the_256th_entry_that_waits_ends_the_pause_and_the_255th_does_not() {
        let keeper = Keeper::with_new_key("varsel.example/use-log", &[3; 32]).unwrap();
        assert!(pause(&keeper).now_or_never().is_none(), "nothing waits");
        keeper.wrote(200);
        keeper.wrote(55);
        assert!(pause(&keeper).now_or_never().is_none(), "255 wait");
        keeper.wrote(1);
        assert!(pause(&keeper).now_or_never().is_some(), "256 wait");
    }
}
