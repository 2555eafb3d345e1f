//! Links that are sent to people once: an invitation, a fresh start, a new address to confirm.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    pk_uuid, string, string_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("account_link")
            .col(pk_uuid("id"))
            .col(uuid("person_id"))
            .col(string("purpose"))
            .col(string_null("token_sha256"))
            .col(string_null("email"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone("expires_at"))
            .col(uuid_null("created_by"))
            .col(timestamp_with_time_zone_null("used_at"))
            .foreign_key(
                ForeignKey::create().from("account_link", "person_id").to("local_account", "person_id"),
            );
        manager.create_table(table).await?;
        manager
            .create_index(
                Index::create()
                    .name("account_link_token_sha256")
                    .table("account_link")
                    .col("token_sha256")
                    .unique()
                    .take(),
            )
            .await?;
        manager
            .create_index(
                Index::create().name("account_link_person_id").table("account_link").col("person_id").take(),
            )
            .await
    }
}
