//! Bodies of requests: counted while they arrive, so that none is kept that is too large.

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::{HttpMessage, HttpRequest, web};
use futures_util::StreamExt;
use varsel_services::domain::attempt::Cause;

/// How much of a body that is too large is read on and thrown away, so that its sender gets to hear why.
const DISCARDED: usize = 32 * 1024 * 1024;

/// A body that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BodyError {
    #[error("send application/json (UTF-8)")]
    NotJson,
    #[error("send application/x-www-form-urlencoded")]
    NotForm,
    #[error("send the body as it is, without Content-Encoding")]
    Encoded,
    #[error("the body is larger than {0} bytes")]
    TooLarge(usize),
    #[error("the body took more than {} seconds to arrive", .0.as_secs())]
    TooSlow(Duration),
    #[error("the body broke off")]
    BrokenOff,
    #[error("malformed JSON: {0}")]
    Malformed(String),
}

impl BodyError {
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::NotJson | Self::NotForm | Self::Encoded => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow(_) => StatusCode::REQUEST_TIMEOUT,
            Self::BrokenOff | Self::Malformed(_) => StatusCode::BAD_REQUEST,
        }
    }

    /// As what it is registered.
    pub(crate) fn cause(&self) -> Cause {
        match self {
            Self::TooLarge(_) | Self::TooSlow(_) => Cause::Limit,
            _ => Cause::Gate,
        }
    }

    /// A stable code for clients.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::NotJson | Self::NotForm => "UNSUPPORTED_MEDIA_TYPE",
            Self::Encoded => "UNSUPPORTED_ENCODING",
            Self::TooLarge(_) => "BODY_TOO_LARGE",
            Self::TooSlow(_) => "BODY_TOO_SLOW",
            Self::BrokenOff => "BODY_BROKEN_OFF",
            Self::Malformed(_) => "MALFORMED_JSON",
        }
    }
}

/// The JSON value in the body: at most `limit` bytes of it, within the server's patience. What is compressed is not unpacked.
pub(crate) async fn json(
    request: &HttpRequest,
    payload: web::Payload,
    limit: usize,
    patience: Duration,
) -> Result<serde_json::Value, BodyError> {
    if !is_json(request) {
        return Err(BodyError::NotJson);
    }
    if request.headers().get(header::CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity") {
        return Err(BodyError::Encoded);
    }
    let reading = tokio::time::timeout(patience, read(payload, limit));
    let bytes = reading.await.unwrap_or(Err(BodyError::TooSlow(patience)))?;
    varsel_rules::read_json(&bytes).map_err(|error| BodyError::Malformed(error.to_string()))
}

/// The fields of the form in the body, at most `limit` bytes of it; for other servers, never for pages.
pub(crate) async fn form(
    request: &HttpRequest,
    payload: web::Payload,
    limit: usize,
    patience: Duration,
) -> Result<Vec<(String, String)>, BodyError> {
    if request.content_type() != "application/x-www-form-urlencoded" {
        return Err(BodyError::NotForm);
    }
    let reading = tokio::time::timeout(patience, read(payload, limit));
    let bytes = reading.await.unwrap_or(Err(BodyError::TooSlow(patience)))?;
    Ok(url::form_urlencoded::parse(&bytes).into_owned().collect())
}

/// Exactly `application/json`, in UTF-8: other types could be sent by another site's form without asking first.
fn is_json(request: &HttpRequest) -> bool {
    let Some(Ok(value)) = request.headers().get(header::CONTENT_TYPE).map(|value| value.to_str()) else {
        return false;
    };
    let mut parts = value.split(';').map(str::trim);
    let is_json = parts.next().is_some_and(|essence| essence.eq_ignore_ascii_case("application/json"));
    is_json && parts.all(|part| part.is_empty() || is_utf8(part))
}

fn is_utf8(parameter: &str) -> bool {
    let Some((name, value)) = parameter.split_once('=') else { return false };
    name.eq_ignore_ascii_case("charset") && value.trim_matches('"').eq_ignore_ascii_case("utf-8")
}

async fn read(mut payload: web::Payload, limit: usize) -> Result<Vec<u8>, BodyError> {
    let mut bytes = Vec::new();
    let mut seen = 0_usize;
    while let Some(chunk) = payload.next().await {
        let Ok(chunk) = chunk else { return Err(BodyError::BrokenOff) };
        seen = seen.saturating_add(chunk.len());
        if seen > DISCARDED {
            break;
        }
        if seen > limit {
            bytes = Vec::new();
        } else {
            bytes.extend_from_slice(&chunk);
        }
    }
    if seen > limit { Err(BodyError::TooLarge(limit)) } else { Ok(bytes) }
}
