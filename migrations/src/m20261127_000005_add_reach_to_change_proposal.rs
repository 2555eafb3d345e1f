//! How far a critical change reaches, and whose right it is about: for lists of those who may know of it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{string, uuid_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let reach = string("reach").default("national").take();
        for column in [reach, uuid_null("holder_id").take()] {
            manager.alter_table(Table::alter().table("change_proposal").add_column(column).take()).await?;
        }
        let index = Index::create()
            .name("change_proposal_holder_id")
            .table("change_proposal")
            .col("holder_id")
            .take();
        manager.create_index(index).await
    }
}
