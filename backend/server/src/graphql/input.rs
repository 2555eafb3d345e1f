//! A GraphQL request as it stands in the body.

use async_graphql::Variables;
use serde_json::{Map, Value};

use super::gate::{self, Refusal};

/// A request that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum WrongRequest {
    #[error("send one JSON object with `query`; arrays of requests are not taken")]
    NotAnObject,
    #[error("`{field}` must be {expected}")]
    WrongType { field: &'static str, expected: &'static str },
    #[error(transparent)]
    Refused(#[from] Refusal),
}

impl WrongRequest {
    /// A stable code for clients.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::NotAnObject | Self::WrongType { .. } => "BAD_REQUEST",
            Self::Refused(refusal) => refusal.code(),
        }
    }
}

/// Reads a request and lets it through the gate.
pub(super) fn read(body: Value) -> Result<async_graphql::Request, WrongRequest> {
    let Value::Object(mut fields) = body else { return Err(WrongRequest::NotAnObject) };
    let Some(Value::String(query)) = fields.remove("query") else {
        return Err(WrongRequest::WrongType { field: "query", expected: "a string" });
    };
    let operation = match fields.remove("operationName") {
        None | Some(Value::Null) => None,
        Some(Value::String(name)) => Some(name),
        Some(_) => {
            return Err(WrongRequest::WrongType { field: "operationName", expected: "a string or null" });
        }
    };
    let variables = Value::Object(object(&mut fields, "variables")?);
    object(&mut fields, "extensions")?;
    gate::check_document(&query)?;
    gate::check_variables(&variables)?;
    let request = async_graphql::Request::new(query).variables(Variables::from_json(variables));
    Ok(match operation {
        Some(name) => request.operation_name(name),
        None => request,
    })
}

fn object(fields: &mut Map<String, Value>, field: &'static str) -> Result<Map<String, Value>, WrongRequest> {
    match fields.remove(field) {
        None | Some(Value::Null) => Ok(Map::new()),
        Some(Value::Object(object)) => Ok(object),
        Some(_) => Err(WrongRequest::WrongType { field, expected: "an object or null" }),
    }
}
