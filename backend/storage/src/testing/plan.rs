//! How SQLite goes about a statement.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait as _, DatabaseBackend, QueryTrait as _, Statement};

use crate::{Store, access_log};

/// The steps by which SQLite looks for the entries of the log that an erasure takes.
///
/// # Panics
/// When the database does not answer.
pub async fn plan_of_erasure(store: &Store, before: DateTime<Utc>) -> Vec<String> {
    let asked = access_log::oldest_due(before, before).build(DatabaseBackend::Sqlite).to_string();
    let explained = Statement::from_string(DatabaseBackend::Sqlite, format!("EXPLAIN QUERY PLAN {asked}"));
    let steps = store.connection().query_all_raw(explained).await.expect("it explains");
    steps.iter().map(|step| step.try_get("", "detail").expect("a step has its words")).collect()
}
