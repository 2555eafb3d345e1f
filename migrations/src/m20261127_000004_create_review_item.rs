//! What reviews were of, as it was then, and what came of each: evidence.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, boolean, string, string_null, text, text_null, timestamp_with_time_zone_null, uuid,
    uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("review_item")
            .col(uuid("review_id"))
            .col(uuid("authorisation_id"))
            .col(uuid("holder_id"))
            .col(string("holder_name"))
            .col(string("functions"))
            .col(text("purpose"))
            .col(timestamp_with_time_zone_null("last_used_at"))
            .col(big_integer("uses"))
            .col(boolean("unused"))
            .col(string_null("verdict"))
            .col(uuid_null("decider_id"))
            .col(string_null("decider_name"))
            .col(timestamp_with_time_zone_null("decided_at"))
            .col(text_null("reason"))
            .primary_key(Index::create().col("review_id").col("authorisation_id"))
            .foreign_key(ForeignKey::create().from("review_item", "review_id").to("review", "id"))
            .foreign_key(
                ForeignKey::create().from("review_item", "authorisation_id").to("authorisation", "id"),
            )
            .foreign_key(ForeignKey::create().from("review_item", "holder_id").to("person", "id"))
            .foreign_key(ForeignKey::create().from("review_item", "decider_id").to("person", "id"));
        manager.create_table(table).await?;
        for (name, column) in [
            ("review_item_authorisation_id", "authorisation_id"),
            ("review_item_holder_id", "holder_id"),
            ("review_item_decider_id", "decider_id"),
        ] {
            let index = Index::create().name(name).table("review_item").col(column).take();
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
