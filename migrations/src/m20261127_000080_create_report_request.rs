//! What authorities asked for: reports that are owed only on request. On PostgreSQL a request is seen and written only
//! by a transaction that sees its incident.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{string, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid};
use sea_orm_migration::sea_orm::DatabaseBackend;

/// As the policies of what else follows its incident.
const FOLLOWS: &str = "\
    ALTER TABLE report_request ENABLE ROW LEVEL SECURITY; \
    ALTER TABLE report_request FORCE ROW LEVEL SECURITY; \
    CREATE POLICY scope ON report_request USING ((SELECT current_setting('varsel.system', true) = 'on') \
        OR (SELECT true FROM incident WHERE incident.id = report_request.incident_id));";

const INDEXES: [(&str, &[&str]); 2] = [
    ("report_request_incident_id_asked_at", &["incident_id", "asked_at"]),
    ("report_request_person_id", &["person_id"]),
];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("report_request")
            .col(uuid("id").primary_key())
            .col(uuid("incident_id"))
            .col(string("unit"))
            .col(string("regime"))
            .col(string("stage"))
            .col(timestamp_with_time_zone("asked_at"))
            .col(timestamp_with_time_zone_null("due"))
            .col(uuid("person_id"))
            .col(string("person_name"))
            .foreign_key(ForeignKey::create().from("report_request", "incident_id").to("incident", "id"))
            .foreign_key(ForeignKey::create().from("report_request", "person_id").to("person", "id"));
        manager.create_table(table).await?;
        for (name, columns) in INDEXES {
            let mut index = Index::create().name(name).table("report_request").to_owned();
            for column in columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        match manager.get_database_backend() {
            DatabaseBackend::Postgres => {
                manager.get_connection().execute_unprepared(FOLLOWS).await.map(|_| ())
            }
            _ => Ok(()),
        }
    }
}
