//! Where the hashes of the tree are kept: tiles of up to 256 hashes, as in C2SP `tlog-tiles`.
//!
//! The tile of level 0 holds leaves; each hash of level `L + 1` is the root of a full tile of level `L`. A tile that is not
//! full grows at its right end only, and a full one never changes.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::Hash;

/// How many hashes a full tile has, as a power of two.
const HEIGHT: u32 = 8;

/// How many hashes a full tile has.
pub const WIDTH: usize = 1 << HEIGHT;

/// How many places of a log a full tile of leaves has.
pub const PLACES: u64 = 1 << HEIGHT;

/// Which tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TileId {
    /// 0 for leaves.
    pub level: u8,
    /// Counted from the left, from 0.
    pub index: u64,
}

impl TileId {
    /// Where the hash at `position` of `level` lies: in which tile, and where in it.
    pub(crate) fn holding(level: u8, position: u64) -> (Self, usize) {
        let width = 1 << HEIGHT;
        let within = usize::try_from(position % width).unwrap_or_default();
        (Self { level, index: position / width }, within)
    }
}

/// The tiles at the right end of a tree of `size` entries: all that is needed to append, and to compute its root.
pub fn right_edge(size: u64) -> Vec<TileId> {
    let mut edge = Vec::new();
    let (mut level, mut hashes) = (0, size);
    while hashes > 0 {
        edge.push(TileId::holding(level, hashes).0);
        // The last hash of a tile that has just become full is part of the root of nothing, but its tile may be the last.
        edge.push(TileId::holding(level, hashes - 1).0);
        (level, hashes) = (level + 1, hashes >> HEIGHT);
    }
    edge.dedup();
    edge
}

/// Something that has tiles.
pub trait Tiles {
    /// The hash at `within` of a tile.
    ///
    /// # Errors
    /// [`Missing`] where there is no such tile or hash.
    fn hash(&self, tile: TileId, within: usize) -> Result<Hash, Missing>;
}

/// A hash of the tree is not there: the tiles are not those of a tree of this size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the tree lacks hash {within} of tile {} of level {}", tile.index, tile.level)]
pub struct Missing {
    /// The tile it would lie in.
    pub tile: TileId,
    /// Where in it, from 0.
    pub within: usize,
}

/// Tiles that were loaded.
pub type Loaded = BTreeMap<TileId, Vec<Hash>>;

impl Tiles for Loaded {
    fn hash(&self, tile: TileId, within: usize) -> Result<Hash, Missing> {
        self.get(&tile).and_then(|hashes| hashes.get(within)).copied().ok_or(Missing { tile, within })
    }
}

/// Has no tiles, but writes down which are asked for: a computation is made once with this one, and again when they are
/// loaded.
#[derive(Debug, Default)]
pub struct Asked(RefCell<BTreeSet<TileId>>);

impl Asked {
    /// The tiles that were asked for.
    pub fn into_ids(self) -> Vec<TileId> {
        self.0.into_inner().into_iter().collect()
    }
}

impl Tiles for Asked {
    fn hash(&self, tile: TileId, _: usize) -> Result<Hash, Missing> {
        self.0.borrow_mut().insert(tile);
        Ok(Hash::of_nothing())
    }
}

/// The root of the full subtree of `1 << height` leaves that begins with the leaf `start`.
pub(crate) fn full_subtree(tiles: &impl Tiles, start: u64, height: u32) -> Result<Hash, Missing> {
    let level = height / HEIGHT;
    let (first, count) = (start >> (level * HEIGHT), 1_usize << (height % HEIGHT));
    let (tile, within) = TileId::holding(u8::try_from(level).unwrap_or(u8::MAX), first);
    let mut hashes =
        (within..within + count).map(|at| tiles.hash(tile, at)).collect::<Result<Vec<_>, _>>()?;
    while hashes.len() > 1 {
        hashes = pairs(&hashes);
    }
    hashes.first().copied().ok_or(Missing { tile, within })
}

/// The nodes above hashes that lie side by side, an even number of them.
pub(crate) fn pairs(hashes: &[Hash]) -> Vec<Hash> {
    hashes.as_chunks::<2>().0.iter().map(|[left, right]| Hash::above(left, right)).collect()
}
