//! What an identity token says of a person, in the words of the services.

use serde_json::{Map, Value};
use varsel_services::authorisation::Grants;
use varsel_services::domain::organisation::Language;
use varsel_services::session::{Claims, Voucher};

use super::token;
use crate::config::{self, ClaimNames, Provider};

/// Reads the claims by the names that the settings give them.
pub(super) fn map(name: &str, settings: &Provider, claims: &Map<String, Value>) -> Claims {
    let ClaimNames { name: names, language, .. } = &settings.claims;
    let find = |names: &[String]| names.iter().find_map(|name| text(claims, name));
    let language = match find(language).as_deref() {
        Some(tag) if tag.to_lowercase().starts_with("en") => Language::En,
        _ => Language::Da,
    };
    let subject = token::text(claims, "sub").unwrap_or_default().to_owned();
    Claims {
        issuer: settings.issuer.clone(),
        name: find(names).unwrap_or_else(|| subject.clone()),
        subject,
        email: find(&settings.claims.email),
        cvr: find(&settings.claims.cvr),
        organisation_name: find(&settings.claims.organisation_name),
        unit: find(&settings.claims.unit),
        function: find(&settings.claims.function),
        natural_person: find(&settings.claims.natural_person),
        language,
        grants: match settings.grants {
            None => Grants::Organisations,
            Some(config::Grants::Claims) => Grants::Claims,
            Some(config::Grants::Authorisations) => Grants::Authorisations,
        },
        voucher: Voucher {
            provider: Some(name.to_owned()),
            provider_session: token::text(claims, "sid").map(str::to_owned),
            authenticated_at: token::instant(claims, "auth_time"),
            assurance: find(&settings.claims.assurance),
        },
    }
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
