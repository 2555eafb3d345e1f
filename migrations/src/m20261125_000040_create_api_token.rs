//! Tokens of programs: only the hash, so that a stolen database opens nothing. A row outlives its token, since the
//! access log names it.

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
            .table("api_token")
            .col(pk_uuid("id"))
            .col(string("token_sha256"))
            .col(uuid("person_id"))
            .col(string("name"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone("expires_at"))
            .col(timestamp_with_time_zone_null("last_used_at"))
            .col(timestamp_with_time_zone_null("revoked_at"))
            .foreign_key(ForeignKey::create().from("api_token", "person_id").to("person", "id"));
        manager.create_table(table).await?;
        let index = |column: &'static str| {
            Index::create().name(format!("api_token_{column}")).table("api_token").col(column).take()
        };
        manager.create_index(index("token_sha256").unique().take()).await?;
        manager.create_index(index("person_id")).await
    }
}
