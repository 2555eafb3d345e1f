//! Immutable revisions of an incident's facts, each with its assessment.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{integer, json, pk_uuid, timestamp_with_time_zone, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("facts_revision")
            .col(pk_uuid("id"))
            .col(uuid("incident_id"))
            .col(integer("revision"))
            .col(json("facts"))
            .col(json("assessment"))
            .col(timestamp_with_time_zone("at"))
            .foreign_key(ForeignKey::create().from("facts_revision", "incident_id").to("incident", "id"));
        manager.create_table(table).await?;
        manager
            .create_index(
                Index::create()
                    .name("facts_revision_incident_id_revision")
                    .table("facts_revision")
                    .col("incident_id")
                    .col("revision")
                    .unique()
                    .take(),
            )
            .await
    }
}
