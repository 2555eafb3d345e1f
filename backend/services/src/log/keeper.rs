//! Who keeps the log: the key, and when the next checkpoint is made.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use tokio::sync::Notify;
use varsel_domain::access::UseKind;
use varsel_domain::authz::Scope;
use varsel_log::key::{KeyError, Purpose, Signer};

use super::group::Group;
use super::seal::seal;
use crate::access::write_of_system;
use crate::job::{MailCheckpoint, enqueue_at};
use crate::{Result, Services};

/// A checkpoint is made at least this often while there is something new.
const LONGEST: Duration = Duration::from_secs(10);
/// And as soon as so many entries wait for one.
const MOST_WAITING: u64 = 256;
/// How often the log says that it is kept.
const HEARTBEAT: TimeDelta = TimeDelta::seconds(60);

/// The log's key, and what has been written since the last checkpoint.
#[derive(Debug)]
pub struct Keeper {
    signer: Signer,
    waiting: AtomicU64,
    full: Notify,
    pub(super) group: Group,
}

impl Keeper {
    /// With the key that signs checkpoints; the key's name is the origin of the log.
    pub fn new(signer: Signer) -> Self {
        Self { signer, waiting: AtomicU64::new(0), full: Notify::new(), group: Group::default() }
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

/// When a log last gave its sign of life.
#[derive(Debug, Default)]
pub struct Pulse(Option<DateTime<Utc>>);

/// Keeps the log until the future is dropped. What cannot be done now is tried again, and said.
pub async fn run(services: Services) {
    let mut pulse = Pulse::default();
    loop {
        if let Err(error) = keep(&services, &mut pulse).await {
            tracing::error!(error = ?error, "the log of use has no new checkpoint; trying again");
        }
        tokio::select! {
            () = tokio::time::sleep(LONGEST) => {}
            () = services.log.full.notified() => {}
        }
    }
}

/// What [`run`] does every ten seconds: a sign of life where it is time for one, and a checkpoint over what is new.
///
/// # Errors
/// Storage failed.
pub async fn keep(services: &Services, pulse: &mut Pulse) -> Result<()> {
    let now = services.clock.now();
    if pulse.0.is_none_or(|at| now - at >= HEARTBEAT || now < at) {
        beat(services, now).await?;
        pulse.0 = Some(now);
    }
    services.log.waiting.store(0, Ordering::Relaxed);
    while seal(services).await?.is_some() {}
    Ok(())
}

/// Writes the sign of life.
///
/// # Errors
/// Storage failed.
pub(crate) async fn beat(services: &Services, now: DateTime<Utc>) -> Result<()> {
    let tx = services.store.begin(&Scope::nothing()).await?;
    let request = "heartbeat".to_owned();
    write_of_system(services, &tx, (now, request), UseKind::Heartbeat, json!({})).await?;
    Ok(tx.commit().await?)
}
