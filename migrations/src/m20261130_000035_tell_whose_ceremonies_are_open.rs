//! The client that began a ceremony without showing who it is, so that nobody fills the table.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::string_null;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = string_null("client");
        manager.alter_table(Table::alter().table("ceremony").add_column(column).take()).await?;
        let mut index = Index::create();
        index.name("ceremony_client").table("ceremony").col("client");
        manager.create_index(index.take()).await
    }
}
