//! Cases: one unit's work on one incident. `next_due_at` is the next open duty the unit is to receive, for the queue.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    integer, pk_uuid, string, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("unit_case")
            .col(pk_uuid("id"))
            .col(uuid("incident_id"))
            .col(string("unit"))
            .col(string("part"))
            .col(string("status"))
            .col(timestamp_with_time_zone("opened_at"))
            .col(timestamp_with_time_zone("updated_at"))
            .col(integer("version"))
            .col(timestamp_with_time_zone_null("next_due_at"))
            .foreign_key(ForeignKey::create().from("unit_case", "incident_id").to("incident", "id"));
        manager.create_table(table).await?;
        manager
            .create_index(
                Index::create()
                    .name("unit_case_incident_id_unit")
                    .table("unit_case")
                    .col("incident_id")
                    .col("unit")
                    .unique()
                    .take(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("unit_case_unit_next_due_at")
                    .table("unit_case")
                    .col("unit")
                    .col("next_due_at")
                    .take(),
            )
            .await
    }
}
