//! A log that proves itself, and nothing else: no database, no clock, no network.
//!
//! Every entry becomes a leaf of a Merkle tree (RFC 6962, kept in the tiles of C2SP `tlog-tiles`); the leaf holds a salted
//! digest, so that an entry can be erased while every proof that was ever given stays true. The root is signed as a
//! checkpoint (C2SP `tlog-checkpoint`), which others cosign as witnesses (`tlog-witness`). An [`export`] carries entries
//! with what is needed to compute that root again, on a machine that has never heard of Varsel.

pub mod append;
pub mod checkpoint;
pub mod erasure;
pub mod export;
pub mod hash;
pub mod key;
pub mod note;
pub mod places;
pub mod proof;
pub mod tile;
pub mod witness;

pub use hash::{Hash, Salt};
