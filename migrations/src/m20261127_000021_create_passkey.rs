//! Passkeys: public keys with which a person's device shows who they are.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    json, pk_uuid, string, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("passkey")
            .col(pk_uuid("id"))
            .col(uuid("person_id"))
            .col(string("credential_id"))
            .col(json("credential"))
            .col(string("name"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone_null("last_used_at"))
            .foreign_key(ForeignKey::create().from("passkey", "person_id").to("local_account", "person_id"));
        manager.create_table(table).await?;
        manager
            .create_index(
                Index::create()
                    .name("passkey_credential_id")
                    .table("passkey")
                    .col("credential_id")
                    .unique()
                    .take(),
            )
            .await?;
        manager
            .create_index(Index::create().name("passkey_person_id").table("passkey").col("person_id").take())
            .await
    }
}
