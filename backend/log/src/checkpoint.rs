//! Checkpoints: a log, its size and its root, to be signed (C2SP `tlog-checkpoint`).

use crate::Hash;
use crate::key::{Signer, Verifier};
use crate::note::{self, NoteError, Signed};

/// What the tree of a log was at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log: the name of its key, too.
    pub origin: String,
    /// How many entries it had.
    pub size: u64,
    /// The root of their tree.
    pub root: Hash,
}

impl Checkpoint {
    /// The text that is signed.
    pub fn to_text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, self.root.to_base64())
    }

    /// Reads the text of a checkpoint; lines after the first three are others' business. None where it is no checkpoint.
    pub fn from_text(text: &str) -> Option<Self> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        let (origin, size, root) = (lines.next()?, lines.next()?, lines.next()?);
        let number = size.parse::<u64>().ok().filter(|number| number.to_string() == size)?;
        let root = Hash::from_base64(root)?;
        let others = lines.all(|line| !line.is_empty());
        (others && !origin.is_empty()).then(|| Self { origin: origin.to_owned(), size: number, root })
    }

    /// Signed by its log.
    pub fn sign(&self, signer: &Signer) -> String {
        note::sign(signer, &self.to_text())
    }

    /// Reads a signed checkpoint, and says which of `known` have signed it; the first of them is the log, and must have.
    ///
    /// # Errors
    /// It is no checkpoint of this log, or the log has not signed it.
    pub fn open(
        note: &str,
        log: &Verifier,
        witnesses: &[Verifier],
    ) -> Result<(Self, Vec<Signed>), NoteError> {
        let known: Vec<_> = [log].into_iter().chain(witnesses).cloned().collect();
        let (text, signed) = note::open(note, &known)?;
        let checkpoint = Self::from_text(text).ok_or(NoteError::Form)?;
        let by_log = signed.iter().any(|by| by.at.is_none() && by.name == log.name());
        if by_log && checkpoint.origin == log.name() {
            Ok((checkpoint, signed))
        } else {
            Err(NoteError::Unsigned)
        }
    }
}
