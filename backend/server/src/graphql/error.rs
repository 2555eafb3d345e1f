//! What clients see of an error: a stable code and a way out; causes stand only in the log.

use std::sync::Arc;

use async_graphql::{Context, ErrorExtensions, Value};
use varsel_services::{Error, Request};

use super::lane;

/// Turns an error of a use case into one that clients may see.
pub(crate) trait Shown {
    /// Logs what is internal, once, and hides it behind the id of the request.
    fn shown(&self, ctx: &Context<'_>) -> async_graphql::Error;
}

impl Shown for Error {
    fn shown(&self, ctx: &Context<'_>) -> async_graphql::Error {
        let request = ctx.data_opt::<Request>().map_or("", |request| request.request_id.as_str());
        show(self, request)
    }
}

impl Shown for Arc<Error> {
    fn shown(&self, ctx: &Context<'_>) -> async_graphql::Error {
        self.as_ref().shown(ctx)
    }
}

/// Nothing can be written, or nothing into the log of use, or too much is asked: the server is out of service, for a moment at least.
const OUT_OF_SERVICE: [&str; 3] = ["NO_ROOM", "NOT_LOGGED", lane::BUSY];

/// Whether an error says so.
pub(super) fn is_out_of_service(error: &Error) -> bool {
    OUT_OF_SERVICE.contains(&error.code())
}

/// Whether one of an answer's does.
pub(super) fn says_out_of_service(error: &async_graphql::ServerError) -> bool {
    OUT_OF_SERVICE.iter().any(|code| has_code(error, code))
}

/// Whether an answer says that nobody is signed in.
pub(crate) fn is_sign_in_required(error: &async_graphql::ServerError) -> bool {
    has_code(error, "SIGN_IN_REQUIRED")
}

pub(super) fn has_code(error: &async_graphql::ServerError, wanted: &str) -> bool {
    let code = error.extensions.as_ref().and_then(|extensions| extensions.get("code"));
    matches!(code, Some(Value::String(code)) if code == wanted)
}

/// As [`Shown::shown`], where there is no context: in streams.
pub(crate) fn show(error: &Error, request_id: &str) -> async_graphql::Error {
    let code = error.code();
    if code == "INTERNAL" || matches!(error, Error::Storage(_)) {
        tracing::error!(request.id = request_id, cause = ?error, "a use case failed");
    }
    async_graphql::Error::new(error.to_string()).extend_with(|_, extensions| {
        extensions.set("code", code);
        extensions.set("requestId", request_id);
        if let Error::Invalid { field, message } = error {
            extensions.set("field", *field);
            let texts = [("da", &message.da), ("en", &message.en)];
            let texts = texts.map(|(key, text)| (async_graphql::Name::new(key), Value::from(text.as_str())));
            extensions.set("text", Value::Object(texts.into_iter().collect()));
        }
    })
}
