//! Which migrations the database has had.

use sea_orm::{ConnectionTrait, Statement};

use crate::{Result, Tx};

/// Their names, oldest first.
///
/// # Errors
/// The database failed, or was never migrated.
pub async fn migrations(tx: &Tx) -> Result<Vec<String>> {
    let sql = "SELECT version FROM seaql_migrations ORDER BY version";
    let statement = Statement::from_string(tx.db().get_database_backend(), sql);
    let rows = tx.db().query_all_raw(statement).await?;
    rows.iter().map(|row| Ok(row.try_get("", "version")?)).collect()
}
