//! Where reports are kept, and who owns the tables.

use schemars::JsonSchema;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;

use super::{Mistake, check};

/// Where reports are kept.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Database {
    /// `sqlite://path/to/file.db` or `postgres://user:password@host/name`.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("writeOnly" = true))]
    pub url: Option<SecretString>,
    /// The same PostgreSQL database for the role that owns the tables; for `varsel migrate` alone, and never the server's to know.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("writeOnly" = true))]
    pub owner_url: Option<SecretString>,
    /// The role that erases uses whose deadline has passed, where `owner_url` is set.
    pub eraser_role: String,
}

impl Database {
    pub(super) fn check(&self, mistakes: &mut Vec<Mistake>) {
        let Some(owner) = &self.owner_url else { return };
        check::database_address("database.owner_url", owner.expose_secret(), mistakes);
        let is_postgres = |url: &SecretString| url.expose_secret().starts_with("postgres");
        if !is_postgres(owner) || !self.url.as_ref().is_some_and(is_postgres) {
            let problem = "separates the roles of PostgreSQL, so database.url must be set beside it, and both begin with \
                           postgres://; SQLite has no roles";
            mistakes.push(Mistake::of("database.owner_url", problem));
        }
        if self.eraser_role.is_empty() {
            mistakes.push(Mistake::of("database.eraser_role", "must be the name of a role"));
        }
    }

    /// A server that knows how to become the owner of its tables is not separated from it.
    pub(super) fn check_server(&self, mistakes: &mut Vec<Mistake>) {
        if self.owner_url.is_some() {
            let problem = "must not be given to a server: whoever breaks into it would own the log of use. Give it to `varsel \
                           migrate` alone (docs/deployment.md)";
            mistakes.push(Mistake::of("database.owner_url", problem));
        }
    }
}
