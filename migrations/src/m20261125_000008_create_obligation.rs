//! The duties of an incident as last assessed. Offsets are kept beside the instants, to show the legal time zone.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    boolean, integer, integer_null, json, string, timestamp_with_time_zone_null, uuid,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("obligation")
            .col(uuid("incident_id"))
            .col(integer("position"))
            .col(string("regime"))
            .col(string("stage"))
            .col(json("recipients"))
            .col(boolean("provisional"))
            .col(string("status"))
            .col(timestamp_with_time_zone_null("target_at"))
            .col(integer_null("target_offset_seconds"))
            .col(timestamp_with_time_zone_null("due_at"))
            .col(integer_null("due_offset_seconds"))
            .col(string("cite"))
            .col(timestamp_with_time_zone_null("filed_at"))
            .primary_key(Index::create().col("incident_id").col("regime").col("stage"))
            .foreign_key(ForeignKey::create().from("obligation", "incident_id").to("incident", "id"));
        manager.create_table(table).await
    }
}
