//! The certificate in use, and its renewal without a restart.

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use varsel_services::domain::Clock;

use super::files::{Files, Pair, Unusable};

/// How often the files are looked at.
const BETWEEN_LOOKS: Duration = Duration::from_mins(1);

/// How long before its end a certificate should have been renewed.
const SOON: TimeDelta = TimeDelta::days(14);

/// The certificate that clients are shown.
pub struct Certificates {
    files: Files,
    held: RwLock<Held>,
}

struct Held {
    key: Arc<CertifiedKey>,
    valid: (DateTime<Utc>, DateTime<Utc>),
    /// What the files held when they were last looked at, usable or not.
    seen: [u8; 32],
    /// When it was last said that the certificate ends.
    warned: Option<DateTime<Utc>>,
}

/// What a look at the files brought.
#[derive(Debug)]
pub enum Look {
    /// What was there before.
    Same,
    /// Another certificate, in use from now on.
    Renewed {
        /// Until when clients accept it.
        until: DateTime<Utc>,
    },
    /// Files that cannot be used: the certificate from before stays in use.
    Broken(Unusable),
}

impl Certificates {
    /// Reads the files.
    ///
    /// # Errors
    /// What is wrong with which of them.
    pub fn open(files: Files) -> Result<Self, Unusable> {
        let (seen, pair) = files.read();
        let Pair { key, valid } = pair?;
        Ok(Self { files, held: RwLock::new(Held { key, valid, seen, warned: None }) })
    }

    /// Reads the files again, and takes the certificate into use where it is another one.
    pub fn look(&self, now: DateTime<Utc>) -> Look {
        let (seen, pair) = self.files.read();
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        if seen == held.seen {
            return Look::Same;
        }
        held.seen = seen;
        match pair {
            Ok(Pair { valid, .. }) if !(valid.0..=valid.1).contains(&now) => {
                Look::Broken(self.files.outside(valid, now))
            }
            Ok(Pair { key, valid }) => {
                (held.key, held.valid, held.warned) = (key, valid, None);
                Look::Renewed { until: valid.1 }
            }
            Err(unusable) => Look::Broken(unusable),
        }
    }

    /// Until when clients accept the certificate, where that is soon or over and was not said within a day.
    pub fn ending(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        let said = held.warned.is_some_and(|before| now - before < TimeDelta::days(1));
        if said || held.valid.1 - now > SOON {
            return None;
        }
        held.warned = Some(now);
        Some(held.valid.1)
    }

    /// Looks at the files every minute, and says in the log what came of it; runs until it is dropped.
    pub async fn watch(&self, clock: Arc<dyn Clock>) {
        let mut looks = tokio::time::interval(BETWEEN_LOOKS);
        loop {
            looks.tick().await;
            self.tell(clock.now());
        }
    }

    fn tell(&self, now: DateTime<Utc>) {
        match self.look(now) {
            Look::Same => {}
            Look::Renewed { until } => {
                tracing::info!(%until, "the TLS certificate was renewed and is in use");
            }
            Look::Broken(unusable) => tracing::error!(
                setting = format!("tls.{}", unusable.setting),
                problem = %unusable,
                "the new TLS certificate cannot be used; the one from before stays in use"
            ),
        }
        match self.ending(now) {
            Some(until) if until <= now => {
                tracing::error!(%until, "the TLS certificate has ended: nobody reaches the server; renew it");
            }
            Some(until) => tracing::warn!(%until, "the TLS certificate ends soon; renew it"),
            None => {}
        }
    }
}

impl ResolvesServerCert for Certificates {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.held.read().unwrap_or_else(PoisonError::into_inner).key))
    }
}

/// Without the key.
impl fmt::Debug for Certificates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificates").field("files", &self.files).finish_non_exhaustive()
    }
}
