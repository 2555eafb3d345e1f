//! What is known of a session besides whose it is: who vouched for the person, when, how strongly, and on what device.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{string_null, timestamp_with_time_zone_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            string_null("provider"),
            string_null("provider_session"),
            timestamp_with_time_zone_null("authenticated_at"),
            string_null("assurance"),
            string_null("device"),
        ];
        // SQLite adds one column at a time.
        for column in columns {
            let mut alter = Table::alter();
            alter.table("session").add_column(column);
            manager.alter_table(alter).await?;
        }
        manager
            .create_index(
                Index::create()
                    .name("session_provider_session")
                    .table("session")
                    .col("provider_session")
                    .take(),
            )
            .await
    }
}
