//! The record of erasures: what leaves the log because its time is up is signed for, so that nothing else can leave it unseen.

use chrono::{DateTime, Utc};
use varsel_domain::access::UseKind;
use varsel_domain::authz::Scope;
use varsel_domain::retention::{Kind, Settings};
use varsel_log::erasure::Erasure;
use varsel_log::places::Places;
use varsel_storage::access_log::{self, Taken};
use varsel_storage::{Tx, log_record, log_tree};

use crate::{Error, Result, Services};

/// What an erasure took of the log in all its parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Erased {
    /// The places that are empty since.
    pub(crate) places: Places,
    /// The number of its last part on record; none where nothing was due.
    pub(crate) record: Option<u64>,
}

/// Begins the record where there is none, with the places that are empty by then: an installation of an earlier version has erased
/// without one. A record that was begun and is gone is not begun anew.
///
/// # Errors
/// Storage failed.
pub(crate) async fn begin(services: &Services) -> Result<()> {
    let now = services.clock.now();
    let tx = services.store.begin_snapshot(&Scope::nothing()).await?;
    if !log_tree::lock(&tx).await? || log_record::is_begun(&tx).await? || told_of(&tx).await? {
        return Ok(());
    }
    let size = log_tree::newest(&tx).await?.map_or(0, |newest| newest.size);
    let places = log_record::empty_places(&tx, size).await?;
    // The law's period, which no installation sets.
    let before = Settings::default().policy(Kind::Uses).keep.before(now);
    add(services, &tx, &Taken { number: 0, at: now, before, places }).await?;
    Ok(tx.commit().await?)
}

/// Whether the log itself says that there is a record.
///
/// # Errors
/// Storage failed.
pub(super) async fn told_of(tx: &Tx) -> Result<bool> {
    let newest = log_record::newest_of(tx, UseKind::Erased).await?;
    Ok(newest.is_some_and(|entry| entry.detail.get("record").is_some()))
}

/// Erases the uses of `before` or earlier that nothing keeps at `now`, in parts, each on record as it goes.
///
/// # Errors
/// Storage failed: what is erased by then is on record.
pub(crate) async fn erase(services: &Services, before: DateTime<Utc>, now: DateTime<Utc>) -> Result<Erased> {
    begin(services).await?;
    let mut erased = Erased::default();
    loop {
        let tx = services.store.begin(&Scope::system()).await?;
        let Some(taken) = access_log::erase(&tx, before, now).await? else { return Ok(erased) };
        add(services, &tx, &taken).await?;
        tx.commit().await?;
        erased = Erased { places: erased.places.with(&taken.places), record: Some(taken.number) };
    }
}

async fn add(services: &Services, tx: &Tx, taken: &Taken) -> Result<()> {
    let Taken { number, at, before, places } = taken.clone();
    let (at, before) = (at.timestamp_micros(), before.timestamp_micros());
    let note = Erasure { number, at, before, places }.sign(services.log.signer());
    Erasure::open(&note, services.log.signer().verifier())
        .map_err(|error| Error::Internal(format!("the erasure of uses {number}: {error}")))?;
    Ok(log_record::add(tx, number, note).await?)
}
