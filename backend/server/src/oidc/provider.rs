//! What the identity provider says about itself, asked when it is needed and kept.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreRevocableToken,
    CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    Client, ClientId, ClientSecret, EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet,
    IdTokenFields, IssuerUrl, RedirectUrl, StandardErrorResponse, StandardTokenResponse, reqwest,
};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use tokio::sync::Mutex;

use super::SignInError;
use crate::config::Identity;

/// How long one answer of the provider may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// Keys are fetched anew at most this often, however many tokens name unknown ones.
const KEYS_ANEW: TimeDelta = TimeDelta::minutes(1);

/// Claims that are not in the standard.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Extra(serde_json::Map<String, serde_json::Value>);

impl openidconnect::AdditionalClaims for Extra {}

pub(super) type IdToken = openidconnect::IdToken<
    Extra,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;
pub(super) type IdClaims = openidconnect::IdTokenClaims<Extra, CoreGenderClaim>;
type Fields = IdTokenFields<
    Extra,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;
type ProviderClient = Client<
    Extra,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<Fields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// A client that knows the provider's endpoints and keys.
pub(super) struct Discovered {
    pub(super) client: ProviderClient,
}

/// One identity provider.
pub(super) struct Provider {
    issuer: IssuerUrl,
    id: ClientId,
    secret: Option<ClientSecret>,
    redirect: RedirectUrl,
    http: reqwest::Client,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    discovered: Option<Arc<Discovered>>,
    renewed_at: Option<DateTime<Utc>>,
}

impl Provider {
    pub(super) fn new(identity: &Identity, public_url: &str) -> anyhow::Result<Self> {
        // Redirects are not followed: the provider's answers must come from the provider.
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(PATIENCE)
            .build()?;
        let secret = identity.client_secret.as_ref().map(|secret| secret.expose_secret().to_owned());
        Ok(Self {
            issuer: IssuerUrl::new(identity.issuer.clone())?,
            id: ClientId::new(identity.client_id.clone()),
            secret: secret.map(ClientSecret::new),
            redirect: RedirectUrl::new(format!("{public_url}/sign-in/callback"))?,
            http,
            known: Mutex::new(Known::default()),
        })
    }

    pub(super) fn http(&self) -> &reqwest::Client {
        &self.http
    }

    /// Asks until there is an answer, ever more seldom.
    pub(super) async fn prepare(&self) {
        let mut pause = Duration::from_secs(1);
        while let Err(error) = self.discovered().await {
            tracing::warn!(cause = %error, issuer = %self.issuer.as_str(), "asking again in {} s", pause.as_secs());
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(Duration::from_mins(1));
        }
    }

    /// What the provider said about itself.
    pub(super) async fn discovered(&self) -> Result<Arc<Discovered>, SignInError> {
        let mut known = self.known.lock().await;
        if let Some(discovered) = &known.discovered {
            return Ok(Arc::clone(discovered));
        }
        let discovered = Arc::new(self.discover().await?);
        known.discovered = Some(Arc::clone(&discovered));
        Ok(discovered)
    }

    /// The same with fresh keys, unless they were fetched a moment ago.
    pub(super) async fn renewed(&self, now: DateTime<Utc>) -> Result<Arc<Discovered>, SignInError> {
        let mut known = self.known.lock().await;
        let recent = known.renewed_at.is_some_and(|at| now - at < KEYS_ANEW);
        if let (true, Some(discovered)) = (recent, &known.discovered) {
            return Ok(Arc::clone(discovered));
        }
        known.renewed_at = Some(now);
        let discovered = Arc::new(self.discover().await?);
        known.discovered = Some(Arc::clone(&discovered));
        Ok(discovered)
    }

    async fn discover(&self) -> Result<Discovered, SignInError> {
        let asked = CoreProviderMetadata::discover_async(self.issuer.clone(), &self.http).await;
        let metadata = asked.map_err(|error| SignInError::Unreachable(explain(&error)))?;
        let client = ProviderClient::from_provider_metadata(metadata, self.id.clone(), self.secret.clone());
        Ok(Discovered { client: client.set_redirect_uri(self.redirect.clone()) })
    }
}

/// An error with its causes, for the log.
pub(super) fn explain(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        words.push_str(": ");
        words.push_str(&error.to_string());
        cause = error.source();
    }
    words
}
