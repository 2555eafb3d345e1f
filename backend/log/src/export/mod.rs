//! An export: some entries of a log, and all that is needed to compute the root of a signed checkpoint from them.
//!
//! A text file, one JSON value a line: what it is, the entries, the hashes of the rest of the tree, the checkpoint, and a
//! signature over all lines before. `docs/log-interpretation.md` describes it for people who have nothing but the file.

mod read;
mod write;

pub use read::{Opened, Verified, open};
pub use write::Writer;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::note::NoteError;

/// The first line of the text that is signed, and the name of the format.
pub(crate) const FORMAT: &str = "varsel-log-export-1";

/// A line of the file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, untagged)]
pub(crate) enum Line {
    Head { format: String, key: String, about: Value },
    Entry { position: u64, leaf: String, salt: String, entry: String },
    Cover { cover: Vec<String> },
    Checkpoint { checkpoint: String },
    Signature { signature: String },
}

/// An entry of the log, as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedEntry {
    /// Its place in the log, from 0.
    pub position: u64,
    /// Its text, byte for byte.
    pub entry: String,
}

/// Why an export is not to be trusted. Lines are counted from 1.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The file could not be read or written.
    #[error("the file could not be read: {0}")]
    Io(#[from] std::io::Error),
    /// It does not begin as one.
    #[error("this file is no export of a log: its first line does not say so")]
    NotAnExport,
    /// It ends before its signature: a part is missing.
    #[error("the file is incomplete: it ends without its signature")]
    Incomplete,
    /// A line is not what stands at its place.
    #[error("line {line} is damaged, or does not belong where it stands")]
    Damaged {
        /// Which line.
        line: u64,
    },
    /// The text of an entry is not the one that was logged.
    #[error("line {line}: the entry at position {position} was changed after it was logged")]
    Changed {
        /// Which line.
        line: u64,
        /// Where in the log.
        position: u64,
    },
    /// Entries and hashes do not give the root of the checkpoint.
    #[error(
        "the entries do not belong to the signed state of the log: one was added, left out, moved or changed"
    )]
    NotOfThisTree,
    /// The checkpoint is not the log's.
    #[error("the checkpoint is not trustworthy: {0}")]
    Checkpoint(NoteError),
    /// Whoever has the log's key could have made this state up: none of the named witnesses has seen it.
    #[error("none of the witnesses you named has cosigned this state of the log")]
    NotWitnessed,
    /// The file is not as it was made.
    #[error("the file was changed after it was made, or not made by this log: {0}")]
    Signature(NoteError),
    /// It is another log's than the one that was expected.
    #[error("the file is signed with the key {found}, not with the one you expect")]
    AnotherKey {
        /// The key that the file names.
        found: String,
    },
}
