//! What a request shows of who sends it: a browser the cookie of its session, a program its token.

use actix_web::HttpRequest;
use actix_web::http::header;
use varsel_services::domain::{Actor, ApiTokenId};
use varsel_services::{Result, Services, api_token, session};

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

    /// Whose it is now; none when it is unknown or has ended.
    pub(crate) async fn holder(&self, services: &Services) -> Result<Option<(Actor, Option<ApiTokenId>)>> {
        match self {
            Self::Session(token) => Ok(session::actor(services, token).await?.map(|actor| (actor, None))),
            Self::Token(token) => {
                Ok(api_token::actor(services, token).await?.map(|(actor, id)| (actor, Some(id))))
            }
        }
    }
}
