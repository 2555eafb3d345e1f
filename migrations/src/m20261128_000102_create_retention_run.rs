//! What each erasure erased: how many of each kind, and whether anything was left beyond its deadline.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, json, pk_auto, timestamp_with_time_zone};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("retention_run")
            .col(pk_auto("number").big_integer())
            .col(timestamp_with_time_zone("began_at"))
            .col(timestamp_with_time_zone("ended_at"))
            .col(json("erased"))
            .col(big_integer("held"))
            .col(big_integer("overdue"));
        manager.create_table(table).await
    }
}
