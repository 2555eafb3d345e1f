//! The legal entities that report.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{json, pk_uuid, string, string_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("organisation")
            .col(pk_uuid("id"))
            .col(string("name"))
            .col(string("search_name"))
            .col(string_null("cvr"))
            .col(json("registered_facts"));
        manager.create_table(table).await?;
        manager
            .create_index(
                Index::create().name("organisation_cvr").table("organisation").col("cvr").unique().take(),
            )
            .await
    }
}
