//! A GraphQL request as it stands in the body.

use async_graphql::Variables;
use serde_json::{Map, Value};

use super::gate::{self, Refusal};
use super::operations;

/// A request that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum WrongRequest {
    #[error("send one JSON object with `documentId` or `query`; arrays of requests are not taken")]
    NotAnObject,
    #[error("`{field}` must be {expected}")]
    WrongType { field: &'static str, expected: &'static str },
    #[error("send `documentId` or `query`, not both")]
    Both,
    #[error(
        "this version of Varsel has no such document; reload the page, or send a `query` with an API token"
    )]
    UnknownDocument,
    #[error("documents of your own are for programs with an API token (Authorization: Bearer ...)")]
    TokenNeeded,
    #[error(transparent)]
    Refused(#[from] Refusal),
}

impl WrongRequest {
    /// A stable code for clients.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::NotAnObject | Self::WrongType { .. } | Self::Both => "BAD_REQUEST",
            Self::UnknownDocument => "UNKNOWN_DOCUMENT",
            Self::TokenNeeded => "TOKEN_NEEDED",
            Self::Refused(refusal) => refusal.code(),
        }
    }
}

/// The document is one of the pages', which somebody waits for who looks at the screen.
pub(super) struct OfPage;

/// Reads a request. A document is one of the pages', by its hash; where `own_documents` are taken it may also be another
/// one, which goes through the gate.
pub(super) fn read(body: Value, own_documents: bool) -> Result<async_graphql::Request, WrongRequest> {
    let Value::Object(mut fields) = body else { return Err(WrongRequest::NotAnObject) };
    let operation = text(&mut fields, "operationName")?;
    let variables = Value::Object(object(&mut fields, "variables")?);
    object(&mut fields, "extensions")?;
    gate::check_variables(&variables)?;
    let request = match (text(&mut fields, "documentId")?, text(&mut fields, "query")?) {
        (Some(_), Some(_)) => return Err(WrongRequest::Both),
        (Some(id), None) => {
            let document = operations::find(&id).ok_or(WrongRequest::UnknownDocument)?;
            async_graphql::Request::new(document).data(OfPage)
        }
        (None, Some(_)) if !own_documents => return Err(WrongRequest::TokenNeeded),
        (None, Some(document)) => {
            gate::check_document(&document)?;
            async_graphql::Request::new(document)
        }
        (None, None) => {
            let expected = "a string (or send `documentId`)";
            return Err(WrongRequest::WrongType { field: "query", expected });
        }
    };
    let request = request.variables(Variables::from_json(variables));
    Ok(match operation {
        Some(name) => request.operation_name(name),
        None => request,
    })
}

fn text(fields: &mut Map<String, Value>, field: &'static str) -> Result<Option<String>, WrongRequest> {
    match fields.remove(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(WrongRequest::WrongType { field, expected: "a string or null" }),
    }
}

fn object(fields: &mut Map<String, Value>, field: &'static str) -> Result<Map<String, Value>, WrongRequest> {
    match fields.remove(field) {
        None | Some(Value::Null) => Ok(Map::new()),
        Some(Value::Object(object)) => Ok(object),
        Some(_) => Err(WrongRequest::WrongType { field, expected: "an object or null" }),
    }
}
