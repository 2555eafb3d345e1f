//! Accounts that Varsel itself vouches for: a password as its hash, and the second factor that goes with it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer_null, pk_uuid, string, string_null, timestamp_with_time_zone, timestamp_with_time_zone_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("local_account")
            .col(pk_uuid("person_id"))
            .col(string("login"))
            .col(timestamp_with_time_zone("created_at"))
            .col(string_null("password_phc"))
            .col(timestamp_with_time_zone_null("password_set_at"))
            .col(string_null("totp_secret"))
            .col(big_integer_null("totp_last_step"))
            .foreign_key(ForeignKey::create().from("local_account", "person_id").to("person", "id"));
        manager.create_table(table).await?;
        manager
            .create_index(
                Index::create()
                    .name("local_account_login")
                    .table("local_account")
                    .col("login")
                    .unique()
                    .take(),
            )
            .await
    }
}
