//! Reading an export, and believing nothing in it.

use std::collections::BTreeMap;
use std::io::{BufRead, Read as _};

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::write::signed_text;
use super::{ExportError, ExportedEntry, FORMAT, Line};
use crate::checkpoint::Checkpoint;
use crate::key::Verifier;
use crate::note::{self, Signed};
use crate::proof::root_from;
use crate::{Hash, Salt};

/// A longer line is no line of an export.
const LONGEST_LINE: u64 = 4 << 20;

/// An export whose first line was read.
#[derive(Debug)]
pub struct Opened<R> {
    lines: Lines<R>,
    key: Verifier,
    about: Value,
}

/// An export in which everything holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Verified {
    /// What was asked for, by whom and when, in the words of whoever made it.
    pub about: Value,
    /// The key that signed it.
    pub key: Verifier,
    /// The state of the log that the entries belong to.
    pub checkpoint: Checkpoint,
    /// Which of the witnesses have cosigned that state.
    pub cosigned: Vec<Signed>,
    /// How many entries it has.
    pub entries: u64,
}

/// Opens an export.
///
/// # Errors
/// It is none, or it is signed with another key than `expected`.
pub fn open<R: BufRead>(reader: R, expected: Option<&Verifier>) -> Result<Opened<R>, ExportError> {
    let mut lines = Lines { reader, digest: Sha256::new(), before: Sha256::new(), number: 0 };
    let first = lines.next().map_err(|error| match error {
        ExportError::Io(error) => ExportError::Io(error),
        _ => ExportError::NotAnExport,
    })?;
    let Some(Line::Head { format, key, about }) = first else { return Err(ExportError::NotAnExport) };
    let parsed = key.parse::<Verifier>().ok().filter(|_| format == FORMAT);
    let verifier = parsed.ok_or(ExportError::NotAnExport)?;
    if expected.is_some_and(|expected| *expected != verifier) {
        return Err(ExportError::AnotherKey { found: key });
    }
    Ok(Opened { lines, key: verifier, about })
}

impl<R: BufRead> Opened<R> {
    /// What was asked for, by whom and when: not yet verified.
    pub fn about(&self) -> &Value {
        &self.about
    }

    /// Reads everything; where witnesses are named, one of them must have cosigned. Gives each entry
    /// to `each` as soon as its own text is verified; only the answer says whether they may be believed.
    ///
    /// # Errors
    /// Something does not hold.
    pub fn verify(
        mut self,
        witnesses: &[Verifier],
        mut each: impl FnMut(ExportedEntry),
    ) -> Result<Verified, ExportError> {
        let (mut leaves, mut cover) = (BTreeMap::new(), Vec::new());
        let note = loop {
            let line = self.lines.next()?.ok_or(ExportError::Incomplete)?;
            let damaged = ExportError::Damaged { line: self.lines.number };
            match line {
                Line::Entry { position, leaf, salt, entry } if cover.is_empty() => {
                    if leaves.last_key_value().is_some_and(|(last, _)| *last >= position) {
                        return Err(damaged);
                    }
                    let hash = check(&leaf, &salt, &entry).ok_or(damaged)?;
                    let hash =
                        hash.map_err(|()| ExportError::Changed { line: self.lines.number, position })?;
                    leaves.insert(position, hash);
                    each(ExportedEntry { position, entry });
                }
                Line::Cover { cover: hashes } => {
                    let hashes =
                        hashes.iter().map(|hash| Hash::from_base64(hash)).collect::<Option<Vec<_>>>();
                    cover.extend(hashes.ok_or(damaged)?);
                }
                Line::Checkpoint { checkpoint } => break checkpoint,
                _ => return Err(damaged),
            }
        };
        self.check_signature()?;
        let (checkpoint, mut signed) =
            Checkpoint::open(&note, &self.key, witnesses).map_err(ExportError::Checkpoint)?;
        if root_from(checkpoint.size, &leaves, &cover) != Some(checkpoint.root) {
            return Err(ExportError::NotOfThisTree);
        }
        signed.retain(|by| by.at.is_some());
        if signed.is_empty() && !witnesses.is_empty() {
            return Err(ExportError::NotWitnessed);
        }
        let entries = u64::try_from(leaves.len()).unwrap_or(u64::MAX);
        Ok(Verified { about: self.about, key: self.key, checkpoint, cosigned: signed, entries })
    }

    fn check_signature(&mut self) -> Result<(), ExportError> {
        let Some(Line::Signature { signature }) = self.lines.next()? else {
            return Err(ExportError::Incomplete);
        };
        let key = std::slice::from_ref(&self.key);
        let (text, _) = note::open(&signature, key).map_err(ExportError::Signature)?;
        if text != signed_text(self.lines.before.clone()) {
            return Err(ExportError::Signature(note::NoteError::Wrong(self.key.name().to_owned())));
        }
        match self.lines.next()? {
            None => Ok(()),
            Some(_) => Err(ExportError::Damaged { line: self.lines.number }),
        }
    }
}

/// The leaf of an entry: none where a field is no hash, an error where text and leaf do not belong together.
fn check(leaf: &str, salt: &str, entry: &str) -> Option<Result<Hash, ()>> {
    let (leaf, salt) = (Hash::from_base64(leaf)?, Salt(Hash::from_base64(salt)?.0));
    Some(if Hash::of_entry(&salt, entry.as_bytes()) == leaf { Ok(leaf) } else { Err(()) })
}

#[derive(Debug)]
struct Lines<R> {
    reader: R,
    digest: Sha256,
    /// Of all lines before the one that was read last.
    before: Sha256,
    number: u64,
}

impl<R: BufRead> Lines<R> {
    /// The next line; none at the end.
    fn next(&mut self) -> Result<Option<Line>, ExportError> {
        let mut text = Vec::new();
        let read = self.reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut text)?;
        if read == 0 {
            return Ok(None);
        }
        self.number += 1;
        self.before = self.digest.clone();
        self.digest.update(&text);
        let whole = text.strip_suffix(b"\n").ok_or(ExportError::Incomplete)?;
        let line = serde_json::from_slice(whole).ok();
        line.map(Some).ok_or(ExportError::Damaged { line: self.number })
    }
}
