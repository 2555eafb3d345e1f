//! Each time that an authority confirmed or changed the proposed severity of an incident. Rows are only added. On
//! PostgreSQL one is seen and written only by a transaction that sees its incident.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    integer, pk_uuid, small_integer, string, text_null, timestamp_with_time_zone, uuid,
};
use sea_orm_migration::sea_orm::DatabaseBackend;

const TABLE: &str = "severity_confirmation";

/// As the policies of what else follows its incident.
const FOLLOWS: &str = "\
    ALTER TABLE severity_confirmation ENABLE ROW LEVEL SECURITY; \
    ALTER TABLE severity_confirmation FORCE ROW LEVEL SECURITY; \
    CREATE POLICY scope ON severity_confirmation USING ((SELECT current_setting('varsel.system', true) = 'on') \
        OR (SELECT true FROM incident WHERE incident.id = severity_confirmation.incident_id));";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table(TABLE)
            .col(pk_uuid("id"))
            .col(uuid("incident_id"))
            .col(integer("number"))
            .col(small_integer("level"))
            .col(small_integer("proposed"))
            .col(integer("revision"))
            .col(text_null("justification"))
            .col(string("unit"))
            .col(uuid("person_id"))
            .col(string("person_name"))
            .col(timestamp_with_time_zone("at"))
            .foreign_key(ForeignKey::create().from(TABLE, "incident_id").to("incident", "id"))
            .foreign_key(ForeignKey::create().from(TABLE, "person_id").to("person", "id"));
        manager.create_table(table).await?;
        // Two at once cannot both be the next.
        let mut next = Index::create();
        next.name("severity_confirmation_incident_id_number").table(TABLE).unique();
        manager.create_index(next.col("incident_id").col("number").take()).await?;
        let mut person = Index::create();
        person.name("severity_confirmation_person_id").table(TABLE);
        manager.create_index(person.col("person_id").take()).await?;
        match manager.get_database_backend() {
            DatabaseBackend::Postgres => {
                manager.get_connection().execute_unprepared(FOLLOWS).await.map(|_| ())
            }
            _ => Ok(()),
        }
    }
}
