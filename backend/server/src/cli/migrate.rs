//! `varsel migrate`

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use sea_orm_migration::{Migration, MigratorTrait};
use secrecy::ExposeSecret as _;
use varsel_migrations::{Migrator, VaultMigrator};
use varsel_services::domain::authz::Scope;
use varsel_services::domain::{Clock as _, SystemClock};
use varsel_services::log::begin_record;
use varsel_storage::duties::{self, Duties};
use varsel_storage::keys::{is_sealed, seal_existing};
use varsel_storage::{Store, log_tree};

use super::{Outcome, keep_files_private, runtime, settings};
use crate::config::{Config, Purpose};

/// Brings the database to the newest schema; what is there already is left alone, so a repeat does nothing. Where the settings
/// have an address for the owner of the tables, it works as that role, and gives the server's what a server needs.
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
        let (applied, separated) = runtime()?.block_on(async {
            let Some(owner) = &config.database.owner_url else {
                let store = Store::connect(&config.database_url()).await;
                let store = store.context("the database does not answer (database.url)")?;
                may_migrate(&store, OF_SERVER).await?;
                return anyhow::Ok((migrate(&config, store).await?.1, None));
            };
            let store = Store::connect(owner.expose_secret()).await;
            let store = store.context("the database does not answer (database.owner_url)")?;
            may_migrate(&store, OF_OWNER).await?;
            let (store, applied) = migrate(&config, store).await?;
            Ok((applied, Some(separate(&config, &store).await?)))
        })?;
        writeln!(out, "{applied} migrations applied; the schema is the newest.")?;
        Ok(separated.map_or(Ok(()), |separated| writeln!(out, "{separated}"))?)
    }
}

/// What is wrong where the server's role, or what is given as the owner's, owns nothing.
const OF_SERVER: &str = "database.url: it owns nothing here, so it can migrate nothing; give the address for the role that owns the tables \
                         as database.owner_url";
const OF_OWNER: &str = "database.owner_url: it owns nothing here, so it can migrate nothing; make it the owner of the database, and of \
                        what another role has made in it (REASSIGN OWNED BY)";

/// Makes sure that the role is one that can own tables.
///
/// # Errors
/// It owns nothing; the database failed.
async fn may_migrate(store: &Store, problem: &str) -> anyhow::Result<()> {
    let tx = store.begin(&Scope::nothing()).await?;
    if let Duties::Separate { role } = duties::look(&tx).await? {
        anyhow::bail!("the role \"{role}\" of {problem} (docs/deployment.md). Nothing was changed");
    }
    Ok(())
}

/// Gives the server's role what a server needs and no more of the log of use, as the owner of the tables; in a sentence.
///
/// # Errors
/// The roles are not there, or the server's could still change the log; a database does not answer.
async fn separate(config: &Config, owner: &Store) -> anyhow::Result<String> {
    let server = Store::connect(&config.database_url()).await;
    let server = server.context("the database does not answer for the server's role (database.url)")?;
    let role = duties::role(&server).await?;
    duties::grant(owner, &role, &config.database.eraser_role).await.context("separation of duties")?;
    let tx = server.begin(&Scope::nothing()).await?;
    match duties::look(&tx).await? {
        Duties::Together { role, powers } => anyhow::bail!(
            "the server's role \"{role}\" could still change the log of use: {}. Take that away from it",
            powers.join(", ")
        ),
        Duties::Separate { .. } | Duties::Embedded => Ok(format!(
            "The server's role {role} adds to the log of use and reads it; {} erases what has passed its deadline.",
            config.database.eraser_role
        )),
    }
}

/// The migration since which erasures of the log of use are on record.
const RECORD: &str = "m20261130_000015_create_log_erasure_note";
/// The one since which there is a log with checkpoints.
const LOG: &str = "m20261128_000003_create_log_checkpoint";

/// Whether it is an installation that may have erased from its log without a record: only then is one begun later than the log.
async fn has_log_without_record(store: &Store, pending: &[Migration]) -> anyhow::Result<bool> {
    let waits = |name| pending.iter().any(|migration| migration.name() == name);
    if !waits(RECORD) || waits(LOG) {
        return Ok(false);
    }
    let tx = store.begin(&Scope::nothing()).await?;
    let newest = log_tree::newest(&tx).await?;
    tx.commit().await?;
    Ok(newest.is_some())
}

/// Applies what is pending to the database and to its vault, and seals what an older version wrote in clear. The database with
/// its keys, and how many migrations there were.
///
/// # Errors
/// One of them does not answer; a migration failed; the root key is not that of the vault.
pub(super) async fn migrate(config: &Config, store: Store) -> anyhow::Result<(Store, usize)> {
    let pending = Migrator::get_pending_migrations(store.connection()).await?;
    let keeper = if has_log_without_record(&store, &pending).await? {
        let keeper = config.existing_keeper();
        Some(keeper.context("this version begins a record of erasures, signed with the log's key (use_log.key). Nothing was changed")?)
    } else {
        None
    };
    let pending = pending.len();
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
    if let Some(keeper) = keeper {
        begin_record(&store, keeper.signer(), SystemClock.now()).await.context("the record of erasures")?;
    }
    Ok((store, pending))
}
