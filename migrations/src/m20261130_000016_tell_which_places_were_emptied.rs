//! On PostgreSQL the function that erases uses says which places it emptied, so that the erasure can be signed. It takes what it
//! took before. A server of an earlier version erases nothing with it: it would leave no record.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DatabaseBackend;

use crate::schema_of;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// What is due: it has its place in the tree, and its incident is not held.
const DUE: &str = "e.at <= due AND e.position IS NOT NULL AND (e.incident_id IS NULL OR e.incident_id NOT IN \
    (SELECT h.incident_id FROM legal_hold h WHERE h.lifted_at IS NULL AND h.until > present))";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() != DatabaseBackend::Postgres {
            return Ok(());
        }
        let sql = erasure(&schema_of(manager).await?, DUE);
        manager.get_connection().execute_unprepared(&sql).await.map(|_| ())
    }
}

/// The function, in the place of the one that is there; `due` says what it takes.
pub(crate) fn erasure(schema: &str, due: &str) -> String {
    format!(
        "DROP FUNCTION erase_due_uses(timestamptz, timestamptz, bigint); \
         CREATE FUNCTION erase_due_uses(until timestamptz, claimed timestamptz, most bigint) \
         RETURNS TABLE (run bigint, taken_at timestamptz, taken_before timestamptz, places text) \
         LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, {schema}, pg_temp AS $$ \
         DECLARE \
           present timestamptz := time_of_erasure(claimed); \
           due timestamptz := LEAST(until, (present AT TIME ZONE 'UTC' - interval '6 months') AT TIME ZONE 'UTC'); \
           newest bigint; gone bigint; \
         BEGIN \
           SELECT max(oldest.sequence) INTO newest FROM \
             (SELECT e.sequence FROM access_entry e WHERE {due} ORDER BY e.sequence LIMIT most) oldest; \
           IF newest IS NULL THEN RETURN; END IF; \
           taken_at := present; taken_before := due; \
           INSERT INTO log_erasure (before, began_at, entries) \
             VALUES (due + interval '1 microsecond', present, 0) RETURNING number INTO run; \
           WITH taken AS (DELETE FROM access_entry e WHERE {due} AND e.sequence <= newest RETURNING e.position AS place), \
             numbered AS (SELECT t.place, t.place - row_number() OVER (ORDER BY t.place) AS island FROM taken t), \
             ranges AS (SELECT min(n.place) AS low, max(n.place) AS high FROM numbered n GROUP BY n.island) \
           SELECT string_agg(r.low || CASE WHEN r.low = r.high THEN '' ELSE '-' || r.high END, ',' ORDER BY r.low), \
             sum(r.high - r.low + 1) INTO places, gone FROM ranges r; \
           UPDATE log_erasure SET ended_at = present, entries = gone WHERE number = run; \
           RETURN NEXT; \
         END $$;"
    )
}
