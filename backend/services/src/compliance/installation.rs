//! What the settings say of this installation: what matters for security, and never a secret.

use schemars::JsonSchema;
use serde::Serialize;

/// This installation, as its settings and its program have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installation {
    /// Version of the program.
    pub program: String,
    /// The migrations that the program knows, oldest first.
    pub migrations: Vec<String>,
    /// Where it keeps its data.
    pub database: Database,
    /// The address under which people reach it.
    pub public_address: Option<String>,
    /// Where TLS ends.
    pub tls: Tls,
    /// There are accounts that Varsel itself vouches for.
    pub local_accounts: bool,
    /// People of a provider may add ways of their own to sign in.
    pub local_fallback: bool,
    /// What it talks to.
    pub links: Vec<Link>,
}

/// Where the data is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Database {
    /// In a file, by the server's own process.
    Embedded,
    /// By PostgreSQL, which is a second wall.
    Postgres,
}

/// Where TLS ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tls {
    /// In the server.
    Server,
    /// In a proxy in front of it.
    Proxy,
    /// Nowhere.
    None,
}

/// A link out of this installation. None leads inwards: others only ever answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Link {
    /// To what.
    pub kind: LinkKind,
    /// What it is called here.
    pub name: String,
    /// Where it leads: scheme, host and port, without names and passwords.
    pub address: String,
    /// How it is protected.
    pub protected: Protected,
}

/// To what a link leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LinkKind {
    /// An identity provider, which says who people are.
    IdentityProvider,
    /// The relay that takes mails.
    MailRelay,
    /// A witness of the log of use.
    Witness,
    /// The database, where it is another process.
    Database,
}

/// How a link is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Protected {
    /// By TLS with a verified certificate, from the first byte or before anything is sent.
    Tls,
    /// It does not leave this machine.
    ThisMachine,
    /// By nothing that the settings ask for.
    No,
}
