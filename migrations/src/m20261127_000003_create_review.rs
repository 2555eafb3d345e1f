//! Reviews of authorisations.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{pk_uuid, string, timestamp_with_time_zone, timestamp_with_time_zone_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("review")
            .col(pk_uuid("id"))
            .col(string("reach"))
            .col(timestamp_with_time_zone("opened_at"))
            .col(timestamp_with_time_zone("deadline"))
            .col(timestamp_with_time_zone_null("closed_at"));
        manager.create_table(table).await?;
        for (name, column) in [("review_reach", "reach"), ("review_opened_at", "opened_at")] {
            let index = Index::create().name(name).table("review").col(column).take();
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
