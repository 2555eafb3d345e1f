//! The connection and the transaction: one [`Tx`] per use case, passed down.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sea_orm::sqlx::{Connection, Executor as _};
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, Database, DatabaseBackend, DatabaseConnection,
    DatabaseTransaction, IsolationLevel, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};

use varsel_domain::authz::Scope;

use crate::keys::Vault;
use crate::{Error, Result, wall};

/// How long a writer waits for another process that holds the SQLite file, and a use case for a connection.
const PATIENCE: Duration = Duration::from_secs(10);
/// A connection that was in use so lately is not asked whether it still stands: each question is a way to the database and back.
const FRESH: Duration = Duration::from_secs(1);
/// What a transaction on PostgreSQL is where it does not say, whatever the database's settings are.
const READ_COMMITTED: &str = "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED";
/// How many read a SQLite file at once.
const READERS: u32 = 4;

/// A connection to the database; cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    connection: DatabaseConnection,
    /// SQLite: those that only read, and never wait for the one that writes.
    readers: Option<DatabaseConnection>,
    vault: Option<Arc<Vault>>,
}

impl Store {
    /// Connects to `sqlite://path/to/file.db` (made when it is not there) or `postgres://...`.
    ///
    /// # Errors
    /// The database cannot be reached or opened.
    pub async fn connect(url: &str) -> Result<Self> {
        Self::connect_with(url, 20).await
    }

    /// As [`connect`](Self::connect), for a vault: it is asked for little, and never by way of the connections of the data, which
    /// wait for it.
    ///
    /// # Errors
    /// The database cannot be reached or opened.
    pub async fn connect_to_vault(url: &str) -> Result<Self> {
        Self::connect_with(url, 4).await
    }

    async fn connect_with(url: &str, connections: u32) -> Result<Self> {
        let is_file = url.starts_with("sqlite:");
        if is_file {
            make_parent_of(url)?;
        }
        // One connection writes: SQLite has one writer anyway, and a queue of waiting tasks is fairer than busy retries.
        let writers = options(url, if is_file { 1 } else { connections }, durable);
        let connection = Database::connect(writers).await?;
        let readers = if is_file && !url.contains(":memory:") {
            Some(Database::connect(options(url, READERS, reading)).await?)
        } else {
            None
        };
        Ok(Self { connection, readers, vault: None })
    }

    /// With the keys of what is sealed in it.
    #[must_use]
    pub fn with_vault(self, vault: Arc<Vault>) -> Self {
        Self { vault: Some(vault), ..self }
    }

    /// With the keys of another one, of which this is a copy.
    #[cfg(feature = "testing")]
    #[must_use]
    pub fn with_vault_of(self, other: &Self) -> Self {
        Self { vault: other.vault.clone(), ..self }
    }

    /// The keys of what is sealed in it.
    ///
    /// # Errors
    /// [`Error::NoVault`] where it was opened without.
    pub fn vault(&self) -> Result<&Vault> {
        self.vault.as_deref().ok_or(Error::NoVault)
    }

    /// The connection, for the migrator and the readiness probe only.
    pub fn connection(&self) -> &DatabaseConnection {
        &self.connection
    }

    /// Closes every connection, so that the file of an embedded database is whole by itself.
    ///
    /// # Errors
    /// The database failed.
    pub async fn close(&self) -> Result<()> {
        if let Some(readers) = &self.readers {
            readers.clone().close().await?;
        }
        Ok(self.connection.clone().close().await?)
    }

    /// Whether other servers may write to the same database: PostgreSQL is shared, the embedded one is not.
    pub fn is_shared(&self) -> bool {
        self.connection.get_database_backend() == DatabaseBackend::Postgres
    }

    /// Begins a transaction that sees what `scope` lets through; on SQLite it is the writer from its first moment, so it
    /// never fails halfway. PostgreSQL itself shows it no incident beyond the scope, whatever the queries say.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn begin(&self, scope: &Scope) -> Result<Tx> {
        self.begin_at(IsolationLevel::ReadCommitted, scope).await
    }

    /// As [`begin`](Self::begin), and all its reads see the same moment; it may still append to the access log.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn begin_snapshot(&self, scope: &Scope) -> Result<Tx> {
        self.begin_at(IsolationLevel::RepeatableRead, scope).await
    }

    /// As [`begin_snapshot`](Self::begin_snapshot), for what only reads: the database refuses it to write. On SQLite it waits for no
    /// writer.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn begin_reading(&self, scope: &Scope) -> Result<Tx> {
        let inner = if let Some(readers) = &self.readers {
            readers.begin().await?
        } else {
            let options = TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                ..TransactionOptions::default()
            };
            self.connection.begin_with_options(options).await?
        };
        self.walled(inner, scope).await
    }

    async fn begin_at(&self, level: IsolationLevel, scope: &Scope) -> Result<Tx> {
        let options = match self.connection.get_database_backend() {
            DatabaseBackend::Sqlite => TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..TransactionOptions::default()
            },
            // Each connection begins so by itself, see `options`.
            _ if level == IsolationLevel::ReadCommitted => TransactionOptions::default(),
            _ => TransactionOptions { isolation_level: Some(level), ..TransactionOptions::default() },
        };
        let inner = self.connection.begin_with_options(options).await?;
        self.walled(inner, scope).await
    }

    async fn walled(&self, inner: DatabaseTransaction, scope: &Scope) -> Result<Tx> {
        let tx = Tx { inner, vault: self.vault.clone() };
        if tx.is_postgres() {
            wall::raise(&tx, scope).await?;
        }
        Ok(tx)
    }
}

fn options(
    url: &str,
    connections: u32,
    sqlite: impl Fn(SqliteConnectOptions) -> SqliteConnectOptions + Send + Sync + 'static,
) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options.sqlx_logging(false).record_stmt_in_spans(false).acquire_timeout(PATIENCE);
    // What would look for old connections goes by a count of idle ones that can be wrong for a moment, and then never ends, with a
    // whole core (sqlx 0.9.0). A connection that broke is noticed when it is asked for.
    options.idle_timeout(None).max_lifetime(None).test_before_acquire_if_idle_for(FRESH);
    options.map_sqlx_postgres_pool_opts(|pool| {
        pool.after_connect(|connection, _| {
            Box::pin(async move { connection.execute(READ_COMMITTED).await.map(|_| ()) })
        })
    });
    options.max_connections(connections).map_sqlx_sqlite_opts(sqlite).map_sqlx_sqlite_before_acquire(
        |connection, _| Box::pin(std::future::ready(Ok(is_at_rest(connection)))),
    );
    options
}

/// A connection that changes nothing.
fn reading(options: SqliteConnectOptions) -> SqliteConnectOptions {
    durable(options).create_if_missing(false).pragma("query_only", "ON")
}

/// Every commit is on disk before it is answered, another process may read meanwhile, and what is deleted is overwritten.
fn durable(options: SqliteConnectOptions) -> SqliteConnectOptions {
    options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .pragma("secure_delete", "ON")
        .busy_timeout(PATIENCE)
}

/// Whether no transaction was left open. On a full disk neither COMMIT nor ROLLBACK may end one; what came after it would be part of
/// it, acknowledged, and gone with the connection. Such a connection is closed and another opened.
fn is_at_rest(connection: &SqliteConnection) -> bool {
    !connection.is_in_transaction()
}

fn make_parent_of(url: &str) -> Result<()> {
    let path = url.trim_start_matches("sqlite:").trim_start_matches("//");
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    match Path::new(path).parent() {
        Some(parent) if !parent.as_os_str().is_empty() && path != ":memory:" => {
            std::fs::create_dir_all(parent)
                .map_err(|error| Error::Address(format!("{}: {error}", parent.display())))
        }
        _ => Ok(()),
    }
}

/// An open transaction. What was done in it is undone unless it is committed.
#[derive(Debug)]
pub struct Tx {
    inner: DatabaseTransaction,
    vault: Option<Arc<Vault>>,
}

impl Tx {
    /// Makes everything done in it lasting, at once.
    ///
    /// # Errors
    /// The database could not; then nothing was done.
    pub async fn commit(self) -> Result<()> {
        Ok(self.inner.commit().await?)
    }

    /// For tests, which run statements of their own.
    #[cfg(feature = "testing")]
    pub(crate) fn into_bare(self) -> DatabaseTransaction {
        self.inner
    }

    /// The keys of what is sealed.
    pub(crate) fn vault(&self) -> Result<&Vault> {
        self.vault.as_deref().ok_or(Error::NoVault)
    }

    pub(crate) fn db(&self) -> &DatabaseTransaction {
        &self.inner
    }

    /// Whether several transactions can write at the same time.
    pub(crate) fn is_postgres(&self) -> bool {
        self.inner.get_database_backend() == DatabaseBackend::Postgres
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// See [`options`]: a task that looks for old connections may never end.
    #[test]
    fn no_pool_looks_for_old_connections() {
        let pool = options("sqlite::memory:", 1, durable);
        assert_eq!((pool.get_idle_timeout(), pool.get_max_lifetime()), (Some(None), Some(None)));
    }
}
