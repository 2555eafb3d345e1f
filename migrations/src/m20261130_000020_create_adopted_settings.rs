//! Critical settings as two have adopted them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{string, text, timestamp_with_time_zone, uuid_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("adopted_settings")
            .col(string("area").primary_key())
            .col(text("settings"))
            .col(timestamp_with_time_zone("since"))
            .col(uuid_null("change_id"))
            .foreign_key(
                ForeignKey::create().from("adopted_settings", "change_id").to("change_proposal", "id"),
            );
        manager.create_table(table).await?;
        let mut index = Index::create();
        index.name("adopted_settings_change_id").table("adopted_settings").col("change_id");
        manager.create_index(index.take()).await
    }
}
