//! Signed-in sessions: only the hash of the token, so that a stolen database opens nothing.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    pk_uuid, string, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("session")
            .col(pk_uuid("id"))
            .col(string("token_sha256"))
            .col(uuid("person_id"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone("last_used_at"))
            .col(timestamp_with_time_zone_null("ended_at"))
            .foreign_key(ForeignKey::create().from("session", "person_id").to("person", "id"));
        manager.create_table(table).await?;
        manager
            .create_index(
                Index::create()
                    .name("session_token_sha256")
                    .table("session")
                    .col("token_sha256")
                    .unique()
                    .take(),
            )
            .await?;
        manager
            .create_index(Index::create().name("session_person_id").table("session").col("person_id").take())
            .await
    }
}
