//! The hashes of RFC 6962, section 2.1, over salted leaves.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// What keeps the digest of an entry from being guessed; erased together with the entry. 32 random bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Salt(pub [u8; 32]);

impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Salt(..)")
    }
}

/// A SHA-256 digest: of a leaf, or of the two below a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// The root of a log without entries (RFC 6962, section 2.1).
    pub fn of_nothing() -> Self {
        Self(Sha256::digest([]).into())
    }

    /// The leaf of an entry: the RFC 6962 leaf of the record SHA-256(salt ‖ entry).
    pub fn of_entry(salt: &Salt, entry: &[u8]) -> Self {
        let record = Sha256::new().chain_update(salt.0).chain_update(entry).finalize();
        Self(Sha256::new().chain_update([0]).chain_update(record).finalize().into())
    }

    /// The node above two others.
    pub fn above(left: &Self, right: &Self) -> Self {
        Self(Sha256::new().chain_update([1]).chain_update(left.0).chain_update(right.0).finalize().into())
    }

    /// As standard base64, which is how checkpoints and proofs write it.
    pub fn to_base64(self) -> String {
        STANDARD.encode(self.0)
    }

    /// From standard base64; none unless it is 32 bytes.
    pub fn from_base64(text: &str) -> Option<Self> {
        STANDARD.decode(text).ok()?.try_into().ok().map(Self)
    }
}
