//! What the server remembers between the two halves of setting up or showing a passkey, or setting up codes.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{json, pk_uuid, string, timestamp_with_time_zone, uuid_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("ceremony")
            .col(pk_uuid("id"))
            .col(string("purpose"))
            .col(uuid_null("person_id"))
            .col(json("state"))
            .col(timestamp_with_time_zone("expires_at"));
        manager.create_table(table).await?;
        let mut index = Index::create();
        index.name("ceremony_person_id").table("ceremony").col("person_id");
        manager.create_index(index.take()).await
    }
}
