//! The failures that bring a block nearer, by what they are counted on: the lockout's counters.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{json, string, timestamp_with_time_zone};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("attempt_strikes")
            .col(string("subject").primary_key())
            .col(json("strikes"))
            .col(timestamp_with_time_zone("touched_at"));
        manager.create_table(table).await?;
        let mut index = Index::create();
        index.name("attempt_strikes_touched").table("attempt_strikes").col("touched_at");
        manager.create_index(index).await
    }
}
