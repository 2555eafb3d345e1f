//! On PostgreSQL an incident carries the units that have a case in it, so that the policies of row-level security can say
//! who sees it without asking other tables, whose policies would ask back.
//!
//! The database keeps it, not the code: a wall must not rest on a writer that remembers it. SQLite has no such wall.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DatabaseBackend;

const COLUMN: &str = "
ALTER TABLE incident ADD COLUMN units text[] NOT NULL DEFAULT '{}';

UPDATE incident SET units = known.units
    FROM (SELECT incident_id, array_agg(unit::text ORDER BY unit) AS units FROM unit_case GROUP BY incident_id) known
    WHERE known.incident_id = incident.id;

CREATE FUNCTION keep_units_of_incident() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        UPDATE incident SET units = array_remove(units, OLD.unit::text) WHERE id = OLD.incident_id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        UPDATE incident SET units = array_append(units, NEW.unit::text) WHERE id = NEW.incident_id;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER unit_of_incident AFTER INSERT OR DELETE ON unit_case
    FOR EACH ROW EXECUTE FUNCTION keep_units_of_incident();
CREATE TRIGGER other_unit_of_incident AFTER UPDATE OF incident_id, unit ON unit_case FOR EACH ROW
    WHEN ((OLD.incident_id, OLD.unit) IS DISTINCT FROM (NEW.incident_id, NEW.unit))
    EXECUTE FUNCTION keep_units_of_incident();
";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DatabaseBackend::Postgres {
            manager.get_connection().execute_unprepared(COLUMN).await?;
        }
        Ok(())
    }
}
