//! The tree in tiles, against RFC 6962 written down as it is defined, over a plain list of leaves.

use std::collections::BTreeMap;

use proptest::prelude::*;
use varsel_log::Hash;
use varsel_log::proof::{consistency, continues, cover, root, root_from};
use varsel_log::tile::{Asked, Loaded, right_edge};

use crate::support::Log;

/// MTH of RFC 6962, section 2.1.
fn defined(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Hash::of_nothing(),
        [leaf] => *leaf,
        _ => {
            let mut middle = 1;
            while middle * 2 < leaves.len() {
                middle *= 2;
            }
            let (left, right) = leaves.split_at(middle);
            Hash::above(&defined(left), &defined(right))
        }
    }
}

fn leaves(log: &Log) -> Vec<Hash> {
    log.entries.iter().map(|(salt, entry)| Hash::of_entry(salt, entry.as_bytes())).collect()
}

/// Sizes around those where a tile, or a tile of tiles, becomes full; and any other.
fn size() -> impl Strategy<Value = u64> {
    prop_oneof![
        0..600_u64,
        Just(255),
        Just(256),
        Just(257),
        Just(65_535),
        Just(65_536),
        Just(65_537),
        Just(65_793)
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_root_is_the_one_that_the_standard_defines(steps in prop::collection::vec(0..300_u64, 1..6)) {
        let mut log = Log::of(0);
        for step in steps {
            log.grow(step, "read");
            let all = leaves(&log);
            prop_assert_eq!(log.checkpoint().root, defined(&all));
            // Nothing but the right edge is needed for it, and computing it asks for nothing else.
            let edge: Loaded = right_edge(log.size()).into_iter().filter_map(|id| Some((id, log.tiles.get(&id)?.clone()))).collect();
            prop_assert_eq!(root(&edge, log.size()).expect("the right edge"), defined(&all));
        }
    }

    #[test]
    fn a_tree_continues_its_beginnings_and_nothing_else(a in size(), b in size(), flip in any::<prop::sample::Index>()) {
        let log = Log::of(a.max(b));
        let (old, new) = (log.checkpoint_at(a.min(b)), log.checkpoint_at(a.max(b)));
        let proof = consistency(&log.tiles, old.size, new.size).expect("all tiles");
        prop_assert!(continues((old.size, old.root), (new.size, new.root), &proof));
        let mut other = old.root;
        other.0[flip.index(32)] ^= 1;
        prop_assert!(!continues((old.size, other), (new.size, new.root), &proof));
        prop_assert!(!continues((old.size, old.root), (new.size, other), &proof) || old.size == 0);
        if !proof.is_empty() {
            let mut wrong = proof.clone();
            let at = flip.index(proof.len());
            wrong[at].0[0] ^= 1;
            prop_assert!(!continues((old.size, old.root), (new.size, new.root), &wrong));
            wrong.remove(at);
            prop_assert!(!continues((old.size, old.root), (new.size, new.root), &wrong));
            let longer: Vec<_> = proof.iter().copied().chain([old.root]).collect();
            prop_assert!(!continues((old.size, old.root), (new.size, new.root), &longer));
        }
    }

    #[test]
    fn some_leaves_and_the_cover_of_the_others_give_the_root(
        size in size(), chosen in prop::collection::vec(any::<prop::sample::Index>(), 0..20)
    ) {
        let log = Log::of(size);
        let all = leaves(&log);
        let chosen: BTreeMap<u64, Hash> = chosen
            .iter()
            .filter(|_| size > 0)
            .map(|index| index.index(all.len()))
            .map(|at| (u64::try_from(at).expect("small"), all[at]))
            .collect();
        // What is asked for beforehand is all that is needed.
        let asked = Asked::default();
        cover(&asked, size, &chosen).expect("nothing is missing from what has everything");
        let loaded: Loaded = asked.into_ids().into_iter().map(|id| (id, log.tiles[&id].clone())).collect();
        let hashes = cover(&loaded, size, &chosen).expect("what was asked for");
        let root = Some(defined(&all));
        prop_assert_eq!(root_from(size, &chosen, &hashes), root);
        for at in 0..hashes.len() {
            let mut fewer = hashes.clone();
            fewer.remove(at);
            prop_assert_ne!(root_from(size, &chosen, &fewer), root);
        }
    }
}

#[test]
fn tiles_of_another_size_are_noticed() {
    let log = Log::of(300);
    assert!(root(&log.tiles, 301).is_err());
    let mut edge: Loaded = log.tiles.clone();
    assert!(varsel_log::append::append(&mut edge, 299, &[Hash::of_nothing()]).is_err());
    assert!(varsel_log::append::append(&mut Loaded::new(), 300, &[Hash::of_nothing()]).is_err());
}
