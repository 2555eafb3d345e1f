//! On PostgreSQL the function that erases uses takes those that are five years old although their incident is held: a special need
//! keeps an entry of the log no longer (EO 528 § 19(2)).

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DatabaseBackend;

use crate::m20261130_000016_tell_which_places_were_emptied::erasure;
use crate::schema_of;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// What is due: it has its place in the tree, and either it is five years old, or its incident is not held and nobody keeps what its
/// person did then. What stands goes by the time at which the server asks, so that both answer alike.
const DUE: &str = "e.at <= due AND e.position IS NOT NULL \
    AND (e.at <= (present AT TIME ZONE 'UTC' - interval '60 months') AT TIME ZONE 'UTC' OR (\
    (e.incident_id IS NULL OR e.incident_id NOT IN \
    (SELECT h.incident_id FROM legal_hold h WHERE h.lifted_at IS NULL AND h.until > LEAST(claimed, present))) AND NOT EXISTS \
    (SELECT 1 FROM use_hold k WHERE k.person_id = e.person_id AND k.from_at <= e.at AND k.to_at > e.at \
    AND k.lifted_at IS NULL AND k.until > LEAST(claimed, present))))";

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
