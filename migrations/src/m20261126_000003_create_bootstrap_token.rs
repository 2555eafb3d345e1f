//! One-time tokens that make whoever signs in with them an administrator: only their hashes.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    string, string_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("bootstrap_token")
            .col(string("token_sha256").primary_key())
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone("expires_at"))
            .col(string_null("reason"))
            .col(timestamp_with_time_zone_null("used_at"))
            .col(uuid_null("used_by"));
        manager.create_table(table).await
    }
}
