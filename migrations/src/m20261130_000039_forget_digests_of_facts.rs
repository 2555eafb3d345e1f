//! The digest of a filing's facts is made from the facts themselves where it is shown: in clear it outlived their key, and whoever has a
//! backup and a guess could have checked the guess.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("filing").drop_column("facts_sha256").take()).await
    }
}
