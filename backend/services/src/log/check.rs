//! Whether all that was logged is there, but for what was erased on record.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use varsel_domain::authz::Scope;
use varsel_log::Hash;
use varsel_log::append::append;
use varsel_log::checkpoint::Checkpoint;
use varsel_log::erasure::Erasure;
use varsel_log::key::Verifier;
use varsel_log::places::Places;
use varsel_log::proof::root;
use varsel_log::tile::{Loaded, Missing, PLACES, TileId, Tiles as _, right_edge};
use varsel_storage::{Store, Tx, access_log, log_record, log_tree};

use super::fault::Fault;
use crate::Result;

/// An entry may stand so long behind a later one: as long as a transaction lasts at most, and clocks of servers differ.
const DISORDER: TimeDelta = TimeDelta::hours(1);

/// Entries that are held to the tree at once: whole tiles.
const AT_ONCE: u64 = 16 * PLACES;

/// How deep to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Which places are empty, and why.
    Places,
    /// Each entry as well, and the whole tree: reads all of the log.
    Entries,
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// How many entries the newest checkpoint counts; none before the first.
    pub size: u64,
    /// When it was made.
    pub at: Option<DateTime<Utc>>,
    /// How many of them are there.
    pub present: u64,
    /// How many of them were erased on record.
    pub erased: u64,
    /// What is wrong.
    pub faults: Vec<Fault>,
}

/// Looks, in one moment of the database. `log` is the log's key.
///
/// # Errors
/// Storage failed, or a row cannot be read.
pub async fn check(store: &Store, log: &Verifier, depth: Depth) -> Result<Checked> {
    let tx = store.begin_reading(&Scope::nothing()).await?;
    let mut checked = check_in(&tx, log).await?;
    if depth == Depth::Entries
        && let Some(newest) = log_tree::newest(&tx).await?
        && let Ok((signed, _)) = Checkpoint::open(&newest.note, log, &[])
    {
        checked.faults.extend(entries(&tx, &signed).await?);
    }
    tx.commit().await?;
    Ok(checked)
}

/// As [`check`], in a transaction of the caller's and without looking at each entry.
///
/// # Errors
/// Storage failed, or a row cannot be read.
pub(crate) async fn check_in(tx: &Tx, log: &Verifier) -> Result<Checked> {
    let (erasures, mut faults) = record(tx, log).await?;
    let begun = erasures.iter().any(|erasure| erasure.number == 0);
    let Some(newest) = log_tree::newest(tx).await? else {
        return Ok(Checked { faults, ..Checked::default() });
    };
    let size = match Checkpoint::open(&newest.note, log, &[]) {
        Ok((signed, _)) if signed.size == newest.size => signed.size,
        Ok(_) => {
            faults.push(Fault::Tree("its size is not the one that was signed".to_owned()));
            newest.size
        }
        Err(error) => {
            faults.push(Fault::Tree(error.to_string()));
            newest.size
        }
    };
    if !begun {
        faults.push(Fault::NoRecord);
    }
    if access_log::is_placed_beyond(tx, size).await? {
        faults.push(Fault::Tree("an entry has a place that was never signed".to_owned()));
    }
    let empty = log_record::empty_places(tx, size).await?;
    let on_record = Places::of(erasures.iter().flat_map(|erasure| erasure.places.ranges().iter().copied()));
    let on_record = on_record.without(&Places::of([(size, u64::MAX)]));
    let put_back = on_record.without(&empty);
    let (early, changed) = too_early(tx, &empty, &erasures).await?;
    let found = [
        Fault::Missing(empty.without(&on_record)),
        Fault::TooEarly(early),
        Fault::PutBack(put_back.clone()),
        Fault::Changed(changed),
    ];
    faults.extend(found.into_iter().filter(|fault| fault.count() > 0));
    let erased = on_record.without(&put_back).count();
    Ok(Checked { size, at: Some(newest.at), present: size.saturating_sub(empty.count()), erased, faults })
}

/// The erasures on record, and what is wrong with the record itself.
async fn record(tx: &Tx, log: &Verifier) -> Result<(Vec<Erasure>, Vec<Fault>)> {
    let (mut erasures, mut faults) = (Vec::new(), Vec::new());
    let notes = log_record::notes(tx).await?;
    for (number, note) in notes {
        match Erasure::open(&note, log) {
            Ok(erasure) if erasure.number == number => erasures.push(erasure),
            _ => faults.push(Fault::Unsigned { number }),
        }
    }
    Ok((erasures, faults))
}

/// What was erased on record, though it was younger than the erasure says: younger than the entry that stands just before it. And which of
/// those entries cannot be read any more.
async fn too_early(tx: &Tx, empty: &Places, erasures: &[Erasure]) -> Result<(Places, Places)> {
    let holes = empty.ranges();
    let before: Vec<_> = holes.iter().filter_map(|(first, _)| first.checked_sub(1)).collect();
    let times = log_record::times_at(tx, &before).await?;
    let changed = times.iter().filter(|(_, at)| at.is_none()).map(|(place, _)| *place);
    let changed = Places::each(changed.collect::<Vec<_>>());
    let ranges = erasures.iter().flat_map(|it| it.places.ranges().iter().map(|range| (it.before, *range)));
    let early = ranges.filter(|(deadline, (first, _))| {
        let hole = holes.partition_point(|hole| hole.0 <= *first).checked_sub(1).and_then(|at| holes.get(at));
        let neighbour = hole.and_then(|hole| times.get(&hole.0.checked_sub(1)?)?.as_ref());
        neighbour.is_some_and(|at| (*at - DISORDER).timestamp_micros() > *deadline)
    });
    let early = Places::of(early.map(|(_, range)| range));
    // What is there again was put back: that is told of it.
    Ok((early.without(&early.without(empty)), changed))
}

/// What is wrong with the entries that are there, or with the tree: it is built again from its leaves.
async fn entries(tx: &Tx, signed: &Checkpoint) -> Result<Vec<Fault>> {
    let (mut edge, mut changed, mut first) = (Loaded::new(), Vec::new(), 0);
    let broken = |missing: Missing| vec![Fault::Tree(missing.to_string())];
    while first < signed.size {
        let end = first.saturating_add(AT_ONCE).min(signed.size);
        let leaves = match leaves_of_tree(tx, first, end).await? {
            Ok(leaves) => leaves,
            Err(missing) => return Ok(broken(missing)),
        };
        for (place, leaf) in log_record::leaves(tx, first, end).await? {
            let at = usize::try_from(place.saturating_sub(first)).unwrap_or(usize::MAX);
            changed.extend((leaf.is_none() || leaves.get(at) != leaf.as_ref()).then_some(place));
        }
        if let Err(missing) = append(&mut edge, first, &leaves) {
            return Ok(broken(missing));
        }
        let keep: BTreeSet<_> = right_edge(end).into_iter().collect();
        edge.retain(|id, _| keep.contains(id));
        first = end;
    }
    let mut faults = Vec::new();
    if !changed.is_empty() {
        faults.push(Fault::Changed(Places::each(changed)));
    }
    match root(&edge, signed.size) {
        Ok(found) if found == signed.root => {}
        Ok(_) => faults.push(Fault::Tree("its tree is not the one that was signed".to_owned())),
        Err(missing) => faults.extend(broken(missing)),
    }
    Ok(faults)
}

/// The leaves at these places, as the tree has them: of those that it has.
pub(super) async fn leaves_at(tx: &Tx, places: &[u64]) -> Result<BTreeMap<u64, Hash>> {
    let ids: BTreeSet<_> = places.iter().map(|place| tile_of(*place)).collect();
    let tiles = log_tree::tiles(tx, &ids.into_iter().collect::<Vec<_>>()).await?;
    let leaf = |place: &u64| Some((*place, tiles.hash(tile_of(*place), within(*place)).ok()?));
    Ok(places.iter().filter_map(leaf).collect())
}

fn tile_of(place: u64) -> TileId {
    TileId { level: 0, index: place / PLACES }
}

fn within(place: u64) -> usize {
    usize::try_from(place % PLACES).unwrap_or_default()
}

/// The leaves from place `first` to before `end`, as the tree has them.
async fn leaves_of_tree(tx: &Tx, first: u64, end: u64) -> Result<std::result::Result<Vec<Hash>, Missing>> {
    let ids: BTreeSet<_> = (first..end).map(tile_of).collect();
    let tiles = log_tree::tiles(tx, &ids.into_iter().collect::<Vec<_>>()).await?;
    Ok((first..end).map(|place| tiles.hash(tile_of(place), within(place))).collect())
}
