//! Incidents, listed by organisation with the newest first.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{pk_uuid, small_integer, string, timestamp_with_time_zone, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("incident")
            .col(pk_uuid("id"))
            .col(string("number"))
            .col(uuid("organisation_id"))
            .col(timestamp_with_time_zone("received_at"))
            .col(small_integer("severity"))
            .foreign_key(ForeignKey::create().from("incident", "organisation_id").to("organisation", "id"));
        manager.create_table(table).await?;
        manager
            .create_index(
                Index::create().name("incident_number").table("incident").col("number").unique().take(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("incident_organisation_id_received_at")
                    .table("incident")
                    .col("organisation_id")
                    .col("received_at")
                    .col("id")
                    .take(),
            )
            .await
    }
}
