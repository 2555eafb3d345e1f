//! Logout tokens that were taken, so that none is taken twice; kept until they would have expired anyway.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{string, timestamp_with_time_zone};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("logout_token")
            .col(string("issuer"))
            .col(string("jti_sha256"))
            .col(timestamp_with_time_zone("expires_at"))
            .primary_key(Index::create().col("issuer").col("jti_sha256"));
        manager.create_table(table).await?;
        manager
            .create_index(
                Index::create()
                    .name("logout_token_expires_at")
                    .table("logout_token")
                    .col("expires_at")
                    .take(),
            )
            .await
    }
}
