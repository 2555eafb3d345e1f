//! What a request shows of who sends it: a browser the cookie of its session, a program its token.

use actix_web::HttpRequest;
use actix_web::http::header;
use varsel_services::attempt::{self, Origin, Refused, Tried};
use varsel_services::domain::attempt::Cause;
use varsel_services::domain::{Actor, ApiTokenId};
use varsel_services::{Error, InUse, Request, Result, Sender, Services, api_token, session};

/// Who asks, unproved.
#[derive(Clone)]
pub(crate) enum Credential {
    /// The token in a session's cookie.
    Session(String),
    /// A program's token (`Authorization: Bearer`, RFC 6750).
    Token(String),
}

impl Credential {
    /// The credential of a request. A program's comes first: a request that shows a token is never a browser's.
    pub(super) fn of(request: &HttpRequest, cookie: &str) -> Option<Self> {
        if let Some(value) = request.headers().get(header::AUTHORIZATION) {
            let (scheme, token) = value.to_str().unwrap_or_default().split_once(' ').unwrap_or_default();
            let token = if scheme.eq_ignore_ascii_case("bearer") { token.trim() } else { "" };
            return Some(Self::Token(token.to_owned()));
        }
        request.cookie(cookie).map(|cookie| Self::Session(cookie.value().to_owned()))
    }

    /// What it is, whoever holds it: for counting what one of them has open.
    pub(crate) fn secret(&self) -> &str {
        match self {
            Self::Session(secret) | Self::Token(secret) => secret,
        }
    }

    pub(crate) fn is_token(&self) -> bool {
        matches!(self, Self::Token(_))
    }

    /// Whose it is now; none when it is unknown or has ended. `from` is the request that shows it, where one begins.
    async fn holder(&self, services: &Services, from: Option<Sender<'_>>) -> Result<Option<Holder>> {
        Ok(match self {
            Self::Session(token) => session::find(services, token, from)
                .await?
                .map(|(actor, session)| Holder { actor, session: Some(session), token: None }),
            Self::Token(token) => api_token::actor(services, token, from).await?.map(|(actor, id)| Holder {
                actor,
                session: None,
                token: Some(id),
            }),
        })
    }

    /// Whose it is now, for a request that begins: one that is unknown or has ended is registered.
    ///
    /// # Errors
    /// [`Error::Blocked`] for a wrong token from a client that showed too many; storage failed.
    pub(crate) async fn proved(
        &self,
        services: &Services,
        origin: &Origin,
        request_id: &str,
    ) -> Result<Option<Holder>> {
        let holder = self.holder(services, Some(Sender { origin, request_id })).await?;
        if holder.is_none() {
            // Nobody can guess a token, so that a right one is taken from a client that is blocked: a neighbour's guesses close no program's way.
            if self.is_token() {
                attempt::require_open(services, origin, request_id).await?;
            }
            let refused = self.refused(services).await?;
            attempt::register(services, origin, request_id, refused).await?;
        }
        Ok(holder)
    }

    /// A token that was right once is no guess: it is registered for its holder, and closes nothing.
    async fn refused(&self, services: &Services) -> Result<Refused<'static>> {
        Ok(match self {
            Self::Session(token) => {
                let person = session::last_holder(services, token).await?;
                let who = person.map_or(Tried::Nobody, Tried::Person);
                Refused::new(Cause::Session, "SIGN_IN_REQUIRED", who)
            }
            Self::Token(token) => {
                let person = api_token::last_holder(services, token).await?;
                let who = person.map_or(Tried::Nobody, Tried::Person);
                Refused { counts: person.is_none(), ..Refused::new(Cause::ApiToken, "TOKEN_REFUSED", who) }
            }
        })
    }

    /// Whether it is still the same person's, in the same function, as when `request` was made. Of a session that is
    /// no use.
    pub(crate) async fn still_holds(&self, services: &Services, request: &Request) -> Result<()> {
        match self {
            Self::Session(_) => session::still_holds(services, request).await,
            Self::Token(_) => {
                let holder = self.holder(services, None).await?.map(|holder| holder.actor);
                let same = holder.is_some() && holder == request.actor;
                if same { Ok(()) } else { Err(Error::SignInRequired) }
            }
        }
    }
}

/// Who holds a credential, and what it is.
pub(crate) struct Holder {
    pub(crate) actor: Actor,
    pub(crate) session: Option<InUse>,
    pub(crate) token: Option<ApiTokenId>,
}
