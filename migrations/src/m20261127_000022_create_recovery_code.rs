//! Recovery codes: each stands in once for the code of a lost device.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{string, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("recovery_code")
            .col(string("code_sha256").primary_key())
            .col(uuid("person_id"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone_null("used_at"))
            .foreign_key(
                ForeignKey::create().from("recovery_code", "person_id").to("local_account", "person_id"),
            );
        manager.create_table(table).await?;
        manager
            .create_index(
                Index::create()
                    .name("recovery_code_person_id")
                    .table("recovery_code")
                    .col("person_id")
                    .take(),
            )
            .await
    }
}
