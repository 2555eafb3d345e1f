//! A sign-in under way: what the browser must bring back, sealed in its cookie so that any replica can open it.

use actix_web::cookie::time::Duration;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use varsel_services::domain::{PersonId, SessionId};

/// How long a person may take at the identity provider.
pub(crate) const LIFETIME: Duration = Duration::minutes(10);

/// A sign-in under way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Pending {
    /// The provider that was asked: another's answer does not count (mix-up).
    pub(super) provider: String,
    pub(super) state: String,
    pub(super) nonce: String,
    pub(super) verifier: String,
    pub(super) begun_at: DateTime<Utc>,
    pub(super) next: String,
    /// The session this browser had when it left; the cookie of that one does not come back from another site.
    pub(super) session: Option<SessionId>,
    /// Who must come back, where a person shows once more who they are.
    pub(super) again: Option<PersonId>,
}

/// Signs what a cookie holds (HMAC-SHA-256).
pub(super) struct Seal(Vec<u8>);

impl Seal {
    /// The client secret is the same in every replica; without one, a sign-in must end where it began.
    pub(super) fn new(secret: Option<&SecretString>, chance: [u8; 32]) -> Self {
        let key = secret.map(|secret| secret.expose_secret().as_bytes().to_vec());
        Self(key.unwrap_or_else(|| chance.to_vec()))
    }

    fn mac(&self, content: &[u8]) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        mac.update(b"varsel sign-in cookie\0");
        mac.update(content);
        Some(mac)
    }

    /// The cookie's value.
    pub(super) fn close(&self, pending: &Pending) -> String {
        let content = serde_json::to_vec(pending).unwrap_or_default();
        let tag = self.mac(&content).map(|mac| mac.finalize().into_bytes().to_vec()).unwrap_or_default();
        format!("{}.{}", URL_SAFE_NO_PAD.encode(content), URL_SAFE_NO_PAD.encode(tag))
    }

    /// What the cookie holds, if it was sealed here less than ten minutes ago.
    pub(super) fn open(&self, cookie: &str, now: DateTime<Utc>) -> Option<Pending> {
        let (content, tag) = cookie.split_once('.')?;
        let content = URL_SAFE_NO_PAD.decode(content).ok()?;
        let tag = URL_SAFE_NO_PAD.decode(tag).ok()?;
        self.mac(&content)?.verify_slice(&tag).ok()?;
        let pending: Pending = serde_json::from_slice(&content).ok()?;
        let age = now - pending.begun_at;
        (age >= TimeDelta::zero() && age < TimeDelta::seconds(LIFETIME.whole_seconds())).then_some(pending)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pending() -> Pending {
        Pending {
            provider: "p".to_owned(),
            state: "s".to_owned(),
            nonce: "n".to_owned(),
            verifier: "v".to_owned(),
            begun_at: DateTime::UNIX_EPOCH,
            next: "/".to_owned(),
            session: None,
            again: None,
        }
    }

    #[test]
    fn a_cookie_opens_where_it_was_sealed_and_for_ten_minutes() {
        let seal = Seal::new(Some(&"client secret".into()), [0; 32]);
        let cookie = seal.close(&pending());
        let after = |seconds| DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds);
        assert_eq!(seal.open(&cookie, after(599)), Some(pending()));
        assert_eq!(seal.open(&cookie, after(600)), None);
        assert_eq!(Seal::new(None, [0; 32]).open(&cookie, after(1)), None);
    }

    #[test]
    fn a_cookie_that_was_changed_does_not_open() {
        let seal = Seal::new(None, [7; 32]);
        let cookie = seal.close(&pending());
        let (content, tag) = cookie.split_once('.').unwrap();
        let other = Seal::new(None, [8; 32]).close(&Pending { next: "/other".to_owned(), ..pending() });
        let forged = format!("{}.{tag}", other.split_once('.').unwrap().0);
        for wrong in [forged.as_str(), content, &format!("{content}."), "", ".", "x.y"] {
            assert_eq!(seal.open(wrong, DateTime::UNIX_EPOCH), None, "{wrong}");
        }
    }
}
