//! The edges: command line, configuration, HTTP, sign-in, GraphQL, static files, telemetry.
//!
//! They map in and out and call the services; they decide nothing.

pub mod cli;
mod compliance;
pub mod config;
pub mod graphql;
pub mod http;
mod nearest;
pub mod oidc;
mod prepared;
mod printable;
pub mod telemetry;
pub mod tls;
pub mod witness;
