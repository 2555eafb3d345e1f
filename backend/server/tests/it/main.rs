//! Tests through the edges, in one program: against the server in this process, and against the real binary.

// Tells clippy that helpers here are tests, too.
#![cfg(test)]

mod attempts;
mod authz;
mod cli;
mod compliance;
mod facts;
mod fault;
mod files;
mod flood;
mod gate;
mod harness;
mod hidden;
mod hostile;
mod http;
mod incident;
mod injection;
mod kill;
mod live;
mod local;
mod matrix;
mod names;
mod oidc;
mod packs;
mod prepared;
mod programs;
mod raw;
mod request;
mod retention;
mod routes;
mod schema;
mod separation;
mod severity;
mod shown;
mod silence;
mod timing;
mod tls;
#[path = "../../../log/tests/it/tools.rs"]
mod tools;
mod unlogged;
mod watched;
mod withdrawal;
mod witness;
