//! The key of the order in which a year's numbers are given. The year that is under way has none and goes on as it began, so that no
//! number is given twice.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::string_null;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = string_null("key");
        manager.alter_table(Table::alter().table("incident_counter").add_column(column).take()).await
    }
}
