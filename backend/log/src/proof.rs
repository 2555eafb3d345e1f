//! Roots, and proofs that one root continues another, or that entries stand under one (RFC 6962, section 2.1).

use std::collections::BTreeMap;

use crate::Hash;
use crate::tile::{Missing, Tiles, full_subtree};

/// The root of the tree of the first `size` entries.
///
/// # Errors
/// [`Missing`] where a tile is.
pub fn root(tiles: &impl Tiles, size: u64) -> Result<Hash, Missing> {
    range(tiles, 0, size)
}

/// The root of the entries from `start` to just before `end`, as RFC 6962 divides them.
fn range(tiles: &impl Tiles, start: u64, end: u64) -> Result<Hash, Missing> {
    match end - start {
        0 => Ok(Hash::of_nothing()),
        count if count.is_power_of_two() => full_subtree(tiles, start, count.trailing_zeros()),
        count => {
            let middle = start + split(count);
            Ok(Hash::above(&range(tiles, start, middle)?, &range(tiles, middle, end)?))
        }
    }
}

/// The largest power of two below `count`, which is more than one.
fn split(count: u64) -> u64 {
    1 << (u64::BITS - 1 - (count - 1).leading_zeros())
}

/// The proof that the tree of `new` entries begins with the tree of `old` entries (RFC 6962, section 2.1.2).
/// Empty where there is nothing to prove.
///
/// # Errors
/// [`Missing`] where a tile is, or `old` is greater than `new`.
pub fn consistency(tiles: &impl Tiles, old: u64, new: u64) -> Result<Vec<Hash>, Missing> {
    let mut proof = Vec::new();
    if old > 0 && old < new {
        between(tiles, (0, new), old, true, &mut proof)?;
    }
    Ok(proof)
}

/// `known`: whether the old root is that of this very range, so that it need not be said.
fn between(
    tiles: &impl Tiles,
    (start, end): (u64, u64),
    old: u64,
    known: bool,
    proof: &mut Vec<Hash>,
) -> Result<(), Missing> {
    if old == end {
        if !known {
            proof.push(range(tiles, start, end)?);
        }
        return Ok(());
    }
    let middle = start + split(end - start);
    if old <= middle {
        between(tiles, (start, middle), old, known, proof)?;
        proof.push(range(tiles, middle, end)?);
    } else {
        between(tiles, (middle, end), old, false, proof)?;
        proof.push(range(tiles, start, middle)?);
    }
    Ok(())
}

/// Whether `proof` shows that the tree with the root `new` begins with the tree with the root `old`; each with its size.
pub fn continues((old_size, old): (u64, Hash), (new_size, new): (u64, Hash), proof: &[Hash]) -> bool {
    if old_size == 0 {
        return proof.is_empty() && old == Hash::of_nothing();
    }
    if old_size == new_size {
        return proof.is_empty() && old == new;
    }
    if old_size > new_size {
        return false;
    }
    let mut rest = proof.iter();
    let Some((from_old, from_new)) = recompute((0, new_size), old_size, old, true, &mut rest) else {
        return false;
    };
    rest.next().is_none() && from_old == old && from_new == new
}

/// The old and the new root of a range, from the hashes of a proof in its order.
fn recompute<'a>(
    (start, end): (u64, u64),
    old_size: u64,
    old: Hash,
    known: bool,
    proof: &mut impl Iterator<Item = &'a Hash>,
) -> Option<(Hash, Hash)> {
    if old_size == end {
        let hash = if known { old } else { *proof.next()? };
        return Some((hash, hash));
    }
    let middle = start + split(end - start);
    if old_size <= middle {
        let (from_old, from_new) = recompute((start, middle), old_size, old, known, proof)?;
        Some((from_old, Hash::above(&from_new, proof.next()?)))
    } else {
        let (from_old, from_new) = recompute((middle, end), old_size, old, false, proof)?;
        let left = proof.next()?;
        Some((Hash::above(left, &from_old), Hash::above(left, &from_new)))
    }
}

/// What is needed, beside the leaves at `positions`, to compute the root of the tree of `size` entries: the roots of
/// the largest subtrees without any of them, from left to right.
///
/// # Errors
/// [`Missing`] where a tile is.
pub fn cover(tiles: &impl Tiles, size: u64, positions: &BTreeMap<u64, Hash>) -> Result<Vec<Hash>, Missing> {
    let mut hashes = Vec::new();
    if size > 0 {
        cover_range(tiles, (0, size), positions, &mut hashes)?;
    }
    Ok(hashes)
}

fn cover_range(
    tiles: &impl Tiles,
    (start, end): (u64, u64),
    positions: &BTreeMap<u64, Hash>,
    hashes: &mut Vec<Hash>,
) -> Result<(), Missing> {
    if positions.range(start..end).next().is_none() {
        hashes.push(range(tiles, start, end)?);
    } else if end - start > 1 {
        let middle = start + split(end - start);
        cover_range(tiles, (start, middle), positions, hashes)?;
        cover_range(tiles, (middle, end), positions, hashes)?;
    }
    Ok(())
}

/// The root of a tree of `size` entries, from some of its leaves and the [`cover`] of the others.
/// None where the cover is not one of these leaves in such a tree.
pub fn root_from(size: u64, leaves: &BTreeMap<u64, Hash>, cover: &[Hash]) -> Option<Hash> {
    if leaves.last_key_value().is_some_and(|(last, _)| *last >= size) {
        return None;
    }
    let mut rest = cover.iter();
    let root = if size == 0 { Hash::of_nothing() } else { root_of_range((0, size), leaves, &mut rest)? };
    rest.next().is_none().then_some(root)
}

fn root_of_range<'a>(
    (start, end): (u64, u64),
    leaves: &BTreeMap<u64, Hash>,
    cover: &mut impl Iterator<Item = &'a Hash>,
) -> Option<Hash> {
    match leaves.range(start..end).next() {
        None => cover.next().copied(),
        Some((_, leaf)) if end - start == 1 => Some(*leaf),
        Some(_) => {
            let middle = start + split(end - start);
            let left = root_of_range((start, middle), leaves, cover)?;
            Some(Hash::above(&left, &root_of_range((middle, end), leaves, cover)?))
        }
    }
}
