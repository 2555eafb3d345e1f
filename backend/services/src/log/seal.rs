//! Giving entries their places in the tree, and signing what it has become.

use varsel_domain::authz::Scope;
use varsel_log::append::append;
use varsel_log::checkpoint::Checkpoint;
use varsel_log::proof::root;
use varsel_log::tile::{Missing, right_edge};
use varsel_storage::{access_log, log_tree};

use super::record::begin_in;
use crate::{Error, Result, Services};

/// How many entries get their places at once, so that nobody waits long for the database.
const AT_ONCE: u64 = 2_048;

/// Gives the entries that wait for it their places, and makes the checkpoints. What comes in meanwhile waits for the next time: under
/// load something always does.
///
/// # Errors
/// As [`seal`].
pub async fn seal_waiting(services: &Services) -> Result<()> {
    while seal_some(services).await?.is_some_and(|(_, placed)| placed == AT_ONCE) {}
    Ok(())
}

/// Gives the entries that wait for it their places, at most some thousand, and makes the checkpoint. None if nothing waits.
///
/// # Errors
/// Storage failed, or the tree that is stored is not what it was: then nothing is signed.
pub async fn seal(services: &Services) -> Result<Option<Checkpoint>> {
    Ok(seal_some(services).await?.map(|(checkpoint, _)| checkpoint))
}

/// As [`seal`], with how many got their places. Whoever was overtaken by another server begins anew.
async fn seal_some(services: &Services) -> Result<Option<(Checkpoint, u64)>> {
    loop {
        match seal_in_snapshot(services).await {
            Err(Error::Storage(error)) if error.is_overtaken() => {}
            sealed => return sealed,
        }
    }
}

async fn seal_in_snapshot(services: &Services) -> Result<Option<(Checkpoint, u64)>> {
    let (now, signer) = (services.clock.now(), services.log.signer());
    let tx = services.store.begin_snapshot(&Scope::nothing()).await?;
    log_tree::lock(&tx).await?;
    let Some(waiting) = access_log::waiting(&tx, AT_ONCE).await? else { return Ok(None) };
    let newest = log_tree::newest(&tx).await?;
    let is_first = newest.is_none();
    let size = newest.as_ref().map_or(0, |newest| newest.size);
    if access_log::is_placed_beyond(&tx, size).await? {
        return Err(broken("an entry has a place that was never signed"));
    }
    let mut edge = log_tree::tiles(&tx, &right_edge(size)).await?;
    if let Some(newest) = newest {
        let opened = Checkpoint::open(&newest.note, signer.verifier(), &[]);
        let (said, _) = opened.map_err(|error| broken(&error.to_string()))?;
        let found = root(&edge, size).map_err(|missing| broken(&missing.to_string()))?;
        if (said.size, said.root) != (size, found) {
            return Err(broken("its tree is not the one that was signed"));
        }
    }
    let missing = |missing: Missing| broken(&missing.to_string());
    let changed = append(&mut edge, size, &waiting.leaves).map_err(missing)?;
    let placed = u64::try_from(waiting.leaves.len()).unwrap_or_default();
    let size_after = size + placed;
    let root = root(&edge, size_after).map_err(missing)?;
    let checkpoint = Checkpoint { origin: signer.verifier().name().to_owned(), size: size_after, root };
    // Before all else that is written: here it comes out whether the snapshot is older than another's checkpoint.
    access_log::place(&tx, &waiting, size).await?;
    if is_first {
        begin_in(&tx, signer, now).await?;
    }
    log_tree::keep(&tx, &changed).await?;
    log_tree::add_checkpoint(&tx, &checkpoint, &checkpoint.sign(signer), now).await?;
    tx.commit().await?;
    Ok(Some((checkpoint, placed)))
}

/// Makes sure that the key is the one that the newest checkpoint was signed with.
///
/// # Errors
/// It is another one, and the sentence says what to do; storage failed.
pub async fn check_key(services: &Services) -> Result<()> {
    let tx = services.store.begin(&Scope::nothing()).await?;
    let Some(newest) = log_tree::newest(&tx).await? else { return Ok(()) };
    let key = services.log.signer().verifier();
    match Checkpoint::open(&newest.note, key, &[]) {
        Ok(_) => Ok(()),
        Err(error) => Err(Error::LogKey { key: key.to_string(), problem: error.to_string() }),
    }
}

/// Somebody has changed the log's tree, its checkpoints, or its key.
fn broken(problem: &str) -> Error {
    Error::Internal(format!("the log of use was tampered with, or has another key than before: {problem}"))
}
