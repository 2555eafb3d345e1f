//! Root keys: the only secret that is not in a database. They wrap the keys of owners, which wrap those of incidents.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::envelope::{Key, hexadecimal};

/// How a root key begins in a file, so that nobody takes another secret for one.
const PREFIX: &str = "VARSEL+ROOT+";

/// A root key cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it holds no root key: `VARSEL+ROOT+` and 43 characters, as `varsel keys new-root` makes it")]
pub struct NoRootKey;

/// A root key: 256 bits.
pub struct RootKey {
    bytes: Zeroizing<[u8; 32]>,
    key: Key,
}

impl std::fmt::Debug for RootKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RootKey({})", self.key.name())
    }
}

impl RootKey {
    /// From random bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        let digest = Sha256::new().chain_update(b"varsel root key\n").chain_update(bytes).finalize();
        let name = hexadecimal(digest.split_at(4).0);
        Self { key: Key::new(&name, &bytes), bytes: Zeroizing::new(bytes) }
    }

    /// From its text; space around it does not matter.
    ///
    /// # Errors
    /// [`NoRootKey`]
    pub fn parse(text: &str) -> Result<Self, NoRootKey> {
        let bytes =
            text.trim().strip_prefix(PREFIX).and_then(|text| BASE64.decode(text).ok()).map(Zeroizing::new);
        let bytes = bytes.and_then(|bytes| <[u8; 32]>::try_from(bytes.as_slice()).ok());
        bytes.map(Self::new).ok_or(NoRootKey)
    }

    /// Its text: secret.
    pub fn to_secret(&self) -> Zeroizing<String> {
        Zeroizing::new(format!("{PREFIX}{}", BASE64.encode(*self.bytes)))
    }

    /// Its name, eight hexadecimal digits that follow from it and say nothing about it.
    pub fn name(&self) -> &str {
        self.key.name()
    }

    pub(super) fn key(&self) -> &Key {
        &self.key
    }
}

/// The root key that wraps, and those that were replaced but still unwrap.
#[derive(Debug)]
pub struct RootKeys {
    current: RootKey,
    retired: Vec<RootKey>,
}

impl RootKeys {
    /// With one that wraps, and older ones.
    pub fn new(current: RootKey, retired: Vec<RootKey>) -> Self {
        Self { current, retired }
    }

    /// The one that wraps.
    pub fn current(&self) -> &RootKey {
        &self.current
    }

    pub(super) fn named(&self, name: &str) -> Option<&RootKey> {
        std::iter::once(&self.current).chain(&self.retired).find(|root| root.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_root_key_reads_what_it_wrote_and_nothing_else() {
        let root = RootKey::new([5; 32]);
        let text = root.to_secret();
        assert_eq!(RootKey::parse(&format!(" {}\n", *text)).unwrap().name(), root.name());
        for wrong in ["", "VARSEL+ROOT+", "PRIVATE+KEY+x", text.get(..text.len() - 1).unwrap()] {
            assert_eq!(RootKey::parse(wrong).err(), Some(NoRootKey), "{wrong}");
        }
        assert!(!format!("{root:?}").contains(text.trim_start_matches(PREFIX)));
    }

    #[test]
    fn the_name_tells_keys_apart() {
        assert_ne!(RootKey::new([5; 32]).name(), RootKey::new([6; 32]).name());
    }
}
