//! What a provider knows the human being by, across accounts: four eyes need two people, not two accounts.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::string_null;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = string_null("natural_key");
        manager.alter_table(Table::alter().table("person").add_column(column).take()).await
    }
}
