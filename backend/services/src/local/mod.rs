//! Accounts that Varsel itself vouches for: for small installations, and for the day the identity provider is down. Off
//! unless the settings say otherwise.
//!
//! There are two ways in: a passkey, whose device asks for a finger, a face or a PIN, or a password with the code of an app.
//! No way has one factor only. Every refusal passes `attempt`.

mod administer;
mod attempt;
mod breached;
mod email;
mod enrol;
mod hasher;
mod invite;
mod own;
mod passkey;
mod password;
mod recovery;
mod sign_in;
mod totp;

use std::sync::Arc;

use chrono::TimeDelta;
use url::Url;
use varsel_domain::PersonId;
use varsel_domain::organisation::Identity;
use varsel_domain::rules::Text;
use varsel_storage::session::Voucher;
use varsel_storage::{Tx, person};
use webauthn_rs::prelude::{Webauthn, WebauthnBuilder};

pub(crate) use administer::take_all;
pub use administer::{AccountView, close, list, reset};
pub use breached::Breached;
pub use email::{change_email, confirm_email};
pub use enrol::{Enrolment, Welcome, begin_passkey as begin_enrolment, open as open_link};
pub use enrol::{with_passkey as enrol_with_passkey, with_password as enrol_with_password};
pub use hasher::Hasher;
pub use invite::{Home, Invitee, invite, invite_from_terminal};
pub use own::{OwnAccount, add_passkey, begin_passkey, begin_password, look, new_recovery_codes};
pub use own::{remove_passkey, remove_password, set_password};
pub use passkey::{Challenge, Shown};
pub use password::CodeSetup;
pub use sign_in::{Entry, PasswordAttempt, begin_with_passkey, with_passkey, with_password};
#[cfg(any(test, feature = "testing"))]
pub use totp::code_at;

use crate::{Error, Result, Services};

/// What sessions say that vouched for the person; no provider may have this name.
pub const PROVIDER: &str = "local";

/// What the settings say of these accounts.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Whether people of an identity provider may add ways of their own, for the day it is down.
    pub fallback: bool,
    /// After how long a password must be changed; never where there is none.
    pub password_lifetime: Option<TimeDelta>,
    /// Passwords known from breaches elsewhere.
    pub breached: Breached,
    /// The names of whoever runs the server: no password may be made of them.
    pub names: Vec<String>,
}

/// The accounts that Varsel itself vouches for.
#[derive(Debug)]
pub struct Local(Option<On>);

/// What they need where they are on.
#[derive(Debug)]
pub(crate) struct On {
    settings: Settings,
    hasher: Arc<Hasher>,
    webauthn: Option<Webauthn>,
}

impl Local {
    /// There are none.
    pub fn off() -> Self {
        Self(None)
    }

    /// There are some, for a server that people reach at `public_url`. Passkeys belong to a name: where the address is a number,
    /// there are none.
    pub fn on(settings: Settings, hasher: Hasher, public_url: &Url) -> Self {
        let domain = public_url.domain().unwrap_or_default();
        let builder = WebauthnBuilder::new(domain, public_url).ok().filter(|_| !domain.is_empty());
        let webauthn = builder.and_then(|builder| builder.rp_name("Varsel").build().ok());
        Self(Some(On { settings, hasher: Arc::new(hasher), webauthn }))
    }

    /// Whether there are any.
    pub fn is_on(&self) -> bool {
        self.0.is_some()
    }

    /// Whether passkeys can be used.
    pub fn has_passkeys(&self) -> bool {
        self.0.as_ref().is_some_and(|on| on.webauthn.is_some())
    }

    /// How many passwords have been hashed or held to a hash, for measurements.
    pub fn evaluations(&self) -> u64 {
        self.0.as_ref().map_or(0, |on| on.hasher.evaluations())
    }

    fn require(&self) -> Result<&On> {
        self.0.as_ref().ok_or(Error::NotFound { kind: "account" })
    }

    fn require_webauthn(&self) -> Result<&Webauthn> {
        let da = "Adgangsnøgler kræver, at Varsel nås på et navn, og ikke kun på et nummer. Brug en adgangskode med kode.";
        let en =
            "Passkeys need Varsel to be reached by a name, not only by a number. Use a password with a code.";
        self.require()?.webauthn.as_ref().ok_or_else(|| invalid("passkey", da, en))
    }
}

/// What a session says of how the person showed who they are (the methods of RFC 8176).
fn voucher(services: &Services, assurance: &str) -> Voucher {
    Voucher {
        provider: Some(PROVIDER.to_owned()),
        provider_session: None,
        authenticated_at: Some(services.clock.now()),
        assurance: Some(assurance.to_owned()),
    }
}

/// The identity of somebody whom Varsel itself vouches for: their own id, which is never given to another.
fn identity(person: PersonId) -> Identity {
    Identity { issuer: PROVIDER.to_owned(), subject: person.to_string() }
}

/// Whether the settings let this person in: those whom Varsel itself vouches for always, those of a provider only where
/// they say so.
async fn may_enter(on: &On, tx: &Tx, id: PersonId) -> Result<bool> {
    let own = person::find_by_identity(tx, &identity(id)).await?.is_some();
    Ok(own || on.settings.fallback)
}

/// A mail address as it is compared: trimmed, in small letters.
fn normal_login(login: &str) -> String {
    login.trim().to_lowercase()
}

fn invalid(field: &'static str, da: impl Into<String>, en: impl Into<String>) -> Error {
    Error::Invalid { field, message: Text { da: da.into(), en: en.into() } }
}
