//! Rejected attempts, one by one. Nothing here refers to a person's row: names that nobody has must fit, too, and a
//! record stays when a person goes.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{string, string_null, timestamp_with_time_zone, uuid, uuid_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("attempt")
            .col(uuid("id").primary_key())
            .col(timestamp_with_time_zone("at"))
            .col(string("cause"))
            .col(string("code"))
            .col(uuid_null("person_id"))
            .col(string_null("name_tag"))
            .col(string("client"))
            .col(string_null("device"))
            .col(string("request_id"));
        manager.create_table(table).await?;
        for (name, columns) in
            [("attempt_at", ["at", "id"].as_slice()), ("attempt_person", ["person_id", "at"].as_slice())]
        {
            let mut index = Index::create();
            index.name(name).table("attempt");
            for column in columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
