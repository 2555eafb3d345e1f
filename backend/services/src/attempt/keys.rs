//! What marks names that nobody has, and devices on which somebody has signed in, so that only this system can read the mark.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use varsel_domain::PersonId;
use varsel_domain::attempt::NameTag;

/// How many people a browser is known to at most: those of a duty desk share one.
const MOST: usize = 5;

/// The keys of both marks.
#[derive(Clone)]
pub struct Keys {
    names: [u8; 32],
    devices: [u8; 32],
}

impl Keys {
    /// Of 32 secret bytes, the same for every server that shares a database, and after every start.
    pub fn new(secret: [u8; 32]) -> Self {
        let of = |purpose: &str| mac(&secret).chain_update(purpose).finalize().into_bytes().into();
        Self { names: of("names that nobody has"), devices: of("devices that are known") }
    }

    /// The tag of a name: HMAC-SHA-256 (RFC 2104) of it in small letters, the first 16 bytes. The same name gives the same tag, and
    /// nobody without the key can try out which name a tag is of.
    pub fn tag(&self, name: &str) -> NameTag {
        let digest = mac(&self.names).chain_update(name.trim().to_lowercase()).finalize().into_bytes();
        NameTag(digest.iter().take(16).fold(String::with_capacity(32), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        }))
    }

    /// What a browser keeps (the value of its cookie) after this person has signed in with it: a mark for them, before those of
    /// `shown`, which it had. `secret` is new with each mark.
    pub fn device(&self, person: PersonId, shown: Option<&str>, secret: &[u8; 32]) -> String {
        let id = URL_SAFE_NO_PAD.encode(secret.get(..16).unwrap_or_default());
        let proof = self.proof(person, &id).finalize().into_bytes();
        let own = format!("{id}:{}", URL_SAFE_NO_PAD.encode(proof));
        let others = marks(shown).filter(|(id, proof)| !self.is_own(person, id, proof));
        let others = others.map(|(id, proof)| format!("{id}:{proof}"));
        std::iter::once(own).chain(others).take(MOST).collect::<Vec<_>>().join(".")
    }

    /// The device, where the browser shows that this person has signed in with it before.
    pub fn known_device(&self, person: PersonId, shown: Option<&str>) -> Option<String> {
        marks(shown).find(|(id, proof)| self.is_own(person, id, proof)).map(|(id, _)| id.to_owned())
    }

    fn is_own(&self, person: PersonId, device: &str, proof: &str) -> bool {
        let Ok(proof) = URL_SAFE_NO_PAD.decode(proof) else { return false };
        self.proof(person, device).verify_slice(&proof).is_ok()
    }

    fn proof(&self, person: PersonId, device: &str) -> Hmac<Sha256> {
        mac(&self.devices).chain_update(person.0).chain_update(device)
    }
}

/// The marks that a browser shows: pairs of the device's id and what proves it.
fn marks(shown: Option<&str>) -> impl Iterator<Item = (&str, &str)> {
    shown.unwrap_or_default().split('.').filter_map(|mark| mark.split_once(':')).take(MOST)
}

fn mac(key: &[u8; 32]) -> Hmac<Sha256> {
    // A key that is shorter than a block is filled up with zeros (RFC 2104).
    let mut block = [0; 64];
    block.iter_mut().zip(key).for_each(|(to, from)| *to = *from);
    Hmac::new(&block.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(number: u128) -> PersonId {
        PersonId(uuid::Uuid::from_u128(number))
    }

    #[test]
    fn a_name_is_recognised_and_not_readable() {
        let (one, other) = (Keys::new([1; 32]), Keys::new([2; 32]));
        assert_eq!(one.tag("Hunter2"), one.tag(" hunter2 "));
        assert_ne!(one.tag("hunter2"), one.tag("hunter3"));
        assert_ne!(one.tag("hunter2"), other.tag("hunter2"));
        assert_eq!(one.tag("hunter2").0.len(), 32);
    }

    #[test]
    fn a_device_is_known_to_those_who_signed_in_on_it_and_to_nobody_else() {
        let keys = Keys::new([1; 32]);
        let mut shown = keys.device(person(1), None, &[7; 32]);
        let id = keys.known_device(person(1), Some(&shown));
        assert_eq!(id.as_deref(), Some("BwcHBwcHBwcHBwcHBwcHBw"));
        assert_eq!(keys.known_device(person(2), Some(&shown)), None);
        assert_eq!(Keys::new([2; 32]).known_device(person(1), Some(&shown)), None);
        for broken in ["", ".", ":", "07:", &shown.replacen('B', "C", 1), &format!("{shown}A")] {
            assert_eq!(keys.known_device(person(1), Some(broken)), None, "{broken}");
        }
        // A colleague signs in on it, and then the first again: each has one mark.
        for (number, secret) in [(2, 8), (1, 9)] {
            shown = keys.device(person(number), Some(&shown), &[secret; 32]);
        }
        assert_eq!(shown.split('.').count(), 2);
        assert_ne!(keys.known_device(person(1), Some(&shown)), id);
        assert!(keys.known_device(person(2), Some(&shown)).is_some());
        for number in 3..=7 {
            shown = keys.device(person(number), Some(&shown), &[1; 32]);
        }
        assert_eq!(shown.split('.').count(), MOST, "the longest ago are forgotten");
        assert_eq!(keys.known_device(person(1), Some(&shown)), None);
    }
}
