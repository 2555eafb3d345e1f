//! Names that nobody has, made unreadable.

use hmac::{Hmac, Mac};
use sha2::Sha256;
use varsel_domain::attempt::NameTag;

/// The key with which names that nobody has are digested: the same name gives the same tag, and nobody without the key
/// can try out which name a tag is of.
#[derive(Clone)]
pub struct NameKey([u8; 32]);

impl NameKey {
    /// Of 32 secret bytes.
    pub fn new(secret: [u8; 32]) -> Self {
        Self(secret)
    }

    /// The tag of a name: HMAC-SHA-256 (RFC 2104) of it in small letters, the first 16 bytes.
    pub fn tag(&self, name: &str) -> NameTag {
        use std::fmt::Write as _;
        // A key of any length will do, so this never fails.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else { return NameTag(String::new()) };
        mac.update(name.trim().to_lowercase().as_bytes());
        let digest = mac.finalize().into_bytes();
        NameTag(digest.iter().take(16).fold(String::with_capacity(32), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_recognised_and_not_readable() {
        let (one, other) = (NameKey::new([1; 32]), NameKey::new([2; 32]));
        assert_eq!(one.tag("Hunter2"), one.tag(" hunter2 "));
        assert_ne!(one.tag("hunter2"), one.tag("hunter3"));
        assert_ne!(one.tag("hunter2"), other.tag("hunter2"));
        assert_eq!(one.tag("hunter2").0.len(), 32);
    }
}
