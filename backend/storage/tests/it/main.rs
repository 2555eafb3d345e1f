//! Storage on real databases: SQLite always, PostgreSQL where a server is configured.

// Tells clippy that helpers here are tests, too.
#![cfg(test)]

mod access_log;
mod builder;
mod change_feed;
mod durability;
mod incident;
mod job;
mod keys;
mod queue;
mod raw;
mod report_request;
mod role;
mod schema;
mod severity_confirmation;
mod upgrade;
mod wall;
mod world;
