//! How each function of an authorisation was used, as it was when its review opened.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::json_null;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = json_null("used");
        manager.alter_table(Table::alter().table("review_item").add_column(column).take()).await
    }
}
