//! Keys of incidents, wrapped by their organisation's, which stays as long as one of them needs it. Of a destroyed key only
//! remains that it was: a backup of the data may bring its incident back.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    string, string_null, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut wrapping = ForeignKey::create();
        wrapping
            .name("incident_key_wrapped_by")
            .from("incident_key", "wrapped_by")
            .to("owner_key", "name")
            .on_delete(ForeignKeyAction::NoAction);
        let mut table = Table::create();
        table
            .table("incident_key")
            .col(uuid("incident_id").primary_key())
            .col(string("name"))
            .col(string_null("wrapped_by"))
            .col(text_null("wrapped"))
            .col(timestamp_with_time_zone("made_at"))
            .col(timestamp_with_time_zone_null("destroyed_at"))
            .foreign_key(&mut wrapping);
        manager.create_table(table).await?;
        let mut index = Index::create();
        index.name("incident_key_wrapped_by").table("incident_key").col("wrapped_by");
        manager.create_index(index).await
    }
}
