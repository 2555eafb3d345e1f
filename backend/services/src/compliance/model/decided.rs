//! What two decided, and what runs here.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::Serialize;
use varsel_domain::change::{ChangeKind, ChangeStatus, Flaw};
use varsel_domain::pack::PackStatus;

use super::Words;
use crate::compliance::installation::{Database, Tls};

/// What two decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Changes {
    /// Each kind of change that needs two.
    pub kinds: Vec<GuardedKind>,
    /// The changes of the period, oldest first.
    pub list: Vec<Decided>,
}

/// A kind of change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct GuardedKind {
    /// Which.
    #[schemars(with = "String")]
    pub kind: ChangeKind,
    /// Proposed in the period.
    pub proposed: u64,
    /// Approved and carried out in it.
    pub executed: u64,
    /// Rejected.
    pub rejected: u64,
    /// Taken back.
    pub withdrawn: u64,
    /// Lapsed, since nobody decided.
    pub expired: u64,
    /// That wait for a decision now.
    pub open: u64,
    /// How much of what holds now does not rest on the decision of two; 0 where the kind is guarded.
    pub unguarded: u64,
}

/// A change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Decided {
    /// Id.
    pub id: String,
    /// Its kind.
    #[schemars(with = "String")]
    pub kind: ChangeKind,
    /// What it does.
    pub title: Words,
    /// Who proposed it.
    pub proposed_by: String,
    /// When.
    pub proposed_at: DateTime<Utc>,
    /// Where it stands.
    #[schemars(with = "String")]
    pub status: ChangeStatus,
    /// Who decided; null where nobody did.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// What is wrong with it; null where nothing is.
    #[schemars(with = "Option<String>")]
    pub flaw: Option<Flaw>,
}

/// What runs here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Versions {
    /// The program's version.
    pub program: String,
    /// The newest migration of the database.
    pub schema: Option<String>,
    /// Migrations that the program has and the database has not had.
    pub missing_migrations: Vec<String>,
    /// Migrations that the database has had and the program does not know.
    pub unknown_migrations: Vec<String>,
    /// The versions of the rules, newest first.
    pub packs: Vec<Pack>,
    /// What the settings say that matters for security.
    pub settings: Settings,
}

/// A version of the rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Pack {
    /// Version.
    pub version: String,
    /// Where it stands.
    #[schemars(with = "String")]
    pub status: PackStatus,
    /// From when it is in force.
    pub in_force_from: Option<DateTime<Utc>>,
    /// SHA-256 over its files.
    pub content_sha256: String,
    /// The decision by which it was published; null for what was in force from the first start.
    pub change: Option<String>,
}

/// What the settings say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Settings {
    /// Where the data is.
    pub database: Database,
    /// Where people reach it.
    pub public_address: Option<String>,
    /// Where TLS ends.
    pub tls: Tls,
    /// Minutes that a session of an authority lasts unused.
    pub authority_idle_minutes: i64,
    /// Minutes that a reporter's session lasts unused.
    pub reporter_idle_minutes: i64,
    /// Hours that a session lasts at most.
    pub longest_session_hours: i64,
    /// Sessions that a person may have at once.
    pub parallel_sessions: usize,
    /// Failures on an account that close it for a while.
    pub attempts_per_user: usize,
    /// Failures from a client that do.
    pub attempts_per_client: usize,
    /// Within so many minutes.
    pub attempts_window_minutes: i64,
    /// For so many minutes.
    pub attempts_block_minutes: i64,
    /// Days that an authorisation of an auditor or technician lasts at most.
    pub longest_temporary_days: i64,
    /// Varsel itself vouches for accounts.
    pub local_accounts: bool,
    /// People of a provider may add ways of their own.
    pub local_fallback: bool,
    /// The identity providers.
    pub providers: Vec<Provider>,
}

/// An identity provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Provider {
    /// Its name in the settings.
    pub name: String,
    /// Its issuer address.
    pub issuer: String,
    /// The assurance levels that are accepted; every one where there is none.
    pub assurance: Vec<String>,
    /// Since when it is trusted on these settings; null where it is not.
    pub trusted_since: Option<DateTime<Utc>>,
    /// The decision of two; null where it was there from the first start, or whoever runs the server trusted it.
    pub change: Option<String>,
}
