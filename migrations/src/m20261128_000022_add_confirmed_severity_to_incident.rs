//! The severity as last confirmed, beside the proposed one: queues are ordered and filtered by it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::small_integer_null;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = small_integer_null("confirmed_severity");
        manager.alter_table(Table::alter().table("incident").add_column(column).take()).await
    }
}
