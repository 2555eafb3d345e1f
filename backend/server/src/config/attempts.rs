//! When rejected attempts close a way in.

use chrono::TimeDelta;
use schemars::JsonSchema;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use varsel_log::key::Signer;
use varsel_services::attempt::{self, Keys};
use varsel_services::domain::attempt::Rules;

/// When too many rejected attempts close a way in.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Attempts {
    /// Failures on one person's account that close it for a while.
    #[schemars(range(min = 1, max = 10))]
    pub per_user: u16,
    /// Failures from one client that close it for a while.
    #[schemars(range(min = 1, max = 100))]
    pub per_client: u16,
    /// Within so many minutes.
    #[schemars(range(min = 1, max = 1440))]
    pub window_minutes: u16,
    /// For so many minutes; not fewer than `window_minutes`.
    #[schemars(range(min = 1, max = 1440))]
    pub block_minutes: u16,
    /// What names that nobody has are digested with: 32 characters or more.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("writeOnly" = true))]
    pub name_key: Option<SecretString>,
}

impl Attempts {
    /// The same, as the services count. Where no key is set it follows from that of the log of use, which is the same for every
    /// server and after every start: what is counted under a name by one must be counted by all.
    pub fn settings(&self, log: &Signer) -> attempt::Settings {
        let key = self.name_key.as_ref().map(|key| Sha256::digest(key.expose_secret()).into());
        attempt::Settings {
            rules: Rules {
                per_user: self.per_user.into(),
                per_client: self.per_client.into(),
                window: TimeDelta::minutes(self.window_minutes.into()),
                block: TimeDelta::minutes(self.block_minutes.into()),
            },
            keys: Keys::new(key.unwrap_or_else(|| log.derived("rejected attempts"))),
        }
    }
}
