//! Critical changes: what was proposed, word for word, by whom, and what came of it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    pk_uuid, string, string_null, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null,
    uuid, uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("change_proposal")
            .col(pk_uuid("id"))
            .col(string("kind"))
            // Text, not JSON: its digest is over these very bytes.
            .col(text("payload"))
            .col(string("payload_sha256"))
            .col(string("target"))
            .col(string("target_version"))
            .col(uuid("proposer_id"))
            .col(string_null("proposer_key"))
            .col(string_null("proposer_email"))
            .col(string("proposer_name"))
            .col(text("reason"))
            .col(timestamp_with_time_zone("proposed_at"))
            .col(timestamp_with_time_zone("expires_at"))
            .col(string("status"))
            .col(uuid_null("decider_id"))
            .col(string_null("decider_name"))
            .col(timestamp_with_time_zone_null("decided_at"))
            .col(text_null("decision_reason"))
            .foreign_key(ForeignKey::create().from("change_proposal", "proposer_id").to("person", "id"))
            .foreign_key(ForeignKey::create().from("change_proposal", "decider_id").to("person", "id"));
        manager.create_table(table).await?;
        for (name, column) in [
            ("change_proposal_proposed_at", "proposed_at"),
            ("change_proposal_proposer_id", "proposer_id"),
            ("change_proposal_decider_id", "decider_id"),
        ] {
            let index = Index::create().name(name).table("change_proposal").col(column).take();
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
