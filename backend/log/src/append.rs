//! Appending leaves: the tiles that change, level by level.

use std::collections::{BTreeMap, BTreeSet};

use crate::Hash;
use crate::tile::{Loaded, Missing, TileId, WIDTH, pairs};

/// Appends `leaves` to a tree of `size` entries whose [`right_edge`](crate::tile::right_edge) is `edge`.
/// Gives every tile that changed, whole, and leaves `edge` ready for the next time.
///
/// # Errors
/// [`Missing`] where `edge` is not the right end of a tree of this size.
pub fn append(edge: &mut Loaded, size: u64, leaves: &[Hash]) -> Result<BTreeMap<TileId, Vec<Hash>>, Missing> {
    let mut changed = BTreeSet::new();
    for (position, leaf) in (size..).zip(leaves) {
        push(edge, &mut changed, position, *leaf)?;
    }
    Ok(changed.into_iter().filter_map(|id| Some((id, edge.get(&id)?.clone()))).collect())
}

fn push(
    edge: &mut Loaded,
    changed: &mut BTreeSet<TileId>,
    mut position: u64,
    mut hash: Hash,
) -> Result<(), Missing> {
    for level in 0.. {
        let (id, within) = TileId::holding(level, position);
        let tile = edge.entry(id).or_default();
        if tile.len() != within {
            return Err(Missing { tile: id, within });
        }
        tile.push(hash);
        changed.insert(id);
        if tile.len() < WIDTH {
            break;
        }
        hash = root_of(tile);
        position = id.index;
    }
    Ok(())
}

/// The root of a full tile, which is a hash of the level above.
fn root_of(tile: &[Hash]) -> Hash {
    let mut hashes = tile.to_vec();
    while hashes.len() > 1 {
        hashes = pairs(&hashes);
    }
    hashes.first().copied().unwrap_or_else(Hash::of_nothing)
}
