//! Sign-in through identity providers: OpenID Connect, authorization code flow with PKCE (RFC 7636).

mod claims;
mod http;
mod jws;
mod pending;
mod provider;
mod token;

use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use http::Credentials;
pub(crate) use jws::algorithm;
pub(crate) use pending::LIFETIME;
use pending::{Pending, Seal};
use provider::{Metadata, Provider};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use token::{Expected, Question};
use varsel_services::Services;
use varsel_services::domain::rules::Text;
use varsel_services::domain::{Clock, Ids, PersonId, SessionId};
use varsel_services::session::{Claims, Logout};

use crate::config;

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
    #[error("the answer is from another provider")]
    OtherIssuer,
    /// The provider or the person said no.
    #[error("the identity provider refused: {0}")]
    Refused(String),
    /// Two administrators have not decided to trust the provider as it is configured now.
    #[error("the provider is not trusted on its present settings")]
    NotTrusted,
    /// The token does not hold.
    #[error("the token does not hold: {0}")]
    Untrusted(String),
    /// The assurance level is too low.
    #[error("the sign-in has the assurance level {0}, which is not one of the provider's acr")]
    TooWeak(String),
    /// The provider did not ask the person anew, or does not say when it did.
    #[error("the provider does not show that the person signed in recently (auth_time)")]
    TooLongAgo,
    /// Somebody else came back than the one who was to show who they are.
    #[error("another person came back")]
    OtherPerson,
}

/// What the provider's answer holds, in the query of the callback.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Callback {
    code: Option<String>,
    state: Option<String>,
    iss: Option<String>,
    error: Option<String>,
}

/// How somebody wants to sign in.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wish {
    /// The page to come back to.
    pub(crate) next: String,
    /// The session this browser has.
    pub(crate) session: Option<SessionId>,
    /// The person who must show again who they are.
    pub(crate) again: Option<PersonId>,
}

/// A sign-in that succeeded.
#[derive(Debug)]
pub(crate) struct Completed {
    pub(crate) claims: Claims,
    pub(crate) next: String,
    pub(crate) previous: Option<SessionId>,
    pub(crate) again: Option<PersonId>,
}

/// What the token endpoint answers.
#[derive(Deserialize)]
struct Tokens {
    access_token: String,
    id_token: Option<String>,
}

/// The providers that people can sign in through, by their names in the settings.
pub struct Providers(BTreeMap<String, SignIn>);

impl Providers {
    /// Sign-ins that come back to `public_url`.
    ///
    /// # Errors
    /// Settings from which no HTTP client can be made.
    pub fn new(
        settings: BTreeMap<String, config::Provider>,
        public_url: &str,
        services: &Services,
    ) -> anyhow::Result<Self> {
        let providers = settings.into_iter().map(|(name, settings)| {
            let sign_in = SignIn::new(name.clone(), settings, public_url, services)?;
            Ok((name, sign_in))
        });
        Ok(Self(providers.collect::<anyhow::Result<_>>()?))
    }

    /// Asks every provider about itself until it answers, so that the first person need not wait.
    pub async fn prepare(&self) {
        futures_util::future::join_all(self.0.values().map(|sign_in| sign_in.provider.prepare())).await;
    }

    /// The provider of that name.
    pub(crate) fn find(&self, name: &str) -> Option<&SignIn> {
        self.0.get(name)
    }

    /// All of them, in the order of their names.
    pub(crate) fn all(&self) -> impl Iterator<Item = &SignIn> {
        self.0.values()
    }
}

/// Sign-in through one identity provider.
pub(crate) struct SignIn {
    name: String,
    public_url: String,
    provider: Provider,
    seal: Seal,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn Ids>,
}

impl SignIn {
    fn new(
        name: String,
        settings: config::Provider,
        public_url: &str,
        services: &Services,
    ) -> anyhow::Result<Self> {
        let seal = Seal::new(settings.client_secret.as_ref(), services.ids.secret());
        let (clock, ids) = (Arc::clone(&services.clock), Arc::clone(&services.ids));
        let provider = Provider::new(settings, Arc::clone(&clock))?;
        Ok(Self { name, public_url: public_url.to_owned(), provider, seal, clock, ids })
    }

    /// Its name in the settings.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Its name for people; where nobody chooses, the name in the settings will do.
    pub(crate) fn label(&self) -> Text {
        match &self.provider.settings.label {
            Some(label) => Text { da: label.da.clone(), en: label.en.clone() },
            None => Text { da: self.name.clone(), en: self.name.clone() },
        }
    }

    fn redirect(&self) -> String {
        format!("{}/sign-in/{}/callback", self.public_url, self.name)
    }

    /// Where to send the browser, and what its cookie must hold when it comes back.
    pub(crate) async fn begin(&self, wish: Wish) -> Result<(String, String), SignInError> {
        let metadata = self.provider.metadata().await?;
        let chance = || URL_SAFE_NO_PAD.encode(self.ids.secret());
        let pending = Pending {
            provider: self.name.clone(),
            state: chance(),
            nonce: chance(),
            verifier: chance(),
            begun_at: self.clock.now(),
            next: wish.next,
            session: wish.session,
            again: wish.again,
        };
        let url = self.ask(&metadata, &pending);
        Ok((url, self.seal.close(&pending)))
    }

    fn ask(&self, metadata: &Metadata, pending: &Pending) -> String {
        let settings = &self.provider.settings;
        let mut url = metadata.authorization_endpoint.clone();
        let mut query = url.query_pairs_mut();
        query
            .append_pair("response_type", "code")
            .append_pair("client_id", &settings.client_id)
            .append_pair("redirect_uri", &self.redirect())
            .append_pair("scope", &settings.scopes.join(" "))
            .append_pair("state", &pending.state)
            .append_pair("nonce", &pending.nonce)
            .append_pair("code_challenge", &URL_SAFE_NO_PAD.encode(Sha256::digest(&pending.verifier)))
            .append_pair("code_challenge_method", "S256");
        if !settings.acr.is_empty() {
            query.append_pair("acr_values", &settings.acr.join(" "));
        }
        if pending.again.is_some() {
            query.append_pair("prompt", "login").append_pair("max_age", "0");
        } else if let Some(minutes) = settings.max_age_minutes {
            query.append_pair("max_age", &(u64::from(minutes) * 60).to_string());
        }
        drop(query);
        url.into()
    }

    /// Who signed in, and which page they wanted.
    pub(crate) async fn complete(
        &self,
        callback: Callback,
        cookie: Option<&str>,
    ) -> Result<Completed, SignInError> {
        let pending = cookie.and_then(|cookie| self.seal.open(cookie, self.clock.now()));
        let pending = pending.ok_or(SignInError::NotBegunHere)?;
        if callback.state.as_deref() != Some(pending.state.as_str()) {
            return Err(SignInError::NotBegunHere);
        }
        if pending.provider != self.name {
            return Err(SignInError::OtherIssuer);
        }
        let metadata = self.provider.metadata().await?;
        // RFC 9207: an answer that names its issuer must name the one asked, and a provider that promised to name it must.
        let promised = metadata.authorization_response_iss_parameter_supported;
        match &callback.iss {
            Some(issuer) if *issuer != self.provider.settings.issuer => return Err(SignInError::OtherIssuer),
            None if promised => return Err(SignInError::OtherIssuer),
            _ => {}
        }
        let code = match (callback.code, callback.error) {
            (Some(code), None) => code,
            (_, error) => return Err(SignInError::Refused(error.unwrap_or_else(|| "no code".to_owned()))),
        };
        let claims = self.redeem(&code, &pending, &metadata).await?;
        let Pending { next, session, again, .. } = pending;
        Ok(Completed { claims, next, previous: session, again })
    }

    /// Exchanges the code and verifies what comes back.
    async fn redeem(
        &self,
        code: &str,
        pending: &Pending,
        metadata: &Metadata,
    ) -> Result<Claims, SignInError> {
        let settings = &self.provider.settings;
        let redirect = self.redirect();
        let form = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", redirect.as_str()),
            ("code_verifier", pending.verifier.as_str()),
        ];
        let client = Credentials {
            id: &settings.client_id,
            secret: settings.client_secret.as_ref(),
            in_header: metadata.secret_in_header(),
        };
        let tokens: Tokens = self.provider.http.post(metadata.token_endpoint.as_str(), form, &client).await?;
        let missing = || SignInError::Untrusted("there is none".to_owned());
        let signed = self.provider.open(&tokens.id_token.ok_or_else(missing)?).await?;
        let max_age = settings.max_age_minutes.map(|minutes| TimeDelta::minutes(minutes.into()));
        let since = match pending.again {
            Some(_) => Some(pending.begun_at),
            None => max_age.map(|max_age| pending.begun_at - max_age),
        };
        let question = Question {
            nonce: &pending.nonce,
            access_token: &tokens.access_token,
            authenticated_since: since,
        };
        token::check_identity(&signed, &self.expected(), &question)?;
        let claims = claims::map(&self.name, settings, &signed.claims);
        let level = claims.voucher.assurance.as_deref().unwrap_or("none");
        if settings.acr.is_empty() || settings.acr.iter().any(|accepted| accepted == level) {
            return Ok(claims);
        }
        Err(SignInError::TooWeak(level.to_owned()))
    }

    /// What a logout token of this provider says.
    pub(crate) async fn read_logout(&self, token: &str) -> Result<Logout, SignInError> {
        let signed = self.provider.open(token).await?;
        let claims = token::check_logout(&signed, &self.expected())?;
        Ok(Logout {
            provider: self.name.clone(),
            issuer: self.provider.settings.issuer.clone(),
            jti: claims.jti,
            subject: claims.subject,
            provider_session: claims.session,
            expires_at: claims.expires_at,
        })
    }

    /// Where the browser goes to sign out at the provider, too (OpenID Connect RP-Initiated Logout 1.0); none where
    /// the provider has no such page. No token is kept to be sent along: the client's id takes its place.
    pub(crate) async fn sign_out_page(&self) -> Option<String> {
        let mut url = self.provider.metadata().await.ok()?.end_session_endpoint.clone()?;
        url.query_pairs_mut()
            .append_pair("client_id", &self.provider.settings.client_id)
            .append_pair("post_logout_redirect_uri", &format!("{}/", self.public_url));
        Some(url.into())
    }

    fn expected(&self) -> Expected<'_> {
        let settings = &self.provider.settings;
        Expected { issuer: &settings.issuer, client: &settings.client_id, now: self.clock.now() }
    }
}
