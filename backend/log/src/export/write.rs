//! Writing an export.

use std::io::Write;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{ExportError, FORMAT, Line};
use crate::key::{Signer, Verifier};
use crate::{Hash, Salt, note};

/// Hashes on one line, at most: lines stay short enough to be read one by one.
const HASHES_A_LINE: usize = 512;

/// Writes an export, line by line.
#[derive(Debug)]
pub struct Writer<W> {
    out: W,
    digest: Sha256,
}

impl<W: Write> Writer<W> {
    /// Begins one, signed with `key` later. `about` says in words what was asked for, by whom and when.
    ///
    /// # Errors
    /// Writing failed.
    pub fn new(out: W, key: &Verifier, about: Value) -> Result<Self, ExportError> {
        let mut writer = Self { out, digest: Sha256::new() };
        writer.line(&Line::Head { format: FORMAT.to_owned(), key: key.to_string(), about })?;
        Ok(writer)
    }

    /// Adds an entry; they come in the order of their positions.
    ///
    /// # Errors
    /// Writing failed.
    pub fn entry(&mut self, position: u64, salt: &Salt, entry: &str) -> Result<Hash, ExportError> {
        let hash = Hash::of_entry(salt, entry.as_bytes());
        let (leaf, salt) = (hash.to_base64(), Hash(salt.0).to_base64());
        self.line(&Line::Entry { position, leaf, salt, entry: entry.to_owned() })?;
        Ok(hash)
    }

    /// Ends it with the [`cover`](crate::proof::cover) of the other entries, the signed checkpoint, and a signature.
    ///
    /// # Errors
    /// Writing failed.
    pub fn finish(mut self, cover: &[Hash], checkpoint: &str, signer: &Signer) -> Result<W, ExportError> {
        for hashes in cover.chunks(HASHES_A_LINE) {
            self.line(&Line::Cover { cover: hashes.iter().map(|hash| hash.to_base64()).collect() })?;
        }
        self.line(&Line::Checkpoint { checkpoint: checkpoint.to_owned() })?;
        let signature = note::sign(signer, &signed_text(self.digest.clone()));
        self.line(&Line::Signature { signature })?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn line(&mut self, line: &Line) -> Result<(), ExportError> {
        let mut text = serde_json::to_string(line).map_err(std::io::Error::from)?;
        text.push('\n');
        self.digest.update(&text);
        Ok(self.out.write_all(text.as_bytes())?)
    }
}

/// The text that the signature is for: the format, and the digest of all lines before.
pub(super) fn signed_text(digest: Sha256) -> String {
    format!("{FORMAT}\n{}\n", Hash(digest.finalize().into()).to_base64())
}
