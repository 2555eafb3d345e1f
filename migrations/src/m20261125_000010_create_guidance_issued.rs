//! The playbooks issued for an incident.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{integer, string, timestamp_with_time_zone, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("guidance_issued")
            .col(uuid("incident_id"))
            .col(string("playbook"))
            .col(integer("version"))
            .col(timestamp_with_time_zone("issued_at"))
            .primary_key(Index::create().col("incident_id").col("playbook"))
            .foreign_key(ForeignKey::create().from("guidance_issued", "incident_id").to("incident", "id"));
        manager.create_table(table).await
    }
}
