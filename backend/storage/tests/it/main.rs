//! Storage on real databases: SQLite always, PostgreSQL where a server is configured.

mod builder;
mod change_feed;
mod durability;
mod incident;
mod queue;
mod schema;
