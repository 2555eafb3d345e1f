//! Identity providers whose word opens a session, and the settings on which it does.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{string, timestamp_with_time_zone, uuid_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("trusted_provider")
            .col(string("name").primary_key())
            .col(string("payload_sha256"))
            .col(timestamp_with_time_zone("since"))
            .col(uuid_null("change_id"))
            .foreign_key(
                ForeignKey::create().from("trusted_provider", "change_id").to("change_proposal", "id"),
            );
        manager.create_table(table).await?;
        let mut index = Index::create();
        index.name("trusted_provider_change_id").table("trusted_provider").col("change_id");
        manager.create_index(index.take()).await
    }
}
