//! People who could sign in before authorisations were kept have what their provider gave them, so that an upgrade locks
//! nobody out. Each gets one, under the id of the person: it is made once, and the first review confirms or ends it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DatabaseBackend;

/// A person's organisation as ids are written.
const SQLITE: &str = "lower(hex(organisation_id))";
const POSTGRES: &str = "replace(organisation_id::text, '-', '')";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let organisation =
            if manager.get_database_backend() == DatabaseBackend::Sqlite { SQLITE } else { POSTGRES };
        let fill = format!(
            "INSERT INTO authorisation (id, holder_id, functions, reach, purpose, valid_from, basis, provider, \
             state, granted_at, revision) \
             SELECT id, id, \
             CASE role WHEN 'reporter' THEN 'input read' WHEN 'officer' THEN 'decide read' \
             WHEN 'coordinator' THEN 'read' WHEN 'security_officer' THEN 'audit' ELSE 'administer' END, \
             CASE WHEN organisation_id IS NOT NULL THEN 'organisation/organisation_' || {organisation} \
             WHEN unit IS NOT NULL THEN 'unit/' || unit ELSE 'national' END, \
             CASE language WHEN 'en' THEN 'Held before authorisations were recorded, by what the sign-in provider says.' \
             ELSE 'Givet, før rettigheder blev registreret, efter hvad loginudbyderen siger.' END, \
             '2026-01-01T00:00:00+00:00', 'provider', issuer, 'active', '2026-01-01T00:00:00+00:00', 0 \
             FROM person"
        );
        manager.get_connection().execute_unprepared(&fill).await?;
        Ok(())
    }
}
