//! What a sealed value looks like: `v1.KEY.A256GCM.NONCE.CIPHERTEXT`, the last two in base64url. It opens only with its key,
//! and only in the place it was sealed for.

use std::fmt::Write as _;

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit as _, Nonce};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::Error;

/// The form of sealed values; another one is not read.
const FORM: &str = "v1";
/// AES-256 in Galois/Counter Mode (NIST SP 800-38D), as JOSE names it (RFC 7518).
const ALGORITHM: &str = "A256GCM";
/// Bytes of a nonce.
const NONCE: usize = 12;

/// Where a value stands: it is authenticated with it, so that nothing can be moved to another row, column or version.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    /// The table.
    pub(crate) table: &'a str,
    /// The column.
    pub(crate) column: &'a str,
    /// The row.
    pub(crate) row: Uuid,
    /// What of the row's history it belongs to; 0 where a row never changes.
    pub(crate) version: i64,
}

impl Place<'_> {
    fn bytes(&self, key: &str) -> Vec<u8> {
        let Self { table, column, row, version } = self;
        format!("{FORM}\n{key}\n{table}\n{column}\n{row}\n{version}").into_bytes()
    }

    /// The error of a value that stands here.
    pub(crate) fn failed(&self, problem: SealError) -> Error {
        let (table, row) = (self.table.to_owned(), self.row.to_string());
        Error::Sealed { table, column: self.column.to_owned(), row, problem }
    }
}

/// Why a value cannot be sealed or opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// It is no sealed value of a form that this version reads.
    #[error("it is not sealed as version 1 seals")]
    Form,
    /// It was sealed with another key.
    #[error("it was sealed with the key {0}")]
    OtherKey(String),
    /// It is too long to be sealed: GCM ends at 64 GiB.
    #[error("it is too long to be sealed")]
    TooLong,
    /// It opens, and what is in it is not what belongs there.
    #[error("it opens, but cannot be read: {0}")]
    Content(String),
    /// It was changed, or moved here from another place.
    #[error("it was changed, or belongs elsewhere: it does not open with its key")]
    Changed,
}

/// A key and the name it goes by. The name says nothing about the key.
pub(crate) struct Key {
    name: String,
    cipher: Aes256Gcm,
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Key({})", self.name)
    }
}

impl Key {
    pub(crate) fn new(name: &str, bytes: &[u8; 32]) -> Self {
        Self { name: name.to_owned(), cipher: Aes256Gcm::new(bytes.into()) }
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Seals a value for its place. `chance` must never come twice with one key.
    pub(crate) fn seal(&self, place: Place<'_>, value: &[u8], chance: [u8; 32]) -> Result<String, SealError> {
        let mut nonce = [0; NONCE];
        nonce.copy_from_slice(chance.split_at(NONCE).0);
        let aad = place.bytes(&self.name);
        let sealed = self.cipher.encrypt(&Nonce::from(nonce), Payload { msg: value, aad: &aad });
        let sealed = BASE64.encode(sealed.map_err(|aes_gcm::Error| SealError::TooLong)?);
        Ok(format!("{FORM}.{}.{ALGORITHM}.{}.{sealed}", self.name, BASE64.encode(nonce)))
    }

    /// Opens a value that was sealed for this place.
    pub(crate) fn open(&self, place: Place<'_>, sealed: &str) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let name = sealed_with(sealed).ok_or(SealError::Form)?;
        if name != self.name {
            return Err(SealError::OtherKey(name.to_owned()));
        }
        let (nonce, ciphertext) = body(sealed).ok_or(SealError::Form)?;
        let aad = place.bytes(&self.name);
        let opened = self.cipher.decrypt(&Nonce::from(nonce), Payload { msg: &ciphertext, aad: &aad });
        opened.map(Zeroizing::new).map_err(|aes_gcm::Error| SealError::Changed)
    }
}

/// The name of the key with which a value was sealed; none where it is not sealed.
pub(crate) fn sealed_with(value: &str) -> Option<&str> {
    let mut parts = value.split('.');
    let (form, key, algorithm) = (parts.next()?, parts.next()?, parts.next()?);
    (form == FORM && algorithm == ALGORITHM && !key.is_empty()).then_some(key)
}

/// Digits for a name of a key.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing into a text does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn body(sealed: &str) -> Option<([u8; NONCE], Vec<u8>)> {
    let mut parts = sealed.splitn(5, '.').skip(3);
    let (nonce, ciphertext) = (parts.next()?, parts.next()?);
    let nonce = BASE64.decode(nonce).ok()?.try_into().ok()?;
    Some((nonce, BASE64.decode(ciphertext).ok()?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn place(row: u128, version: i64) -> Place<'static> {
        Place { table: "facts_revision", column: "facts", row: Uuid::from_u128(row), version }
    }

    fn key(name: &str, byte: u8) -> Key {
        Key::new(name, &[byte; 32])
    }

    proptest! {
        #[test]
        fn what_is_sealed_opens_in_its_place_and_nowhere_else(value: Vec<u8>, chance: [u8; 32], row: u128, version: i64) {
            let key = key("a1", 1);
            let sealed = key.seal(place(row, version), &value, chance).unwrap();
            prop_assert_eq!(&*key.open(place(row, version), &sealed).unwrap(), &value);
            prop_assert_eq!(key.open(place(row ^ 1, version), &sealed), Err(SealError::Changed));
            prop_assert_eq!(key.open(place(row, version ^ 1), &sealed), Err(SealError::Changed));
            let elsewhere = Place { column: "assessment", ..place(row, version) };
            prop_assert_eq!(key.open(elsewhere, &sealed), Err(SealError::Changed));
            let elsewhere = Place { table: "timeline_entry", ..place(row, version) };
            prop_assert_eq!(key.open(elsewhere, &sealed), Err(SealError::Changed));
        }

        #[test]
        fn a_changed_character_is_noticed(value: Vec<u8>, chance: [u8; 32], at: prop::sample::Index, to in "[A-Za-z0-9_.-]") {
            let key = key("a1", 1);
            let sealed = key.seal(place(1, 0), &value, chance).unwrap();
            let at = at.index(sealed.len());
            let mut changed = sealed.clone();
            changed.replace_range(at..=at, &to);
            prop_assume!(changed != sealed);
            prop_assert!(key.open(place(1, 0), &changed).is_err(), "{} opened", changed);
        }
    }

    #[test]
    fn another_key_is_named_and_another_of_the_same_name_does_not_open() {
        let sealed = key("a1", 1).seal(place(1, 0), b"breached", [9; 32]).unwrap();
        assert_eq!(key("b2", 1).open(place(1, 0), &sealed), Err(SealError::OtherKey("a1".to_owned())));
        assert_eq!(key("a1", 2).open(place(1, 0), &sealed), Err(SealError::Changed));
        assert!(!sealed.contains("breached") && !sealed.contains(&BASE64.encode("breached")));
    }

    #[test]
    fn what_is_not_sealed_is_not_taken_for_it() {
        for value in [
            "",
            "{\"a\":1}",
            "v1.a1",
            "v2.a1.A256GCM.AAAA.AAAA",
            "v1.a1.A128GCM.AAAA.AAAA",
            "v1..A256GCM.A.A",
        ] {
            assert_eq!(key("a1", 1).open(place(1, 0), value), Err(SealError::Form), "{value}");
        }
        assert_eq!(key("a1", 1).open(place(1, 0), "v1.a1.A256GCM.AAAA.AAAA"), Err(SealError::Form));
    }
}
