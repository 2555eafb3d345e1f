//! The people who sign in: known for ever by issuer and subject, each in one function.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{json_null, pk_uuid, string, string_null, uuid_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("person")
            .col(pk_uuid("id"))
            .col(string("issuer"))
            .col(string("subject"))
            .col(string("name"))
            .col(string_null("email"))
            .col(string("language"))
            .col(string("role"))
            .col(uuid_null("organisation_id"))
            .col(string_null("unit"))
            .col(string_null("demo_handle"))
            .col(json_null("title"))
            .foreign_key(ForeignKey::create().from("person", "organisation_id").to("organisation", "id"));
        manager.create_table(table).await?;
        manager
            .create_index(
                Index::create()
                    .name("person_issuer_subject")
                    .table("person")
                    .col("issuer")
                    .col("subject")
                    .unique()
                    .take(),
            )
            .await?;
        manager
            .create_index(
                Index::create().name("person_demo_handle").table("person").col("demo_handle").unique().take(),
            )
            .await?;
        manager
            .create_index(
                Index::create().name("person_organisation_id").table("person").col("organisation_id").take(),
            )
            .await
    }
}
