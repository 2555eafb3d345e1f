//! Keys of owners, wrapped by a root key: an organisation's wraps those of its incidents, that of the accounts seals their secrets.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{string, text, timestamp_with_time_zone};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("owner_key")
            .col(string("name").primary_key())
            .col(string("owner"))
            .col(text("wrapped"))
            .col(timestamp_with_time_zone("made_at"));
        manager.create_table(table).await?;
        let mut index = Index::create();
        index.name("owner_key_owner").table("owner_key").col("owner");
        manager.create_index(index).await
    }
}
