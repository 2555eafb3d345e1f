//! The change feed: an ordered record of what changed, never reused, for live views and coordinators.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_pk_auto, string, timestamp_with_time_zone, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("change")
            .col(big_pk_auto("sequence"))
            .col(timestamp_with_time_zone("at"))
            .col(string("kind"))
            .col(uuid("incident_id"))
            .col(uuid("case_id"))
            .col(string("unit"))
            .foreign_key(ForeignKey::create().from("change", "incident_id").to("incident", "id"))
            .foreign_key(ForeignKey::create().from("change", "case_id").to("unit_case", "id"));
        manager.create_table(table).await?;
        manager
            .create_index(
                Index::create()
                    .name("change_unit_sequence")
                    .table("change")
                    .col("unit")
                    .col("sequence")
                    .take(),
            )
            .await?;
        manager
            .create_index(
                Index::create().name("change_incident_id").table("change").col("incident_id").take(),
            )
            .await?;
        manager
            .create_index(Index::create().name("change_case_id").table("change").col("case_id").take())
            .await
    }
}
