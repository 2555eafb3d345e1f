//! What the log of use was, again and again: its size and root, signed; and what witnesses have said to that.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, pk_auto, string, string_null, text, timestamp_with_time_zone};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut checkpoint = Table::create();
        checkpoint
            .table("log_checkpoint")
            .col(pk_auto("number").big_integer())
            .col(big_integer("size").unique_key())
            .col(timestamp_with_time_zone("at"))
            .col(text("note"));
        manager.create_table(checkpoint).await?;
        let mut witness = Table::create();
        witness
            .table("log_witness")
            .col(string("name").primary_key())
            .col(big_integer("size"))
            .col(text("cosignature"))
            .col(timestamp_with_time_zone("at"))
            .col(string_null("refusal"));
        manager.create_table(witness).await
    }
}
