//! The use cases on real databases: SQLite always, PostgreSQL where a server is configured.

// Tells clippy that helpers here are tests, too.
#![cfg(test)]

mod access_log;
mod administered;
mod api_token;
mod attempt;
mod auditor;
mod authorisation;
mod blind;
mod change;
mod compliance;
mod criterion;
mod demo;
mod further;
mod guessing;
mod injection;
mod interference;
mod keys;
mod local;
mod log;
mod log_places;
mod mailed;
mod moved;
mod need_to_know;
mod networks;
mod own_uses;
mod pack;
mod parallel;
mod prepared;
mod provider;
mod queue;
mod reassess;
mod replaced;
mod request;
mod retention;
mod review;
mod rows;
mod scope;
mod separation;
mod session;
mod settings;
mod severity;
mod step_up;
mod submit;
mod taken;
mod unattended;
mod wall;
