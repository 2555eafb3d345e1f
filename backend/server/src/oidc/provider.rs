//! What an identity provider says about itself, asked when it is needed and kept.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::core::CoreJsonWebKeySet;
use reqwest::Url;
use serde::Deserialize;
use tokio::sync::Mutex;
use varsel_services::domain::Clock;

use super::SignInError;
use super::http::Http;
use super::jws::{self, Flaw, Signed};
use crate::config;
use crate::http::is_loopback;

/// Keys are fetched anew at most this often, however many tokens name unknown ones.
const KEYS_ANEW: TimeDelta = TimeDelta::minutes(1);
/// A provider that did not answer, about itself or with its keys, is left in peace so long: people do not queue up for its next
/// silence.
const REST: TimeDelta = TimeDelta::seconds(5);

/// What the provider says about itself (OpenID Connect Discovery 1.0, RFC 8414, RFC 9207).
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Metadata {
    issuer: String,
    pub(super) authorization_endpoint: Url,
    pub(super) token_endpoint: Url,
    jwks_uri: Url,
    pub(super) end_session_endpoint: Option<Url>,
    #[serde(default)]
    pub(super) authorization_response_iss_parameter_supported: bool,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Vec<String>,
}

impl Metadata {
    /// Whether the client's secret goes into the header, which is what holds where nothing is said.
    pub(super) fn secret_in_header(&self) -> bool {
        let methods = &self.token_endpoint_auth_methods_supported;
        methods.is_empty() || methods.iter().any(|method| method == "client_secret_basic")
    }

    /// It must speak of the issuer that was asked, to the letter, and send nobody over a line that can be listened to.
    fn check(&self, issuer: &str) -> Result<(), SignInError> {
        if self.issuer != issuer {
            let said = &self.issuer;
            return Err(SignInError::Unreachable(format!("{issuer} calls itself {said}")));
        }
        let own_machine = Url::parse(issuer).is_ok_and(|url| url.host_str().is_some_and(is_loopback));
        let endpoints = [&self.authorization_endpoint, &self.token_endpoint, &self.jwks_uri];
        for endpoint in endpoints.into_iter().chain(&self.end_session_endpoint) {
            let local = own_machine && endpoint.host_str().is_some_and(is_loopback);
            if endpoint.scheme() != "https" && !local {
                return Err(SignInError::Unreachable(format!("{endpoint} does not begin with https://")));
            }
        }
        Ok(())
    }
}

/// One identity provider.
pub(super) struct Provider {
    pub(super) settings: config::Provider,
    pub(super) http: Http,
    clock: Arc<dyn Clock>,
    known: Mutex<Known>,
    /// Held while keys are fetched: whoever needs them waits for the one answer, and nobody else does.
    fetching: Mutex<()>,
}

#[derive(Default)]
struct Known {
    metadata: Option<Arc<Metadata>>,
    keys: Option<Arc<CoreJsonWebKeySet>>,
    renewed_at: Option<DateTime<Utc>>,
    silent_at: Option<DateTime<Utc>>,
    keys_silent_at: Option<DateTime<Utc>>,
}

impl Provider {
    pub(super) fn new(settings: config::Provider, clock: Arc<dyn Clock>) -> anyhow::Result<Self> {
        Ok(Self { settings, http: Http::new()?, clock, known: Mutex::default(), fetching: Mutex::default() })
    }

    /// Asks until there is an answer, ever more seldom.
    pub(super) async fn prepare(&self) {
        let mut pause = Duration::from_secs(1);
        while let Err(error) = self.metadata().await {
            let issuer = &self.settings.issuer;
            tracing::warn!(cause = %error, issuer, "asking again in {} s", pause.as_secs());
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(Duration::from_mins(1));
        }
    }

    /// What the provider said about itself.
    pub(super) async fn metadata(&self) -> Result<Arc<Metadata>, SignInError> {
        let mut known = self.known.lock().await;
        self.metadata_in(&mut known).await
    }

    async fn metadata_in(&self, known: &mut Known) -> Result<Arc<Metadata>, SignInError> {
        if let Some(metadata) = &known.metadata {
            return Ok(Arc::clone(metadata));
        }
        let (issuer, now) = (&self.settings.issuer, self.clock.now());
        if known.silent_at.is_some_and(|at| now - at < REST) {
            return Err(SignInError::Unreachable(format!("{issuer} was asked a moment ago")));
        }
        known.silent_at = Some(now);
        let address = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
        let metadata: Metadata = self.http.get(&address).await?;
        metadata.check(issuer)?;
        known.silent_at = None;
        Ok(Arc::clone(known.metadata.insert(Arc::new(metadata))))
    }

    /// Opens a token that this provider signed. A key that is not known is looked for once, at most once a minute.
    pub(super) async fn open(&self, token: &str) -> Result<Signed, SignInError> {
        let distrust = |flaw| match flaw {
            Flaw::NoKey(reason) => SignInError::Untrusted(reason),
            Flaw::Other(error) => error,
        };
        // Whatever is no token at all sends nobody for keys.
        jws::parts(token).map_err(distrust)?;
        let keys = self.keys(None).await?;
        match jws::open(token, &keys, &self.settings.algorithms) {
            Err(Flaw::NoKey(_)) => {
                let renewed = self.keys(Some(&keys)).await?;
                jws::open(token, &renewed, &self.settings.algorithms)
            }
            outcome => outcome,
        }
        .map_err(distrust)
    }

    /// The provider's keys; others than `stale`, if it has any and was not asked a moment ago.
    async fn keys(
        &self,
        stale: Option<&Arc<CoreJsonWebKeySet>>,
    ) -> Result<Arc<CoreJsonWebKeySet>, SignInError> {
        if let Some(keys) = self.kept(stale).await {
            return Ok(keys);
        }
        let _fetching = self.fetching.lock().await;
        // Another may have fetched them meanwhile.
        if let Some(keys) = self.kept(stale).await {
            return Ok(keys);
        }
        let now = self.clock.now();
        let metadata = {
            let mut known = self.known.lock().await;
            if known.keys_silent_at.is_some_and(|at| now - at < REST) {
                let issuer = &self.settings.issuer;
                return Err(SignInError::Unreachable(format!(
                    "{issuer} was asked for its keys a moment ago"
                )));
            }
            self.metadata_in(&mut known).await?
        };
        let fetched = self.http.get::<CoreJsonWebKeySet>(metadata.jwks_uri.as_str()).await;
        let mut known = self.known.lock().await;
        if known.keys.is_some() {
            known.renewed_at = Some(now);
        }
        known.keys_silent_at = fetched.is_err().then(|| self.clock.now());
        Ok(Arc::clone(known.keys.insert(Arc::new(fetched?))))
    }

    /// The keys that are known, unless others than `stale` are wanted and may be there.
    async fn kept(&self, stale: Option<&Arc<CoreJsonWebKeySet>>) -> Option<Arc<CoreJsonWebKeySet>> {
        let (known, now) = (self.known.lock().await, self.clock.now());
        let keys = known.keys.as_ref()?;
        let renewed_by_another = stale.is_some_and(|stale| !Arc::ptr_eq(stale, keys));
        let recent = known.renewed_at.is_some_and(|at| now - at < KEYS_ANEW);
        (stale.is_none() || renewed_by_another || recent).then(|| Arc::clone(keys))
    }
}
