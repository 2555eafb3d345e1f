//! Identity providers, as those see them who decide whom to trust.

use async_graphql::{ID, InputObject, SimpleObject};
use varsel_services::provider::ProviderView;

use super::{DateTime, Text};

/// An identity provider of the configuration.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct IdentityProvider {
    /// Its name in the configuration.
    name: String,
    /// What people call it.
    label: Text,
    /// Its address.
    issuer: String,
    /// What else decides who somebody is.
    settings: Vec<ProviderSetting>,
    /// Since when people can sign in through it on these settings; null while it waits for two administrators.
    trusted_since: Option<DateTime>,
    /// The critical change by which they can; null where it was there from the beginning, or was trusted at the command
    /// line.
    change: Option<ID>,
}

/// A setting of an identity provider.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct ProviderSetting {
    name: String,
    values: Vec<String>,
}

impl From<ProviderView> for IdentityProvider {
    fn from(view: ProviderView) -> Self {
        let ProviderView { provider, trusted_since, change } = view;
        let settings = provider.settings.into_iter();
        Self {
            name: provider.name,
            label: (&provider.label).into(),
            issuer: provider.issuer,
            settings: settings.map(|(name, values)| ProviderSetting { name, values }).collect(),
            trusted_since: trusted_since.map(DateTime::from),
            change: change.map(|change| change.to_string().into()),
        }
    }
}

#[derive(Debug, InputObject)]
pub(crate) struct ProposeTrustInput {
    /// The provider's name in the configuration.
    pub(crate) provider: String,
    /// 10 to 2000 characters.
    pub(crate) reason: String,
}
