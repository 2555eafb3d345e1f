//! The record of what was erased from the log of use: each erasure names the places that it emptied, signed with the log's key. Nothing
//! of it is ever changed or taken away, so that what is missing without it was taken by somebody.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, text};
use sea_orm_migration::sea_orm::DatabaseBackend;

use crate::schema_of;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const CHANGED: &str = "the record of erasures is only ever added to";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table.table("log_erasure_note").col(big_integer("number").primary_key()).col(text("note"));
        manager.create_table(table).await?;
        let sql = match manager.get_database_backend() {
            DatabaseBackend::Postgres => postgres(&schema_of(manager).await?),
            _ => ["UPDATE", "DELETE"].map(sqlite).concat(),
        };
        manager.get_connection().execute_unprepared(&sql).await.map(|_| ())
    }
}

fn sqlite(event: &str) -> String {
    let name = format!("log_erasure_note_is_kept_from_{}", event.to_lowercase());
    format!(
        "CREATE TRIGGER {name} BEFORE {event} ON log_erasure_note BEGIN SELECT RAISE(ABORT, '{CHANGED}'); END;"
    )
}

fn postgres(schema: &str) -> String {
    format!(
        "CREATE FUNCTION log_erasure_note_is_kept() RETURNS trigger LANGUAGE plpgsql \
         SET search_path = pg_catalog, {schema}, pg_temp AS $$ BEGIN RAISE EXCEPTION '{CHANGED}'; END $$; \
         CREATE TRIGGER log_erasure_note_is_kept BEFORE UPDATE OR DELETE ON log_erasure_note \
         FOR EACH ROW EXECUTE FUNCTION log_erasure_note_is_kept(); \
         CREATE TRIGGER log_erasure_note_is_not_emptied BEFORE TRUNCATE ON log_erasure_note \
         EXECUTE FUNCTION log_erasure_note_is_kept();"
    )
}
