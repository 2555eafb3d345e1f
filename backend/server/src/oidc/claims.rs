//! What an identity token says of a person, in the words of the services.

use serde_json::{Map, Value};
use varsel_services::domain::organisation::Language;
use varsel_services::session::Claims;

use super::SignInError;
use super::provider::IdClaims;
use crate::config::ClaimNames;

/// The assurance level must be one of those that the configuration asks for, if it asks for any.
pub(super) fn check_level(accepted: &[String], claims: &IdClaims) -> Result<(), SignInError> {
    let level = claims.auth_context_ref().map(|level| level.as_str()).unwrap_or_default();
    if accepted.is_empty() || accepted.iter().any(|accepted| accepted == level) {
        return Ok(());
    }
    Err(SignInError::TooWeak(if level.is_empty() { "none".to_owned() } else { level.to_owned() }))
}

/// Reads the claims by the names that the configuration gives them.
pub(super) fn map(names: &ClaimNames, claims: &IdClaims) -> Result<Claims, SignInError> {
    let unreadable = |error: serde_json::Error| SignInError::Untrusted(error.to_string());
    let Value::Object(all) = serde_json::to_value(claims).map_err(unreadable)? else {
        return Err(SignInError::Untrusted("the claims are not an object".to_owned()));
    };
    let find = |names: &[String]| names.iter().find_map(|name| text(&all, name));
    let language = match find(&names.language).as_deref() {
        Some(tag) if tag.to_lowercase().starts_with("en") => Language::En,
        _ => Language::Da,
    };
    Ok(Claims {
        issuer: claims.issuer().as_str().to_owned(),
        subject: claims.subject().as_str().to_owned(),
        name: find(&names.name).unwrap_or_else(|| claims.subject().as_str().to_owned()),
        email: find(&names.email),
        cvr: find(&names.cvr),
        organisation_name: find(&names.organisation_name),
        unit: find(&names.unit),
        function: find(&names.function),
        natural_person: find(&names.natural_person),
        language,
    })
}

/// A claim as text; some providers write numbers, or a list of one.
fn text(claims: &Map<String, Value>, name: &str) -> Option<String> {
    let value = claims.get(name)?;
    let value = value.as_array().and_then(|values| values.first()).unwrap_or(value);
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
