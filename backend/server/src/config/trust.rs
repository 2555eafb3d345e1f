//! What a person would have to trust a provider with: every setting that decides who somebody is.

use std::collections::BTreeMap;
use std::sync::Arc;

use varsel_services::domain::rules::Text;
use varsel_services::provider::ConfiguredProvider;

use super::Provider;

/// The providers as two administrators judge them.
pub fn configured(providers: &BTreeMap<String, Provider>) -> Arc<[ConfiguredProvider]> {
    providers.iter().map(|(name, provider)| provider.configured(name)).collect()
}

impl Provider {
    fn configured(&self, name: &str) -> ConfiguredProvider {
        // Taken apart, so that a new setting does not compile until somebody has said whether it decides who people are.
        let Self {
            issuer,
            client_id,
            client_secret: _,
            label,
            scopes,
            acr,
            algorithms,
            max_age_minutes,
            claims,
        } = self.clone();
        let label = label.map_or_else(
            || Text { da: name.to_owned(), en: name.to_owned() },
            |label| Text { da: label.da, en: label.en },
        );
        let settings = [
            ("client_id", vec![client_id]),
            ("scopes", scopes),
            ("acr", acr),
            ("algorithms", algorithms),
            ("max_age_minutes", max_age_minutes.iter().map(u16::to_string).collect()),
            ("claims.name", claims.name),
            ("claims.email", claims.email),
            ("claims.cvr", claims.cvr),
            ("claims.organisation_name", claims.organisation_name),
            ("claims.unit", claims.unit),
            ("claims.function", claims.function),
            ("claims.natural_person", claims.natural_person),
            ("claims.assurance", claims.assurance),
            ("claims.language", claims.language),
        ];
        let settings: BTreeMap<_, _> =
            settings.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        ConfiguredProvider { name: name.to_owned(), label, issuer, settings }
    }
}
