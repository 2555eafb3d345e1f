//! Sign-in through an identity provider: OpenID Connect, authorization code flow with PKCE (RFC 7636).

mod claims;
mod pending;
mod provider;

use std::sync::Arc;

use openidconnect::core::CoreAuthenticationFlow;
use openidconnect::{
    AuthorizationCode, CsrfToken, Nonce, PkceCodeChallenge, PkceCodeVerifier, Scope, TokenResponse,
};
pub(crate) use pending::LIFETIME;
use pending::{Pending, Seal};
use provider::{Discovered, Provider};
use varsel_services::domain::Clock;
use varsel_services::session::Claims;

use crate::config::Identity;

/// Why a sign-in did not succeed. The person is told what to do; the cause stands in the log.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The provider does not answer.
    #[error("the identity provider does not answer: {0}")]
    Unreachable(String),
    /// The browser that came back did not begin this sign-in, or began it too long ago.
    #[error("the sign-in was not begun in this browser in the last ten minutes")]
    NotBegunHere,
    /// The answer is not from the provider that was asked.
    #[error("the answer names another issuer")]
    OtherIssuer,
    /// The provider or the person said no.
    #[error("the identity provider refused: {0}")]
    Refused(String),
    /// The identity token does not hold.
    #[error("the identity token does not hold: {0}")]
    Untrusted(String),
    /// The assurance level is too low.
    #[error("the sign-in has the assurance level {0}, which is not one of identity.acr")]
    TooWeak(String),
}

/// What the provider's answer holds, in the query of the callback.
#[derive(Debug, Default, serde::Deserialize)]
pub(crate) struct Callback {
    code: Option<String>,
    state: Option<String>,
    iss: Option<String>,
    error: Option<String>,
}

/// Sign-in through one identity provider.
pub struct SignIn {
    identity: Identity,
    provider: Provider,
    seal: Seal,
    clock: Arc<dyn Clock>,
}

impl SignIn {
    /// A sign-in that comes back to `public_url`; `chance` seals it where the provider gave no client secret.
    ///
    /// # Errors
    /// Settings from which no HTTP client can be made.
    pub fn new(
        identity: Identity,
        public_url: &str,
        chance: [u8; 32],
        clock: Arc<dyn Clock>,
    ) -> anyhow::Result<Self> {
        let provider = Provider::new(&identity, public_url)?;
        let seal = Seal::new(identity.client_secret.as_ref(), chance);
        Ok(Self { identity, provider, seal, clock })
    }

    /// Asks the provider about itself until it answers, so that the first person need not wait.
    pub async fn prepare(&self) {
        self.provider.prepare().await;
    }

    /// Where to send the browser, and what its cookie must hold when it comes back.
    pub(crate) async fn begin(&self, next: String) -> Result<(String, String), SignInError> {
        let discovered = self.provider.discovered().await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let client = &discovered.client;
        let mut request = client.authorize_url(
            CoreAuthenticationFlow::AuthorizationCode,
            CsrfToken::new_random,
            Nonce::new_random,
        );
        for scope in self.identity.scopes.iter().filter(|scope| *scope != "openid") {
            request = request.add_scope(Scope::new(scope.clone()));
        }
        if !self.identity.acr.is_empty() {
            request = request.add_extra_param("acr_values", self.identity.acr.join(" "));
        }
        let (url, state, nonce) = request.set_pkce_challenge(challenge).url();
        let pending = Pending {
            state: state.into_secret(),
            nonce: nonce.secret().clone(),
            verifier: verifier.into_secret(),
            begun_at: self.clock.now(),
            next,
        };
        Ok((url.to_string(), self.seal.close(&pending)))
    }

    /// Who signed in, and which page they wanted.
    pub(crate) async fn complete(
        &self,
        callback: Callback,
        cookie: Option<&str>,
    ) -> Result<(Claims, String), SignInError> {
        let pending = cookie.and_then(|cookie| self.seal.open(cookie, self.clock.now()));
        let pending = pending.ok_or(SignInError::NotBegunHere)?;
        if callback.state.as_deref() != Some(pending.state.as_str()) {
            return Err(SignInError::NotBegunHere);
        }
        // RFC 9207: an answer that names its issuer must name ours.
        if callback.iss.as_ref().is_some_and(|issuer| *issuer != self.identity.issuer) {
            return Err(SignInError::OtherIssuer);
        }
        let code = match (callback.code, callback.error) {
            (Some(code), None) => AuthorizationCode::new(code),
            (_, error) => return Err(SignInError::Refused(error.unwrap_or_else(|| "no code".to_owned()))),
        };
        let claims = self.redeem(code, &pending).await?;
        Ok((claims, pending.next))
    }

    /// Exchanges the code and verifies what comes back.
    async fn redeem(&self, code: AuthorizationCode, pending: &Pending) -> Result<Claims, SignInError> {
        let discovered = self.provider.discovered().await?;
        let refused = |error: String| SignInError::Refused(error);
        let response = discovered
            .client
            .exchange_code(code)
            .map_err(|error| refused(error.to_string()))?
            .set_pkce_verifier(PkceCodeVerifier::new(pending.verifier.clone()))
            .request_async(self.provider.http())
            .await
            .map_err(|error| refused(provider::explain(&error)))?;
        let token = response.id_token().ok_or_else(|| SignInError::Untrusted("there is none".to_owned()))?;
        let nonce = Nonce::new(pending.nonce.clone());
        let verified = match self.verify(&discovered, token, &nonce) {
            // The provider may have taken a new key into use.
            Err(openidconnect::ClaimsVerificationError::SignatureVerification(_)) => {
                let renewed = self.provider.renewed(self.clock.now()).await?;
                self.verify(&renewed, token, &nonce)
            }
            other => other,
        };
        let claims = verified.map_err(|error| SignInError::Untrusted(provider::explain(&error)))?;
        claims::check_level(&self.identity.acr, claims)?;
        claims::map(&self.identity.claims, claims)
    }

    /// Signature, issuer, audience, times and nonce.
    fn verify<'a>(
        &self,
        discovered: &Discovered,
        token: &'a provider::IdToken,
        nonce: &Nonce,
    ) -> Result<&'a provider::IdClaims, openidconnect::ClaimsVerificationError> {
        let clock = Arc::clone(&self.clock);
        let verifier = discovered.client.id_token_verifier().set_time_fn(move || clock.now());
        token.claims(&verifier, nonce)
    }
}
