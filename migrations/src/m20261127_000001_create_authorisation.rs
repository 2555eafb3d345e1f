//! Authorisations: who may do what with whose data, for what, from when until when, and on what that rests.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, pk_uuid, string, string_null, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("authorisation")
            .col(pk_uuid("id"))
            .col(uuid("holder_id"))
            // Words with a space between them, in the order of the alphabet.
            .col(string("functions"))
            .col(string("reach"))
            .col(text("purpose"))
            .col(timestamp_with_time_zone("valid_from"))
            .col(timestamp_with_time_zone_null("valid_until"))
            .col(string_null("temporary"))
            .col(string("basis"))
            .col(string_null("provider"))
            .col(uuid_null("change_id"))
            .col(string("state"))
            .col(timestamp_with_time_zone("granted_at"))
            .col(uuid_null("step_person_id"))
            .col(string_null("step_name"))
            .col(timestamp_with_time_zone_null("step_at"))
            .col(text_null("step_reason"))
            // Grows with each step: what a proposal about the holder's rights was made upon.
            .col(big_integer("revision"))
            .foreign_key(ForeignKey::create().from("authorisation", "holder_id").to("person", "id"))
            .foreign_key(ForeignKey::create().from("authorisation", "step_person_id").to("person", "id"))
            .foreign_key(ForeignKey::create().from("authorisation", "change_id").to("change_proposal", "id"));
        manager.create_table(table).await?;
        for (name, column) in [
            ("authorisation_holder_id", "holder_id"),
            ("authorisation_change_id", "change_id"),
            ("authorisation_step_person_id", "step_person_id"),
            ("authorisation_reach", "reach"),
            ("authorisation_granted_at", "granted_at"),
        ] {
            let index = Index::create().name(name).table("authorisation").col(column).take();
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
