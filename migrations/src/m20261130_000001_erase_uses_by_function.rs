//! On PostgreSQL a function erases uses whose deadline has passed, and nothing else, by the database's own clock. It works with
//! the rights of whoever owns it, so that the server's role needs none to delete (ADR 25). SQLite has no roles.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DatabaseBackend;

use crate::schema_of;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// The clock that counts, whatever the server claims. Tests, whose clock stands still, put another in its place.
pub const CLOCK: &str = "CREATE OR REPLACE FUNCTION time_of_erasure(claimed timestamptz) RETURNS timestamptz LANGUAGE sql VOLATILE \
    AS $$ SELECT pg_catalog.clock_timestamp() $$;";

/// What is due: it has its place in the tree, and its incident is not held.
const DUE: &str = "e.at <= due AND e.position IS NOT NULL AND (e.incident_id IS NULL OR e.incident_id NOT IN \
    (SELECT h.incident_id FROM legal_hold h WHERE h.lifted_at IS NULL AND h.until > present))";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() != DatabaseBackend::Postgres {
            return Ok(());
        }
        let schema = schema_of(manager).await?;
        let sql = format!(
            "{CLOCK} CREATE FUNCTION erase_due_uses(until timestamptz, claimed timestamptz, most bigint) RETURNS bigint \
             LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, {schema}, pg_temp AS $$ \
             DECLARE \
               present timestamptz := time_of_erasure(claimed); \
               due timestamptz := LEAST(until, (present AT TIME ZONE 'UTC' - interval '6 months') AT TIME ZONE 'UTC'); \
               last bigint; run bigint; gone bigint; \
             BEGIN \
               SELECT max(sequence) INTO last FROM \
                 (SELECT e.sequence FROM access_entry e WHERE {DUE} ORDER BY e.sequence LIMIT most) oldest; \
               IF last IS NULL THEN RETURN 0; END IF; \
               INSERT INTO log_erasure (before, began_at, entries) \
                 VALUES (due + interval '1 microsecond', present, 0) RETURNING number INTO run; \
               DELETE FROM access_entry e WHERE {DUE} AND e.sequence <= last; \
               GET DIAGNOSTICS gone = ROW_COUNT; \
               UPDATE log_erasure SET ended_at = present, entries = gone WHERE number = run; \
               RETURN gone; \
             END $$;"
        );
        manager.get_connection().execute_unprepared(&sql).await.map(|_| ())
    }
}
