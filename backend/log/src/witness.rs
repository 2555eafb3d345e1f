//! What a witness decides: whether a checkpoint continues the last one it cosigned (C2SP `tlog-witness`).

use crate::Hash;
use crate::checkpoint::Checkpoint;
use crate::key::{Signer, Verifier};
use crate::note::{self, NoteError};
use crate::proof::continues;

/// More hashes no proof has: a tree has at most 2⁶⁴ leaves.
const MOST_HASHES: usize = 63;

/// A log asks for a cosignature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddCheckpoint {
    /// The size of the checkpoint that the witness cosigned last, as the log believes.
    pub old: u64,
    /// That the new one continues it.
    pub proof: Vec<Hash>,
    /// The new one, signed by the log.
    pub note: String,
}

impl AddCheckpoint {
    /// As it travels.
    pub fn to_body(&self) -> String {
        let proof: String = self.proof.iter().map(|hash| hash.to_base64() + "\n").collect();
        format!("old {}\n{proof}\n{}", self.old, self.note)
    }

    /// Reads a request's body; none where it is none.
    pub fn from_body(body: &str) -> Option<Self> {
        let (head, note) = body.split_once("\n\n")?;
        let mut lines = head.split('\n');
        let old = lines.next()?.strip_prefix("old ")?;
        let number = old.parse::<u64>().ok().filter(|number| number.to_string() == old)?;
        let proof = lines.map(Hash::from_base64).collect::<Option<Vec<_>>>()?;
        (proof.len() <= MOST_HASHES).then(|| Self { old: number, proof, note: note.to_owned() })
    }

    /// The origin that the checkpoint names; not verified yet.
    pub fn origin(&self) -> Option<&str> {
        note::text(&self.note).ok()?.lines().next()
    }
}

/// Why a witness does not cosign; each is a status of HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// 400: the request is none, or its old size is greater than its new one.
    #[error("the request is not one that a log makes")]
    Malformed,
    /// 403: the log's key has not signed the checkpoint.
    #[error("the checkpoint is not signed with the key of this log")]
    NotSigned,
    /// 409: another checkpoint was cosigned since; this is its size.
    #[error("the checkpoint that was cosigned last has {size} entries")]
    Conflict {
        /// The size of the checkpoint that was cosigned last.
        size: u64,
    },
    /// 422: the new tree does not begin with the old one. The log was changed.
    #[error("the log does not continue the one that was cosigned before: it was changed")]
    NotContinued,
}

/// Decides on a request about the log whose key is `log`, after `last` was cosigned; none, if nothing was yet.
///
/// # Errors
/// [`Refusal`]: nothing may be cosigned.
pub fn judge(
    last: Option<&Checkpoint>,
    request: &AddCheckpoint,
    log: &Verifier,
) -> Result<Checkpoint, Refusal> {
    let (new, _) = Checkpoint::open(&request.note, log, &[]).map_err(|error| match error {
        NoteError::Form => Refusal::Malformed,
        NoteError::Wrong(_) | NoteError::Unsigned => Refusal::NotSigned,
    })?;
    let (size, root) = last.map_or((0, Hash::of_nothing()), |last| (last.size, last.root));
    if request.old > new.size {
        return Err(Refusal::Malformed);
    }
    if request.old != size || (size == new.size && root != new.root) {
        return Err(Refusal::Conflict { size });
    }
    if continues((size, root), (new.size, new.root), &request.proof) {
        Ok(new)
    } else {
        Err(Refusal::NotContinued)
    }
}

/// The witness's line for a request that [`judge`] let through, at `at`, in seconds since 1970.
pub fn cosign(signer: &Signer, request: &AddCheckpoint, at: u64) -> Option<String> {
    Some(note::signature(signer, note::text(&request.note).ok()?, at))
}
