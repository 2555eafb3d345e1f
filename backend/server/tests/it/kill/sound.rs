//! Whether a database and its log of use hold together, whatever is in them.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, DatabaseBackend, DatabaseTransaction};
use varsel_log::checkpoint::Checkpoint;
use varsel_log::key::Verifier;
use varsel_log::proof::{cover, root, root_from};
use varsel_log::tile::{Loaded, TileId};
use varsel_log::{Hash, Salt};

use super::whole::{get, rows};

/// What is wrong: SQLite's own checks of its file, and the log's tree under its signed checkpoints.
pub(super) async fn faults(tx: &DatabaseTransaction, key: &Verifier) -> Vec<String> {
    let mut faults = Vec::new();
    if tx.get_database_backend() == DatabaseBackend::Sqlite {
        for row in rows(tx, "PRAGMA integrity_check").await {
            let said: String = get(&row, "integrity_check");
            if said != "ok" {
                faults.push(format!("integrity_check: {said}"));
            }
        }
        let dangling = rows(tx, "PRAGMA foreign_key_check").await.len();
        if dangling > 0 {
            faults.push(format!("{dangling} rows refer to nothing"));
        }
    }
    faults.extend(log_faults(tx, key).await);
    faults
}

/// Every checkpoint is signed, and is the root of just the entries before it; the tiles say the same.
async fn log_faults(tx: &DatabaseTransaction, key: &Verifier) -> Vec<String> {
    let leaves = match leaves(tx).await {
        Ok(leaves) => leaves,
        Err(fault) => return vec![fault],
    };
    let mut faults = Vec::new();
    let mut newest = None;
    for row in rows(tx, "SELECT size, note FROM log_checkpoint ORDER BY size").await {
        let (size, note): (i64, String) = (get(&row, "size"), get(&row, "note"));
        match Checkpoint::open(&note, key, &[]) {
            Ok((said, _)) if i64::try_from(said.size) == Ok(size) => newest = Some(said),
            other => faults.push(format!("the checkpoint of {size} entries: {other:?}")),
        }
    }
    let Some(newest) = newest else {
        if !leaves.is_empty() {
            faults.push("entries have places, and there is no checkpoint".to_owned());
        }
        return faults;
    };
    // Entries that were erased have left their leaves behind.
    let tiles = tiles(tx).await;
    let whole =
        cover(&tiles, newest.size, &leaves).ok().and_then(|rest| root_from(newest.size, &leaves, &rest));
    if whole != Some(newest.root) {
        faults.push(format!("{} entries are not those that were signed", leaves.len()));
    }
    if root(&tiles, newest.size) != Ok(newest.root) {
        faults.push("the tiles are not those of the tree that was signed".to_owned());
    }
    faults
}

async fn tiles(tx: &DatabaseTransaction) -> Loaded {
    let rows = rows(tx, "SELECT CAST(level AS INTEGER) AS level, place, hashes FROM log_tile").await;
    let tile = |row| {
        let id = TileId {
            level: u8::try_from(get::<i32>(row, "level")).unwrap(),
            index: u64::try_from(get::<i64>(row, "place")).unwrap(),
        };
        (id, get::<Vec<u8>>(row, "hashes").as_chunks::<32>().0.iter().copied().map(Hash).collect())
    };
    rows.iter().map(tile).collect()
}

/// The leaves by their places; an entry that has none is newer than all that have one.
async fn leaves(tx: &DatabaseTransaction) -> Result<BTreeMap<u64, Hash>, String> {
    let mut leaves = BTreeMap::new();
    let mut waits = false;
    for row in rows(tx, "SELECT text, salt, position FROM access_entry ORDER BY sequence").await {
        let Some(position) = get::<Option<i64>>(&row, "position") else {
            waits = true;
            continue;
        };
        let salt: Option<[u8; 32]> = get::<Vec<u8>>(&row, "salt").try_into().ok();
        let salt = salt.ok_or("a salt is cut")?;
        let leaf = Hash::of_entry(&Salt(salt), get::<String>(&row, "text").as_bytes());
        let place = u64::try_from(position).ok().ok_or("a place before the first")?;
        if waits || leaves.insert(place, leaf).is_some() {
            return Err(format!("the entry at {place} is out of order"));
        }
    }
    Ok(leaves)
}
