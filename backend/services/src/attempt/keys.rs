//! What marks names that nobody has, devices on which somebody has signed in, networks in which they were, and what was sent before,
//! so that only this system can read the mark.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{NaiveDate, TimeDelta};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use uuid::Uuid;
use varsel_domain::PersonId;
use varsel_domain::attempt::NameTag;

/// How many people a browser is known to at most: those of a duty desk share one.
const MOST: usize = 5;

/// For how long a browser is known after somebody has signed in with it.
const LASTS: TimeDelta = TimeDelta::days(365);

/// The keys of these marks.
#[derive(Clone)]
pub struct Keys {
    names: [u8; 32],
    devices: [u8; 32],
    networks: [u8; 32],
    sent: [u8; 32],
}

impl Keys {
    /// Of 32 secret bytes, the same for every server that shares a database, and after every start.
    pub fn new(secret: [u8; 32]) -> Self {
        let of = |purpose: &str| mac(&secret).chain_update(purpose).finalize().into_bytes().into();
        Self {
            names: of("names that nobody has"),
            devices: of("devices that are known"),
            networks: of("networks that are in use"),
            sent: of("what was sent"),
        }
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

    /// The tag of a network in which something is in use, by the id of that: nobody without the key can try out which one it is, and
    /// two who are in the same network have different tags.
    pub fn network(&self, of: Uuid, network: &str) -> String {
        let digest = mac(&self.networks).chain_update(of).chain_update(network).finalize();
        URL_SAFE_NO_PAD.encode(digest.into_bytes())
    }

    /// The tag of what was sent under an idempotency key: nobody without the key can try out what it is of.
    pub fn sent(&self, content: &[u8]) -> String {
        URL_SAFE_NO_PAD.encode(mac(&self.sent).chain_update(content).finalize().into_bytes())
    }

    /// What a browser keeps (the value of its cookie) after this person has signed in with it on `today`: a mark for them, before those
    /// of `shown`, which it had. A device keeps its id, and `secret` gives it one that has none: it never has more than one counter.
    pub fn device(
        &self,
        person: PersonId,
        shown: Option<&str>,
        today: NaiveDate,
        secret: &[u8; 32],
    ) -> String {
        let fresh = || URL_SAFE_NO_PAD.encode(secret.get(..16).unwrap_or_default());
        let id = self.known_device(person, shown, today).unwrap_or_else(fresh);
        let proof = self.proof(person, &id, today).finalize().into_bytes();
        let own = format!("{id}:{today}:{}", URL_SAFE_NO_PAD.encode(proof));
        let others = marks(shown).filter(|mark| !self.is_of(person, mark)).map(|mark| mark.join(":"));
        std::iter::once(own).chain(others).take(MOST).collect::<Vec<_>>().join(".")
    }

    /// The device, where the browser shows that this person has signed in with it in the year before `today`.
    pub fn known_device(&self, person: PersonId, shown: Option<&str>, today: NaiveDate) -> Option<String> {
        let lasts = |day: &str| day.parse().is_ok_and(|day: NaiveDate| today - day <= LASTS);
        let own = marks(shown).find(|mark| lasts(mark[1]) && self.is_of(person, mark));
        own.map(|[id, ..]| id.to_owned())
    }

    fn is_of(&self, person: PersonId, [device, day, proof]: &[&str; 3]) -> bool {
        let (Ok(day), Ok(proof)) = (day.parse(), URL_SAFE_NO_PAD.decode(proof)) else { return false };
        self.proof(person, device, day).verify_slice(&proof).is_ok()
    }

    fn proof(&self, person: PersonId, device: &str, day: NaiveDate) -> Hmac<Sha256> {
        mac(&self.devices).chain_update(person.0).chain_update(day.to_string()).chain_update(device)
    }
}

/// The marks that a browser shows: the device's id, the day on which the person signed in, and what proves both.
fn marks(shown: Option<&str>) -> impl Iterator<Item = [&str; 3]> {
    let marks = shown.unwrap_or_default().split('.').map(|mark| mark.split(':').collect::<Vec<_>>());
    marks.filter_map(|parts| parts.try_into().ok()).take(MOST)
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

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_device_is_known_to_those_who_signed_in_on_it_and_to_nobody_else() {
        let (keys, today) = (Keys::new([1; 32]), day("2026-11-26"));
        let known = |person, shown: &str| keys.known_device(person, Some(shown), today);
        let mut shown = keys.device(person(1), None, today, &[7; 32]);
        let id = known(person(1), &shown);
        assert_eq!(id.as_deref(), Some("BwcHBwcHBwcHBwcHBwcHBw"));
        assert_eq!(known(person(2), &shown), None);
        assert_eq!(Keys::new([2; 32]).known_device(person(1), Some(&shown), today), None);
        let later = shown.replace("2026-11-26", "2026-11-27");
        for broken in ["", ".", ":", "07::", &later, &shown.replacen('B', "C", 1), &format!("{shown}A")] {
            assert_eq!(known(person(1), broken), None, "{broken}");
        }
        // A colleague signs in on it, and then the first again: each has one mark, and the first the same counter.
        for (number, secret) in [(2, 8), (1, 9)] {
            shown = keys.device(person(number), Some(&shown), today, &[secret; 32]);
        }
        assert_eq!((shown.split('.').count(), known(person(1), &shown)), (2, id));
        assert!(known(person(2), &shown).is_some());
        for number in 3..=7 {
            shown = keys.device(person(number), Some(&shown), today, &[1; 32]);
        }
        assert_eq!(shown.split('.').count(), MOST, "the longest ago are forgotten");
        assert_eq!(known(person(1), &shown), None);
    }

    #[test]
    fn a_device_on_which_nobody_has_signed_in_for_a_year_is_as_any_other() {
        let keys = Keys::new([1; 32]);
        let shown = keys.device(person(1), None, day("2025-11-26"), &[7; 32]);
        assert!(keys.known_device(person(1), Some(&shown), day("2026-11-26")).is_some());
        assert_eq!(keys.known_device(person(1), Some(&shown), day("2026-11-27")), None);
    }

    #[test]
    fn a_network_is_recognised_and_tells_nothing_of_others() {
        let (one, other) = (Keys::new([1; 32]), Keys::new([2; 32]));
        let of = |keys: &Keys, number, network| keys.network(Uuid::from_u128(number), network);
        assert_eq!(of(&one, 1, "192.0.2.0/24"), of(&one, 1, "192.0.2.0/24"));
        assert_ne!(of(&one, 1, "192.0.2.0/24"), of(&one, 1, "192.0.3.0/24"));
        assert_ne!(of(&one, 1, "192.0.2.0/24"), of(&one, 2, "192.0.2.0/24"));
        assert_ne!(of(&one, 1, "192.0.2.0/24"), of(&other, 1, "192.0.2.0/24"));
    }

    #[test]
    fn what_was_sent_is_recognised_and_not_guessed() {
        let (one, other) = (Keys::new([1; 32]), Keys::new([2; 32]));
        assert_eq!(one.sent(b"true"), one.sent(b"true"));
        assert_ne!(one.sent(b"true"), one.sent(b"false"));
        assert_ne!(one.sent(b"true"), other.sent(b"true"));
    }
}
