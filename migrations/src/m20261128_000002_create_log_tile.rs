//! The tree of the log of use: tiles of up to 256 hashes of 32 bytes (C2SP `tlog-tiles`). Hashes only: what was erased
//! from the log stays erased.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, blob, small_integer};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("log_tile")
            .col(small_integer("level"))
            .col(big_integer("place"))
            .col(blob("hashes"))
            .primary_key(Index::create().col("level").col("place"));
        manager.create_table(table).await
    }
}
