//! The record of erasures: what leaves the log because its time is up is signed for, so that nothing else can leave it unseen.

use chrono::{DateTime, Utc};
use varsel_domain::authz::Scope;
use varsel_domain::retention::{Kind, uses_kept};
use varsel_log::erasure::Erasure;
use varsel_log::key::Signer;
use varsel_log::places::Places;
use varsel_storage::access_log::{self, DueEntry, Taken};
use varsel_storage::retention::under_way;
use varsel_storage::{Store, Tx, log_record, log_tree};

use super::alarm::alarm;
use super::check::leaves_at;
use super::fault::Fault;
use crate::{Error, Result, Services};

/// What an erasure took of the log in all its parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Erased {
    /// The places that are empty since.
    pub(crate) places: Places,
    /// The number of its last part on record; none where nothing was due.
    pub(crate) record: Option<u64>,
}

/// Begins the record, with the places that are empty by then, in the transaction that makes the log's first checkpoint. One that was begun and
/// is gone is not begun anew: that is told.
///
/// # Errors
/// Storage failed.
pub(super) async fn begin_in(tx: &Tx, signer: &Signer, now: DateTime<Utc>) -> Result<()> {
    if log_record::is_begun(tx).await? {
        return Ok(());
    }
    let size = log_tree::newest(tx).await?.map_or(0, |newest| newest.size);
    let places = log_record::empty_places(tx, size).await?;
    // The law's period, which no installation sets.
    let before = uses_kept().before(now);
    add(tx, signer, &Taken { number: 0, at: now, before, places }).await
}

/// Begins it in an installation of an earlier version, which has erased without a record; where whoever runs the server brings it to
/// this one, and at no other time.
///
/// # Errors
/// Storage failed.
pub async fn begin_record(store: &Store, signer: &Signer, now: DateTime<Utc>) -> Result<()> {
    let tx = store.begin(&Scope::nothing()).await?;
    log_tree::lock(&tx).await?;
    if log_tree::newest(&tx).await?.is_some() {
        begin_in(&tx, signer, now).await?;
    }
    Ok(tx.commit().await?)
}

/// Erases the uses of `before` or earlier that nothing keeps at `now`, in parts, each on record as it goes.
///
/// # Errors
/// Storage failed: what is erased by then is on record.
pub(crate) async fn erase(services: &Services, before: DateTime<Utc>, now: DateTime<Utc>) -> Result<Erased> {
    let mut erased = Erased::default();
    loop {
        let tx = services.store.begin(&Scope::system()).await?;
        let changed = changed_of_due(&tx, before, now).await?;
        if !changed.is_empty() {
            tx.commit().await?;
            alarm(services, &[Fault::Changed(changed.clone())], now).await?;
            return Err(Error::Internal(format!(
                "the log of use is not erased: the entries {changed} are not what was logged, or not as old as their rows say"
            )));
        }
        let Some(taken) = access_log::erase(&tx, before, now).await? else { return Ok(erased) };
        add(&tx, services.log.signer(), &taken).await?;
        under_way::note(&tx, Kind::Uses, taken.places.count()).await?;
        tx.commit().await?;
        erased = Erased { places: erased.places.with(&taken.places), record: Some(taken.number) };
    }
}

/// Which of the entries that the next part of an erasure takes are not what was logged, by the tree, or are younger than they may be, by
/// their own text: the log's key signs for none of these.
async fn changed_of_due(tx: &Tx, before: DateTime<Utc>, now: DateTime<Utc>) -> Result<Places> {
    let due = access_log::due_entries(tx, before, now).await?;
    let places: Vec<u64> = due.iter().map(|it| it.place).collect();
    let tree = leaves_at(tx, &places).await?;
    let sound = |it: &DueEntry| {
        it.leaf.is_some() && it.leaf == tree.get(&it.place).copied() && it.at.is_some_and(|at| at <= before)
    };
    Ok(Places::each(due.iter().filter(|it| !sound(it)).map(|it| it.place)))
}

async fn add(tx: &Tx, signer: &Signer, taken: &Taken) -> Result<()> {
    let Taken { number, at, before, places } = taken.clone();
    let (at, before) = (at.timestamp_micros(), before.timestamp_micros());
    let note = Erasure { number, at, before, places }.sign(signer);
    Erasure::open(&note, signer.verifier())
        .map_err(|error| Error::Internal(format!("the erasure of uses {number}: {error}")))?;
    Ok(log_record::add(tx, number, note).await?)
}
