//! What happened on an incident, in the order of `sequence`.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_pk_auto, json, string, timestamp_with_time_zone, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("timeline_entry")
            .col(big_pk_auto("sequence"))
            .col(uuid("id"))
            .col(uuid("incident_id"))
            .col(timestamp_with_time_zone("at"))
            .col(string("kind"))
            .col(json("text"))
            .col(string("by"))
            .col(json("units"))
            .foreign_key(ForeignKey::create().from("timeline_entry", "incident_id").to("incident", "id"));
        manager.create_table(table).await?;
        manager
            .create_index(
                Index::create().name("timeline_entry_id").table("timeline_entry").col("id").unique().take(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("timeline_entry_incident_id_sequence")
                    .table("timeline_entry")
                    .col("incident_id")
                    .col("sequence")
                    .take(),
            )
            .await
    }
}
