//! Entries that wait for their place in the log's tree have an index of their own, which is empty but for them. In the index of places
//! they stood beside all that waited before and was not yet cleared away, and each checkpoint walked through those.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let sql = "DROP INDEX access_entry_position; \
            CREATE UNIQUE INDEX access_entry_position ON access_entry (position) WHERE position IS NOT NULL; \
            CREATE INDEX access_entry_waiting ON access_entry (sequence) WHERE position IS NULL";
        manager.get_connection().execute_unprepared(sql).await.map(|_| ())
    }
}
