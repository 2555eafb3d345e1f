//! The last running number of each year; its row lock makes the next one safe under concurrency.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, integer};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table.table("incident_counter").col(integer("year").primary_key()).col(big_integer("last"));
        manager.create_table(table).await
    }
}
