//! Row-level security on PostgreSQL: what belongs to an incident is seen and written only by a transaction that said for
//! whom it reads, and whose organisations or units the incident concerns. The owner of the tables is bound, too.
//!
//! Each setting is read in a subquery of its own, so that it is read once in a query and not once in a row. An unset one
//! is null (or empty, on a connection that was used before), and nothing equals that. The second cast tells PostgreSQL that
//! the subquery is one array, not rows. SQLite has no such security.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DatabaseBackend;

const FOR_SYSTEM: &str = "(SELECT current_setting('varsel.system', true) = 'on')";
const ORGANISATIONS: &str =
    "(SELECT NULLIF(current_setting('varsel.organisations', true), '')::uuid[])::uuid[]";
const UNITS: &str = "(SELECT NULLIF(current_setting('varsel.units', true), '')::text[])::text[]";

/// What follows its incident.
const FOLLOWERS: [&str; 5] = ["facts_revision", "filing", "obligation", "guidance_issued", "timeline_entry"];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() != DatabaseBackend::Postgres {
            return Ok(());
        }
        let of_scope = format!("organisation_id = ANY ({ORGANISATIONS}) OR units && {UNITS}");
        protect(manager, "incident", &format!("USING ({FOR_SYSTEM} OR {of_scope})")).await?;
        for table in FOLLOWERS {
            protect(manager, table, &format!("USING ({})", follows(table))).await?;
        }
        // A unit that leads sees the cases of the others, so that these follow their incident, too; that a case is one's own is
        // said first, because it is cheap to say.
        let of_unit = format!("{FOR_SYSTEM} OR unit = ANY ({UNITS})");
        let beside = follows("unit_case");
        let cases = format!("USING (unit = ANY ({UNITS}) OR {beside}) WITH CHECK ({beside})");
        protect(manager, "unit_case", &cases).await?;
        // Whoever files wakes the units, but does not read what woke them.
        protect(manager, "change", &format!("USING ({of_unit}) WITH CHECK ({})", follows("change"))).await
    }
}

/// The incident of the row is seen, by the incident's own policy. No `EXISTS`: that would be made a list of all incidents
/// that are seen, however few the rows.
fn follows(table: &str) -> String {
    format!("{FOR_SYSTEM} OR (SELECT true FROM incident WHERE incident.id = {table}.incident_id)")
}

async fn protect(manager: &SchemaManager<'_>, table: &str, policy: &str) -> Result<(), DbErr> {
    let sql = format!(
        "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY; \
         CREATE POLICY scope ON {table} {policy};"
    );
    manager.get_connection().execute_unprepared(&sql).await.map(|_| ())
}
