//! When authorisations were used, and how often. Rows are only added, so that readers never wait for each other; once a
//! day those of past days become one for each authorisation and function.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_pk_auto, string, timestamp_with_time_zone, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("authorisation_use")
            .col(big_pk_auto("sequence"))
            .col(uuid("authorisation_id"))
            .col(string("function"))
            .col(timestamp_with_time_zone("last_at"))
            .col(big_integer("uses"))
            .foreign_key(
                ForeignKey::create().from("authorisation_use", "authorisation_id").to("authorisation", "id"),
            );
        manager.create_table(table).await?;
        let index = Index::create()
            .name("authorisation_use_authorisation_id")
            .table("authorisation_use")
            .col("authorisation_id")
            .take();
        manager.create_index(index).await
    }
}
