//! On PostgreSQL a function looks names up where the session says. Those that guard the log of use look in the catalogue first and
//! among a session's own tables last, so that nobody puts something of theirs in the place of what they ask.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DatabaseBackend;

use crate::schema_of;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// The functions of `keep_the_log_as_written`.
const GUARDS: [&str; 6] = [
    "access_entry_is_kept",
    "access_entry_is_due",
    "log_tile_is_kept",
    "log_tile_only_grows",
    "log_checkpoint_is_kept",
    "log_is_not_emptied",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() != DatabaseBackend::Postgres {
            return Ok(());
        }
        let schema = schema_of(manager).await?;
        for guard in GUARDS {
            let sql = format!("ALTER FUNCTION {guard}() SET search_path = pg_catalog, {schema}, pg_temp");
            manager.get_connection().execute_unprepared(&sql).await?;
        }
        Ok(())
    }
}
