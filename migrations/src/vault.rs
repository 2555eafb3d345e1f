//! The schema of the vault, where keys are: a database of its own, so that backups of the data do not hold the keys.

mod m20261129_000001_create_owner_key;
mod m20261129_000002_create_incident_key;

use sea_orm_migration::prelude::{Alias, DynIden, IntoIden as _, MigrationTrait, MigratorTrait, async_trait};

/// Brings a vault to the newest schema.
#[derive(Debug, Clone, Copy)]
pub struct VaultMigrator;

#[async_trait::async_trait]
impl MigratorTrait for VaultMigrator {
    /// Apart from that of the data, as a test may keep both in one database.
    fn migration_table_name() -> DynIden {
        Alias::new("vault_migrations").into_iden()
    }

    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261129_000001_create_owner_key::Migration),
            Box::new(m20261129_000002_create_incident_key::Migration),
        ]
    }
}
