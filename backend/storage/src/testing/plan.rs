//! How SQLite goes about a statement.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait as _, DatabaseBackend, QueryTrait as _, Statement};

use crate::{Result, Store, access_log};

/// The steps by which SQLite looks for the entries of the log that an erasure takes.
///
/// # Errors
/// The database failed.
pub async fn plan_of_erasure(store: &Store, before: DateTime<Utc>) -> Result<Vec<String>> {
    let asked = access_log::oldest_due(before, before).build(DatabaseBackend::Sqlite).to_string();
    let explained = Statement::from_string(DatabaseBackend::Sqlite, format!("EXPLAIN QUERY PLAN {asked}"));
    let steps = store.connection().query_all_raw(explained).await?;
    Ok(steps.iter().map(|step| step.try_get("", "detail")).collect::<std::result::Result<_, _>>()?)
}
