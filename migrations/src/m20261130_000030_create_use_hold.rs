//! Entries of the log of use that are kept beyond their deadline for a special need: what a person did in a time, because two
//! administrators said so, until a day.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("use_hold")
            .col(uuid("change_id").primary_key())
            .col(uuid("person_id"))
            .col(timestamp_with_time_zone("from_at"))
            .col(timestamp_with_time_zone("to_at"))
            .col(timestamp_with_time_zone("placed_at"))
            .col(timestamp_with_time_zone("until"))
            .col(timestamp_with_time_zone_null("lifted_at"))
            .col(uuid_null("lifting_change_id"));
        manager.create_table(table).await?;
        for column in ["person_id", "lifting_change_id"] {
            let mut index = Index::create();
            index.name(format!("use_hold_{column}")).table("use_hold").col(column);
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
