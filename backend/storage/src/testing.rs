//! Fresh, migrated databases for tests: SQLite always, PostgreSQL where a server is there.
//!
//! `VARSEL_TEST_POSTGRES_URL` names a server on which the tests may create and drop databases of their own. Without
//! it the PostgreSQL half is passed over with a line that says so; `VARSEL_TEST_REQUIRE_POSTGRES=1` makes that fail.

mod plan;
mod remains;
mod roles;
mod scale;
mod sealed;
mod template;

use std::io::Write as _;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Once};
use std::time::Duration;

use futures_util::FutureExt as _;
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use sea_orm_migration::MigratorTrait;

use varsel_domain::RandomIds;
use varsel_domain::authz::Scope;

pub use plan::plan_of_erasure;
pub use remains::{Cell, cells, remains};
pub use roles::{
    BACKUP, ERASER, SERVER, as_role, as_server, as_superuser, erase_by_clock, erase_by_real_clock,
};
pub use scale::{alone_on, is_torture, proved, scale, seed};
pub use sealed::{Clear, edit_assessments, facts, open, revisions, seal_as_a_report};

use crate::keys::{RootKey, RootKeys, Vault};
use crate::{Result, Store, Tx, wall};

static COUNT: AtomicU32 = AtomicU32::new(0);
/// How long a test may take on one database in an ordinary run: what hangs fails, and says its name.
const LONGEST: Duration = Duration::from_mins(15);

/// Runs `test` on a fresh database of each kind, one after the other, and removes them afterwards, failed or not.
///
/// # Panics
/// With the test; when a database cannot be made.
pub async fn on_each_database(test: impl AsyncFn(Store)) {
    if scale::is_tried_on("SQLite") {
        on_sqlite(&test).await;
    }
    if let Some(server) = postgres_server().filter(|_| scale::is_tried_on("PostgreSQL")) {
        on_postgres(&server, &test).await;
    }
}

/// The server to test on; none when the PostgreSQL half is to be passed over.
///
/// # Panics
/// When there is none although one is required.
#[expect(clippy::disallowed_methods, reason = "tests have no configuration file")]
pub fn postgres_server() -> Option<String> {
    static SAY_ONCE: Once = Once::new();
    let server = std::env::var("VARSEL_TEST_POSTGRES_URL").ok().filter(|url| !url.is_empty());
    if server.is_none() {
        let required = std::env::var("VARSEL_TEST_REQUIRE_POSTGRES").is_ok_and(|value| value == "1");
        assert!(!required, "VARSEL_TEST_POSTGRES_URL is not set, and PostgreSQL is required");
        SAY_ONCE.call_once(|| {
            let line = "passed over: tests on PostgreSQL, because VARSEL_TEST_POSTGRES_URL is not set\n";
            // Past the test harness, which would keep it to itself.
            let _ = std::io::stderr().write_all(line.as_bytes());
        });
    }
    server
}

/// An empty database of one kind, not migrated.
#[derive(Debug)]
pub struct Empty {
    /// Connected to it.
    pub store: Store,
    cleanup: Cleanup,
}

#[derive(Debug)]
enum Cleanup {
    File(PathBuf),
    Database { server: String, name: String, url: String },
}

impl Empty {
    /// A new SQLite file.
    ///
    /// # Errors
    /// It cannot be made.
    pub async fn sqlite() -> Result<Self> {
        Self::sqlite_at(new_path()).await
    }

    async fn sqlite_at(path: PathBuf) -> Result<Self> {
        let store = Store::connect(&format!("sqlite://{}", path.display())).await?;
        Ok(Self { store, cleanup: Cleanup::File(path) })
    }

    /// A new database on a PostgreSQL server.
    ///
    /// # Errors
    /// It cannot be made.
    pub async fn postgres(server: &str) -> Result<Self> {
        Self::postgres_like(server, "template1").await
    }

    /// A new database on a PostgreSQL server, with what is in the database `template`.
    async fn postgres_like(server: &str, template: &str) -> Result<Self> {
        let name = new_name();
        let admin = Store::connect(server).await?;
        let create = format!("CREATE DATABASE {name} TEMPLATE {template}");
        admin.connection().execute_unprepared(&create).await?;
        admin.close().await?;
        let (base, query) = server
            .split_once('?')
            .map_or((server, String::new()), |(base, query)| (base, format!("?{query}")));
        let host = base.rsplit_once('/').map_or(base, |(host, _)| host);
        let url = format!("{host}/{name}{query}");
        let store = Store::connect(&url).await?;
        Ok(Self { store, cleanup: Cleanup::Database { server: server.to_owned(), name, url } })
    }

    /// Migrates it, and its vault: a file beside an SQLite database, tables within a PostgreSQL one.
    ///
    /// # Errors
    /// The database failed.
    pub async fn migrated(&self) -> Result<Store> {
        migrate(&self.store, None).await?;
        let keys = match &self.cleanup {
            Cleanup::File(path) => {
                Store::connect_to_vault(&format!("sqlite://{}", vault_beside(path).display())).await?
            }
            Cleanup::Database { url, .. } => Store::connect_to_vault(url).await?,
        };
        with_vault(self.store.clone(), keys).await
    }

    /// Removes it.
    ///
    /// # Errors
    /// The server cannot be reached.
    pub async fn remove(self) -> Result<()> {
        // The connections are not waited for: a failed test may have left one in the middle of something.
        match self.cleanup {
            Cleanup::File(path) => {
                for (file, end) in [&path, &vault_beside(&path)]
                    .into_iter()
                    .flat_map(|file| ["", "-wal", "-shm"].map(|end| (file, end)))
                {
                    // The write-ahead log is often gone already.
                    let _ = std::fs::remove_file(format!("{}{end}", file.display()));
                }
            }
            Cleanup::Database { server, name, .. } => {
                // Whoever was there as superuser may not be quite gone, and nobody else may send them away.
                let admin = Store::connect(&roles::superuser().unwrap_or(server)).await?;
                let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
                admin.connection().execute_unprepared(&drop).await?;
                admin.close().await?;
            }
        }
        Ok(())
    }
}

/// A store with the vault in `keys`, which is migrated; always the same root key.
///
/// # Errors
/// The database failed; the vault was made with another root key.
pub async fn with_vault(store: Store, keys: Store) -> Result<Store> {
    varsel_migrations::VaultMigrator::up(keys.connection(), None).await?;
    let roots = RootKeys::new(RootKey::new([11; 32]), Vec::new());
    let vault = Vault::open(keys, roots, Arc::new(RandomIds::from_system())).await?;
    Ok(store.with_vault(Arc::new(vault)))
}

/// The file of the vault beside a database's.
fn vault_beside(path: &Path) -> PathBuf {
    path.with_extension("keys.db")
}

fn new_path() -> PathBuf {
    std::env::temp_dir().join(format!("{}.db", new_name()))
}

fn new_name() -> String {
    format!("varsel_test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

async fn on_sqlite(test: &impl AsyncFn(Store)) {
    let empty = template::sqlite().await;
    migrated("SQLite", empty, test).await;
}

async fn on_postgres(server: &str, test: &impl AsyncFn(Store)) {
    let empty = template::postgres(server).await;
    migrated("PostgreSQL", empty, test).await;
}

async fn migrated(kind: &str, empty: Result<Empty>, test: &impl AsyncFn(Store)) {
    let database = match empty {
        Ok(database) => database,
        Err(error) => panic!("no {kind} database: {error}"),
    };
    let run = async {
        match database.migrated().await {
            Ok(store) if is_torture() => test(store).await,
            Ok(store) => {
                let ended = tokio::time::timeout(LONGEST, Box::pin(test(store))).await;
                assert!(ended.is_ok(), "it hangs: not over within {} minutes", LONGEST.as_secs() / 60);
            }
            Err(error) => panic!("{kind}: migrations: {error}"),
        }
    };
    let outcome = AssertUnwindSafe(run).catch_unwind().await;
    let removed = database.remove().await;
    if let Err(panic) = outcome {
        let _ = writeln!(std::io::stderr(), "failed on {kind}");
        resume_unwind(panic);
    }
    assert!(removed.is_ok(), "{kind}: {removed:?}");
}

/// A transaction for statements of a test's own, which sees what `scope` lets through; without one PostgreSQL shows no
/// row of an incident.
///
/// # Errors
/// The database cannot be reached.
pub async fn bare(store: &Store, scope: &Scope) -> Result<DatabaseTransaction> {
    Ok(store.begin(scope).await?.into_bare())
}

/// Has an open transaction see what `scope` lets through from now on: for tests that make a world, look at it as somebody,
/// and leave nothing behind.
///
/// # Errors
/// The database failed.
pub async fn look_as(tx: &Tx, scope: &Scope) -> Result<()> {
    if tx.is_postgres() { wall::raise(tx, scope).await } else { Ok(()) }
}

/// Migrates a database up to, and not including, the first migration whose name has `before` in it; or wholly.
///
/// # Errors
/// The database failed.
pub async fn migrate(store: &Store, before: Option<&str>) -> Result<()> {
    let all = varsel_migrations::Migrator::migrations();
    let applied = varsel_migrations::Migrator::get_applied_migrations(store.connection()).await;
    let done = applied.map_or(0, |applied| applied.len());
    let until = before.and_then(|name| all.iter().position(|it| it.name().contains(name)));
    let steps = until.map(|until| u32::try_from(until.saturating_sub(done)).unwrap_or(u32::MAX));
    varsel_migrations::Migrator::up(store.connection(), steps).await?;
    if until.is_none() { roles::believe_the_server(store).await } else { Ok(()) }
}

/// The database of a store's vault.
///
/// # Panics
/// When it was opened without.
pub fn vault_of(store: &Store) -> Store {
    match store.vault() {
        Ok(vault) => vault.store().clone(),
        Err(error) => panic!("{error}"),
    }
}

/// Creates the tables as the entities describe them: the other half of the drift test, and never done otherwise.
///
/// # Errors
/// The database failed.
pub async fn create_from_entities(store: &Store) -> Result<()> {
    let schema = sea_orm::Schema::new(store.connection().get_database_backend());
    for table in crate::entity::tables(&schema).into_iter().chain(crate::keys::tables(&schema)) {
        store.connection().execute(&table).await?;
    }
    Ok(())
}
