//! The use cases: authorise, load, decide, write, log, enqueue, commit, in that order, in one transaction each.
//!
//! It does not know GraphQL, HTTP or SQL. The command line, the jobs and the API call the same functions.

mod access;
pub mod api_token;
pub mod attempt;
pub mod authorisation;
pub mod change;
pub mod compliance;
pub mod context;
pub mod day;
pub mod demo;
pub mod error;
pub mod incident;
pub mod job;
pub mod keys;
pub mod live;
pub mod local;
pub mod log;
mod mail;
mod networks;
pub mod pack;
mod page;
pub mod person;
pub mod printable;
mod projection;
pub mod provider;
pub mod queue;
pub mod report;
pub mod retention;
pub mod review;
pub mod session;
pub mod settings;
#[cfg(feature = "testing")]
pub mod testing;
pub mod view;

pub use context::{InUse, Request, Services};
pub use error::{Error, Result};
pub use networks::Sender;
pub use varsel_domain as domain;
