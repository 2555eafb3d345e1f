//! Versions of the rule pack, each with its files: what was received never changes, only when it is in force.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    boolean, string, text, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("pack_version")
            .col(string("version").primary_key())
            .col(string("pack"))
            .col(boolean("draft"))
            .col(string("content_sha256"))
            .col(text("files"))
            .col(timestamp_with_time_zone("received_at"))
            .col(uuid_null("person_id"))
            .col(string("person_name"))
            .col(timestamp_with_time_zone_null("in_force_from"))
            .col(uuid_null("change_id"))
            .foreign_key(ForeignKey::create().from("pack_version", "person_id").to("person", "id"))
            .foreign_key(ForeignKey::create().from("pack_version", "change_id").to("change_proposal", "id"));
        manager.create_table(table).await?;
        for column in ["person_id", "change_id"] {
            let name = format!("pack_version_{column}");
            let mut index = Index::create();
            manager.create_index(index.name(name).table("pack_version").col(column).take()).await?;
        }
        Ok(())
    }
}
