//! `varsel migrate`

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use sea_orm_migration::MigratorTrait;
use varsel_migrations::Migrator;
use varsel_storage::Store;

use super::{Outcome, keep_files_private, runtime, settings};
use crate::config::Purpose;

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
            migrate(&store).await
        })?;
        Ok(writeln!(out, "{applied} migrations applied; the schema is the newest.")?)
    }
}

/// Applies what is pending; how many that were.
pub(super) async fn migrate(store: &Store) -> anyhow::Result<usize> {
    let connection = store.connection();
    let pending = Migrator::get_pending_migrations(connection).await?.len();
    Migrator::up(connection, None).await.context("a migration failed")?;
    Ok(pending)
}
