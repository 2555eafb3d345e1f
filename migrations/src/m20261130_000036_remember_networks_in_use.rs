//! In which networks a person's sessions, or a program's token, were in use a moment ago: that of two at once alarms. Only keyed
//! digests of networks come here.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{string, string_null, timestamp_with_time_zone, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["session", "api_token"] {
            let column = string_null("network");
            manager.alter_table(Table::alter().table(table).add_column(column).take()).await?;
        }
        let mut table = Table::create();
        table
            .table("network_in_use")
            .col(uuid("owner_id"))
            .col(string("network"))
            .col(timestamp_with_time_zone("last_used_at"))
            .primary_key(Index::create().col("owner_id").col("network"));
        manager.create_table(table).await
    }
}
