//! `varsel migrate`

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use sea_orm_migration::MigratorTrait;
use varsel_migrations::{Migrator, VaultMigrator};
use varsel_services::domain::{Clock as _, SystemClock};
use varsel_storage::Store;
use varsel_storage::keys::{is_sealed, seal_existing};

use super::{Outcome, keep_files_private, runtime, settings};
use crate::config::{Config, Purpose};

/// Brings the database to the newest schema; what is there already is left alone, so a repeat does nothing.
#[derive(Args)]
pub(super) struct Migrate {
    /// Data directory, where the embedded database is used
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

impl Migrate {
    pub(super) fn run(self, file: Option<&Path>, out: &mut dyn Write) -> Outcome {
        let config = settings(file, self.data.as_deref(), Purpose::Database)?;
        crate::telemetry::start(&config.log);
        keep_files_private();
        let applied = runtime()?.block_on(async {
            let store =
                Store::connect(&config.database_url()).await.context("the database does not answer")?;
            let (_, applied) = migrate(&config, store).await?;
            anyhow::Ok(applied)
        })?;
        Ok(writeln!(out, "{applied} migrations applied; the schema is the newest.")?)
    }
}

/// Applies what is pending to the database and to its vault, and seals what an older version wrote in clear. The database with
/// its keys, and how many migrations there were.
///
/// # Errors
/// One of them does not answer; a migration failed; the root key is not that of the vault.
pub(super) async fn migrate(config: &Config, store: Store) -> anyhow::Result<(Store, usize)> {
    let pending = Migrator::get_pending_migrations(store.connection()).await?.len();
    Migrator::up(store.connection(), None).await.context("a migration failed")?;
    if let Some(file) = config.missing_vault() {
        anyhow::ensure!(
            !is_sealed(&store).await?,
            "the vault is not there ({}), and the database holds what was sealed with its keys: put it back, or its newest \
             backup. Nothing was changed",
            file.display()
        );
    }
    let vault = config.vault_store().await?;
    let pending = pending + VaultMigrator::get_pending_migrations(vault.connection()).await?.len();
    VaultMigrator::up(vault.connection(), None).await.context("a migration of the vault failed")?;
    let store = config.with_vault(store).await?;
    seal_existing(&store, SystemClock.now()).await.context("sealing what was in clear failed")?;
    Ok((store, pending))
}
