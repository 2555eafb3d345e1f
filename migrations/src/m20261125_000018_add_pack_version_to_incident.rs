//! The version of the rule pack under which an incident was last assessed: a running incident keeps its own.
//!
//! Its default is for a server of the version before this one, which may still be writing; this one always gives it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::string;
use sea_orm_migration::sea_orm::DatabaseBackend;

/// What the newest revision of an incident says of itself.
const SQLITE: &str = "SELECT json_extract(assessment, '$.pack.version')";
const POSTGRES: &str = "SELECT assessment->'pack'->>'version'";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = string("pack_version").default("").take();
        manager.alter_table(Table::alter().table("incident").add_column(column).take()).await?;
        let version =
            if manager.get_database_backend() == DatabaseBackend::Sqlite { SQLITE } else { POSTGRES };
        let fill = format!(
            "UPDATE incident SET pack_version = COALESCE(({version} FROM facts_revision \
             WHERE facts_revision.incident_id = incident.id ORDER BY revision DESC LIMIT 1), '')"
        );
        manager.get_connection().execute_unprepared(&fill).await?;
        Ok(())
    }
}
