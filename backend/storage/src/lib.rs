//! Rows, queries and transactions on SQLite and PostgreSQL; the outbox, the change feed and the access log.
//!
//! It knows no rule of the business and no HTTP. Everything goes through a [`Tx`]; incidents and cases are found
//! only through a [`Scope`](varsel_domain::authz::Scope), which becomes the WHERE clause, and on PostgreSQL also what
//! the database itself lets the transaction see ([`wall`]).

pub mod access_log;
pub mod account_link;
pub mod adopted_settings;
pub mod api_token;
pub mod attempt;
pub mod attempt_block;
pub mod attempt_source;
pub mod attempt_strikes;
pub mod authorisation;
pub mod authorisation_use;
pub mod bootstrap_token;
pub mod case;
pub mod ceremony;
pub mod change_feed;
pub mod change_proposal;
pub mod dossier;
pub mod duties;
#[expect(unreachable_pub, reason = "the derive wants its models public; the module itself is not")]
mod entity;
pub mod error;
pub mod filing;
pub mod guidance;
pub mod incident;
pub mod job;
pub mod keys;
pub mod legal_hold;
pub mod local_account;
pub mod log_record;
pub mod log_tree;
pub mod logout_token;
pub mod network_in_use;
pub mod obligation;
pub mod organisation;
pub mod pack_version;
pub mod passkey;
pub mod person;
pub mod queue;
pub mod recovery_code;
pub mod report_request;
pub mod retention;
pub mod review;
pub mod revision;
pub mod schema;
mod scope;
pub mod session;
pub mod severity_confirmation;
mod store;
mod stored;
#[cfg(feature = "testing")]
pub mod testing;
pub mod timeline;
pub mod trusted_provider;
pub mod use_hold;
pub mod wall;

pub use error::Error;
pub use store::{Store, Tx};

/// A result of storage.
pub type Result<T, E = Error> = std::result::Result<T, E>;
