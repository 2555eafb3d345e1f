//! HTTP: routes, sessions, headers, static files.

pub(crate) mod answer;
mod assets;
pub(crate) mod attempt;
pub(crate) mod body;
mod compliance;
mod credential;
mod csp_report;
mod demo;
mod export;
mod health;
mod host;
mod local;
pub(crate) mod observe;
mod packs;
mod prepared;
mod proxy;
mod redirect;
mod server;
mod sign_in;
mod sign_out;
mod site;
mod state;
mod unread;
mod uses;

pub(crate) use credential::Credential;
pub use proxy::{Network, Proxies, WrongNetwork};
pub use redirect::redirect;
pub use server::start;
pub(crate) use site::is_loopback;
pub use site::{Site, WrongAddress};
pub use state::{Door, State};
