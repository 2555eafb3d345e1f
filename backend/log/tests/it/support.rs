//! A log in memory, as a database would keep it.

use std::collections::BTreeMap;

use serde_json::json;
use varsel_log::append::append;
use varsel_log::checkpoint::Checkpoint;
use varsel_log::export::Writer;
use varsel_log::key::{Purpose, Signer};
use varsel_log::proof::{cover, root};
use varsel_log::tile::{Loaded, right_edge};
use varsel_log::{Hash, Salt};

pub(crate) const ORIGIN: &str = "varsel.example/log";

/// The key of a log or witness; the same for the same number.
pub(crate) fn signer(name: &str, purpose: Purpose, number: u8) -> Signer {
    Signer::new(name, purpose, &[number; 32]).expect("a key")
}

/// A log, its key, and all that it ever wrote.
pub(crate) struct Log {
    pub(crate) signer: Signer,
    pub(crate) entries: Vec<(Salt, String)>,
    pub(crate) tiles: Loaded,
}

impl Log {
    /// One with `count` entries.
    pub(crate) fn of(count: u64) -> Self {
        let mut log =
            Self { signer: signer(ORIGIN, Purpose::Log, 1), entries: Vec::new(), tiles: Loaded::new() };
        log.grow(count, "read");
        log
    }

    /// Appends `count` entries at once, as one checkpoint does.
    pub(crate) fn grow(&mut self, count: u64, what: &str) {
        let size = self.size();
        let new: Vec<_> = (size..size + count)
            .map(|number| {
                let mut salt = [7; 32];
                salt[..8].copy_from_slice(&number.to_be_bytes());
                (Salt(salt), json!({ "number": number, "use": what, "name": "Æ \"Ø\" Å\n" }).to_string())
            })
            .collect();
        let leaves: Vec<_> = new.iter().map(|(salt, entry)| Hash::of_entry(salt, entry.as_bytes())).collect();
        let mut edge: Loaded =
            right_edge(size).into_iter().filter_map(|id| Some((id, self.tiles.get(&id)?.clone()))).collect();
        let changed = append(&mut edge, size, &leaves).expect("the right edge");
        self.tiles.extend(changed);
        self.entries.extend(new);
    }

    pub(crate) fn size(&self) -> u64 {
        u64::try_from(self.entries.len()).expect("a small log")
    }

    pub(crate) fn checkpoint(&self) -> Checkpoint {
        self.checkpoint_at(self.size())
    }

    pub(crate) fn checkpoint_at(&self, size: u64) -> Checkpoint {
        Checkpoint { origin: ORIGIN.to_owned(), size, root: root(&self.tiles, size).expect("all tiles") }
    }

    /// An export of the entries at `positions`, with `checkpoint` as its end.
    pub(crate) fn export(&self, positions: &[u64], checkpoint: &str) -> Vec<u8> {
        let about = json!({ "case": "2026-17", "about": "all uses by one person" });
        let mut writer = Writer::new(Vec::new(), self.signer.verifier(), about).expect("memory");
        let mut leaves = BTreeMap::new();
        for position in positions {
            let (salt, entry) = &self.entries[usize::try_from(*position).expect("a small log")];
            leaves.insert(*position, writer.entry(*position, salt, entry).expect("memory"));
        }
        let cover = cover(&self.tiles, self.size(), &leaves).expect("all tiles");
        writer.finish(&cover, checkpoint, &self.signer).expect("memory")
    }
}
