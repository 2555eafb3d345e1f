//! What the reporter submitted; one key of one person is one filing, however often it is sent.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{json, pk_uuid, string, timestamp_with_time_zone, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("filing")
            .col(pk_uuid("id"))
            .col(uuid("incident_id"))
            .col(uuid("revision_id"))
            .col(uuid("person_id"))
            .col(string("person_name"))
            .col(timestamp_with_time_zone("received_at"))
            .col(string("idempotency_key"))
            .col(string("facts_sha256"))
            .col(json("discharged"))
            .foreign_key(ForeignKey::create().from("filing", "incident_id").to("incident", "id"))
            .foreign_key(ForeignKey::create().from("filing", "revision_id").to("facts_revision", "id"))
            .foreign_key(ForeignKey::create().from("filing", "person_id").to("person", "id"));
        manager.create_table(table).await?;
        manager
            .create_index(
                Index::create()
                    .name("filing_person_id_idempotency_key")
                    .table("filing")
                    .col("person_id")
                    .col("idempotency_key")
                    .unique()
                    .take(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("filing_incident_id")
                    .table("filing")
                    .col("incident_id")
                    .col("received_at")
                    .take(),
            )
            .await?;
        manager
            .create_index(
                Index::create().name("filing_revision_id").table("filing").col("revision_id").unique().take(),
            )
            .await
    }
}
