//! What a token must say to be believed: identity tokens (OpenID Connect Core 1.0, section 3.1.3.7) and logout tokens
//! (OpenID Connect Back-Channel Logout 1.0, section 2.6).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::core::CoreJwsSigningAlgorithm as Algorithm;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::SignInError;
use super::jws::Signed;

/// How far the provider's clock may be from ours.
const SKEW: TimeDelta = TimeDelta::minutes(1);
/// How old a token may be: it has come straight from the provider.
const OLDEST: TimeDelta = TimeDelta::minutes(10);
/// The event that makes a token a logout token.
const LOGOUT_EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// Who must have made a token, and for whom.
pub(super) struct Expected<'a> {
    pub(super) issuer: &'a str,
    pub(super) client: &'a str,
    pub(super) now: DateTime<Utc>,
}

/// What an identity token must answer to.
pub(super) struct Question<'a> {
    pub(super) nonce: &'a str,
    pub(super) access_token: &'a str,
    /// Since when the person must have shown who they are.
    pub(super) authenticated_since: Option<DateTime<Utc>>,
}

/// A logout token that holds.
pub(super) struct LogoutClaims {
    pub(super) jti: String,
    pub(super) subject: Option<String>,
    pub(super) session: Option<String>,
    pub(super) expires_at: DateTime<Utc>,
}

type Checked<T = ()> = Result<T, SignInError>;

fn distrust<T>(reason: impl Into<String>) -> Checked<T> {
    Err(SignInError::Untrusted(reason.into()))
}

/// A claim as text; empty is as good as none.
pub(super) fn text<'a>(claims: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    claims.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
}

/// A claim as an instant, in seconds since 1970.
pub(super) fn instant(claims: &Map<String, Value>, name: &str) -> Option<DateTime<Utc>> {
    claims.get(name).and_then(Value::as_i64).and_then(|seconds| DateTime::from_timestamp(seconds, 0))
}

/// Holds an identity token against what was asked.
pub(super) fn check_identity(signed: &Signed, expected: &Expected<'_>, asked: &Question<'_>) -> Checked {
    let claims = &signed.claims;
    if signed.kind.as_deref().is_some_and(|kind| !kind.eq_ignore_ascii_case("JWT")) {
        return distrust(format!("the token is of another kind: {:?}", signed.kind));
    }
    if claims.contains_key("events") {
        return distrust("a logout token is no identity token");
    }
    check_common(claims, expected)?;
    if text(claims, "sub").is_none() {
        return distrust("there is no subject");
    }
    if text(claims, "nonce") != Some(asked.nonce) {
        return distrust("the nonce is another");
    }
    if let Some(hash) = claims.get("at_hash") {
        let right = hash_half(&signed.algorithm, asked.access_token);
        if hash.as_str() != right.as_deref() {
            return distrust("the token belongs to another access token (at_hash)");
        }
    }
    check_moment(claims, asked.authenticated_since, expected.now)
}

/// Holds a logout token against the provider it must come from.
pub(super) fn check_logout(signed: &Signed, expected: &Expected<'_>) -> Checked<LogoutClaims> {
    let claims = &signed.claims;
    // The kind is recommended, not required; another one is refused (section 2.4).
    if signed.kind.as_deref().is_some_and(|kind| !["logout+jwt", "JWT"].contains(&kind)) {
        return distrust(format!("the token is of another kind: {:?}", signed.kind));
    }
    check_common(claims, expected)?;
    let event = claims.get("events").and_then(|events| events.get(LOGOUT_EVENT));
    if !event.is_some_and(Value::is_object) {
        return distrust("the token tells of no logout (events)");
    }
    if claims.contains_key("nonce") {
        return distrust("a token with a nonce is no logout token");
    }
    let Some(jti) = text(claims, "jti") else { return distrust("there is no jti") };
    let owned = |name| text(claims, name).map(str::to_owned);
    let (subject, session) = (owned("sub"), owned("sid"));
    if subject.is_none() && session.is_none() {
        return distrust("the token names neither a person nor a session");
    }
    // It is refused as too old from then on, so that its jti may be forgotten.
    let expires_at = expected.now + OLDEST + SKEW + SKEW;
    Ok(LogoutClaims { jti: jti.to_owned(), subject, session, expires_at })
}

/// Issuer, audience and times.
fn check_common(claims: &Map<String, Value>, expected: &Expected<'_>) -> Checked {
    if text(claims, "iss") != Some(expected.issuer) {
        return distrust(format!("the issuer is another: {:?}", text(claims, "iss")));
    }
    // A second audience could pass the token on to us as its own.
    let audience = match claims.get("aud") {
        Some(Value::Array(all)) if all.len() == 1 => all.first().and_then(Value::as_str),
        Some(Value::String(one)) => Some(one.as_str()),
        _ => None,
    };
    if audience != Some(expected.client) {
        return distrust("the token is for somebody else (aud)");
    }
    if claims.get("azp").is_some_and(|party| party.as_str() != Some(expected.client)) {
        return distrust("the token was issued to somebody else (azp)");
    }
    let Some(issued_at) = instant(claims, "iat") else { return distrust("there is no time of issue (iat)") };
    if issued_at > expected.now + SKEW {
        return distrust("the token was issued in the future (iat)");
    }
    if issued_at < expected.now - OLDEST - SKEW {
        return distrust("the token was issued too long ago (iat)");
    }
    let Some(expires_at) = instant(claims, "exp") else { return distrust("there is no end (exp)") };
    if expires_at <= expected.now {
        return distrust("the token has expired (exp)");
    }
    Ok(())
}

/// The person must have shown who they are since then; a provider that does not say when has not shown it.
fn check_moment(claims: &Map<String, Value>, since: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Checked {
    let at = instant(claims, "auth_time");
    if at.is_some_and(|at| at > now + SKEW) {
        return distrust("the person signed in in the future (auth_time)");
    }
    match since {
        Some(since) if at.is_none_or(|at| at < since - SKEW) => Err(SignInError::TooLongAgo),
        _ => Ok(()),
    }
}

/// The left half of the access token's hash, by the hash of the signature's algorithm (section 3.1.3.6).
fn hash_half(algorithm: &Algorithm, access_token: &str) -> Option<String> {
    let hash = match algorithm {
        Algorithm::RsaSsaPkcs1V15Sha256 | Algorithm::RsaSsaPssSha256 | Algorithm::EcdsaP256Sha256 => {
            Sha256::digest(access_token).to_vec()
        }
        Algorithm::RsaSsaPkcs1V15Sha384 | Algorithm::RsaSsaPssSha384 | Algorithm::EcdsaP384Sha384 => {
            Sha384::digest(access_token).to_vec()
        }
        Algorithm::RsaSsaPkcs1V15Sha512 | Algorithm::RsaSsaPssSha512 => Sha512::digest(access_token).to_vec(),
        _ => return None,
    };
    hash.get(..hash.len() / 2).map(|half| URL_SAFE_NO_PAD.encode(half))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_of_an_access_token_is_the_one_of_the_specification() {
        // OpenID Connect Core 1.0, appendix A.4.
        let token = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";
        let hash = hash_half(&Algorithm::RsaSsaPkcs1V15Sha256, token);
        assert_eq!(hash.as_deref(), Some("77QmUPtjPfzWtF2AnpK9RQ"));
    }
}
