//! Blocks, each with the task to find out why.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, string, string_null, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null,
    uuid, uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("attempt_block")
            .col(uuid("id").primary_key())
            .col(string("subject"))
            .col(string("cause"))
            .col(timestamp_with_time_zone("began_at"))
            .col(timestamp_with_time_zone("last_at"))
            .col(timestamp_with_time_zone("until"))
            .col(big_integer("times"))
            .col(uuid_null("owner_id"))
            .col(timestamp_with_time_zone_null("lifted_at"))
            .col(string_null("lifted_by"))
            .col(timestamp_with_time_zone_null("closed_at"))
            .col(uuid_null("closer_id"))
            .col(string_null("closer_name"))
            .col(text_null("closing_reason"));
        manager.create_table(table).await?;
        for (name, columns) in [
            ("attempt_block_began", ["began_at", "id"].as_slice()),
            ("attempt_block_subject", ["subject", "closed_at"].as_slice()),
            ("attempt_block_owner", ["owner_id", "closed_at"].as_slice()),
            ("attempt_block_closer", ["closer_id"].as_slice()),
        ] {
            let mut index = Index::create();
            index.name(name).table("attempt_block");
            for column in columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
