//! The log of use. No foreign keys: an entry outlives what it tells of, and may tell of somebody unknown.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_pk_auto, json, string, timestamp_with_time_zone, uuid, uuid_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("access_entry")
            .col(big_pk_auto("sequence"))
            .col(uuid("id"))
            .col(timestamp_with_time_zone("at"))
            .col(uuid_null("person_id"))
            .col(string("name"))
            .col(string("function"))
            .col(string("use_kind"))
            .col(uuid_null("incident_id"))
            .col(json("detail"))
            .col(string("request_id"));
        manager.create_table(table).await?;
        manager
            .create_index(
                Index::create().name("access_entry_id").table("access_entry").col("id").unique().take(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("access_entry_incident_id_at")
                    .table("access_entry")
                    .col("incident_id")
                    .col("at")
                    .take(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("access_entry_person_id_at")
                    .table("access_entry")
                    .col("person_id")
                    .col("at")
                    .take(),
            )
            .await
    }
}
