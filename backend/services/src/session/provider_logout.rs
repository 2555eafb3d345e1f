//! The provider says that somebody has signed out there (OpenID Connect Back-Channel Logout 1.0).

use chrono::{DateTime, Utc};
use varsel_domain::authz::Scope;
use varsel_domain::organisation::Identity;
use varsel_storage::session as stored;
use varsel_storage::{Tx, logout_token, person};

use crate::report::receipt::hexadecimal;
use crate::{Result, Services};

/// What a logout token says; its signature and claims have been verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logout {
    /// The provider's name in the settings.
    pub provider: String,
    /// Its issuer.
    pub issuer: String,
    /// The token's id: each counts once.
    pub jti: String,
    /// Whose sessions end, where it says so.
    pub subject: Option<String>,
    /// Which session of the provider has ended, where it says so.
    pub provider_session: Option<String>,
    /// Until when the token could be sent again.
    pub expires_at: DateTime<Utc>,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogoutOutcome {
    /// So many sessions have ended; none is an answer, too.
    Ended(usize),
    /// The token was taken before.
    Replayed,
}

/// Ends the sessions that a logout token names: those of its session (`sid`), or all of its person at that provider.
///
/// # Errors
/// Storage failed.
pub async fn provider_logout(services: &Services, logout: &Logout) -> Result<LogoutOutcome> {
    let now = services.clock.now();
    let tx = services.store.begin(&Scope::nothing()).await?;
    let jti = hexadecimal(logout.jti.as_bytes());
    match logout_token::take(&tx, &logout.issuer, &jti, logout.expires_at, now).await {
        Err(varsel_storage::Error::AlreadyExists { .. }) => return Ok(LogoutOutcome::Replayed),
        taken => taken?,
    }
    let sessions = named(&tx, logout).await?;
    let count = sessions.len();
    stored::end(&tx, sessions.into_iter().map(|session| session.id), now).await?;
    tx.commit().await?;
    services.live.ring();
    Ok(LogoutOutcome::Ended(count))
}

async fn named(tx: &Tx, logout: &Logout) -> Result<Vec<stored::Session>> {
    let person = match &logout.subject {
        None => None,
        Some(subject) => {
            let identity = Identity { issuer: logout.issuer.clone(), subject: subject.clone() };
            match person::find_by_identity(tx, &identity).await? {
                Some(person) => Some(person.id),
                // Nobody whom we know has sessions to end.
                None => return Ok(Vec::new()),
            }
        }
    };
    let mut sessions = match (&logout.provider_session, person) {
        (Some(sid), _) => stored::list_of_provider_session(tx, &logout.provider, sid).await?,
        (None, Some(person)) => stored::list_of_person(tx, person).await?,
        (None, None) => Vec::new(),
    };
    sessions.retain(|session| {
        session.voucher.provider.as_deref() == Some(&logout.provider)
            && person.is_none_or(|person| session.person == person)
    });
    Ok(sessions)
}
