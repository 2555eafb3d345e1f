//! A keyed digest of what was sent under an idempotency key, so that something else under the same key is not taken for it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::string_null;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // None in rows of before: of those it is not known.
        let column = string_null("sent_tag");
        manager.alter_table(Table::alter().table("filing").add_column(column).take()).await
    }
}
