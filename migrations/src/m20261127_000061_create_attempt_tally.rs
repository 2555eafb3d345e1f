//! How many rejected attempts there were in an hour, by cause and client: every one is counted here, also those of a flood
//! of which only the first are kept one by one.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, string, timestamp_with_time_zone};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("attempt_tally")
            .col(timestamp_with_time_zone("hour"))
            .col(string("cause"))
            .col(string("client"))
            .col(big_integer("count"))
            .col(timestamp_with_time_zone("last_at"))
            .primary_key(Index::create().col("hour").col("cause").col("client"));
        manager.create_table(table).await
    }
}
