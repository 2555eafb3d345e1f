//! What an erasure has done that is not on record yet: it erases in parts, and may end between two of them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, string};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table.table("erasure_under_way").col(string("what").primary_key()).col(big_integer("rows"));
        manager.create_table(table).await
    }
}
