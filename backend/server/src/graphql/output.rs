//! Answers: what GraphQL over HTTP asks of their form.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use async_graphql::{Response, ServerError};
use serde_json::{Value, json};

use super::accept::Media;
use super::{error, lane};

/// An answer as it is sent.
pub(super) struct Answer {
    media: Media,
    status: StatusCode,
    body: String,
}

impl Answer {
    pub(super) fn respond(self) -> HttpResponse {
        HttpResponse::build(self.status).content_type(self.media.content_type()).body(self.body)
    }
}

/// The answer to a request that was executed, or whose document could not be.
pub(super) fn answer(media: Media, response: &Response) -> Answer {
    let has = |code| response.errors.iter().any(|error| error::has_code(error, code));
    let status = match media {
        // Monitors must see that nothing can be shown, whether for want of room, of the log, or of time.
        _ if response.errors.iter().any(error::says_out_of_service) => StatusCode::SERVICE_UNAVAILABLE,
        _ if has(lane::TOO_MANY) => StatusCode::TOO_MANY_REQUESTS,
        Media::Response if is_request_error(response) => StatusCode::BAD_REQUEST,
        _ => StatusCode::OK,
    };
    Answer { media, status, body: body(response).to_string() }
}

/// The answer to a request that never became a document.
pub(super) fn refusal(media: Media, status: StatusCode, code: &str, message: &str) -> HttpResponse {
    let media = if media == Media::Events { Media::Json } else { media };
    let body = json!({ "errors": [{ "message": message, "extensions": { "code": code } }] });
    HttpResponse::build(status).content_type(media.content_type()).body(body.to_string())
}

/// The answer as JSON; a request that could not be executed has no `data` at all.
pub(super) fn body(response: &Response) -> Value {
    let request_error = is_request_error(response);
    let mut body = serde_json::Map::new();
    if !response.errors.is_empty() {
        let errors = response.errors.iter().map(|error| with_code(error, request_error));
        body.insert("errors".to_owned(), errors.collect());
    }
    if !request_error {
        body.insert("data".to_owned(), json!(response.data));
    }
    Value::Object(body)
}

/// Errors without a path come from before the execution.
fn is_request_error(response: &Response) -> bool {
    !response.errors.is_empty() && response.errors.iter().all(|error| error.path.is_empty())
}

/// Every error has a stable code: ours, or one for what the library refused.
fn with_code(error: &ServerError, request_error: bool) -> Value {
    let mut error = json!(error);
    let code = if request_error { "INVALID_DOCUMENT" } else { "INVALID_ARGUMENT" };
    if let Some(fields) = error.as_object_mut() {
        let extensions = fields.entry("extensions").or_insert_with(|| json!({}));
        if let Some(extensions) = extensions.as_object_mut() {
            extensions.entry("code").or_insert_with(|| json!(code));
        }
    }
    error
}
