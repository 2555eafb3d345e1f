//! How storage fails.

use std::borrow::Cow;

use sea_orm::error::ConnAcquireErr;
use sea_orm::sqlx::error::DatabaseError;
use sea_orm::{DbErr, RuntimeErr, SqlErr};

use crate::keys::SealError;

/// Storage failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database answered with an error.
    #[error("database: {0}")]
    Database(#[from] DbErr),
    /// A row with the same unique key is there already: somebody else was faster.
    #[error("{table}: already there")]
    AlreadyExists {
        /// Table.
        table: &'static str,
    },
    /// A stored row that cannot be read.
    #[error("{table} {id}: {problem}")]
    UnreadableRow {
        /// Table.
        table: &'static str,
        /// Row.
        id: String,
        /// What is wrong with it.
        problem: String,
    },
    /// A use could not be written into the log of use: then nothing may be shown.
    #[error("the log of use cannot be written: {0}")]
    NotLogged(#[source] Box<Self>),
    /// The database took fewer rows than it was given, and said nothing.
    #[error(
        "{table}: {taken} of {written} rows were taken; a trigger or a rule of the database swallows the others"
    )]
    Swallowed {
        /// Table.
        table: &'static str,
        /// How many rows it was given.
        written: usize,
        /// How many it took.
        taken: u64,
    },
    /// The database does not bind this role to what a transaction may see.
    #[error(
        "the role \"{role}\" is a superuser or has BYPASSRLS, so that PostgreSQL would show it every incident whoever asks; \
         take that away (ALTER ROLE \"{role}\" NOSUPERUSER NOBYPASSRLS), or connect as a role without it that owns the tables"
    )]
    RolePassesWalls {
        /// Role.
        role: String,
    },
    /// The roles of PostgreSQL are not as the separation of duties needs them; the way out.
    #[error("{0}")]
    Roles(String),
    /// A sealed value does not open.
    #[error("{table}.{column}, row {row}: {problem}")]
    Sealed {
        /// Table.
        table: String,
        /// Column.
        column: String,
        /// Row.
        row: String,
        /// Why.
        problem: SealError,
    },
    /// The vault holds keys that no root key of the settings unwraps.
    #[error(
        "the vault holds keys that were wrapped by the root key {}, and the one given is {given}: give that one as keys.root, \
         or among keys.retired. Nothing was changed",
        missing.join(", ")
    )]
    RootMissing {
        /// Names of those that are missing.
        missing: Vec<String>,
        /// Name of the one that wraps.
        given: String,
    },
    /// An incident that has never had a key in this vault.
    #[error(
        "the vault has no key of the incident {incident}, so that what was written about it cannot be read: is it the vault of \
         this database (keys.database), and as new as it? Nothing was changed"
    )]
    KeyMissing {
        /// Id of the incident.
        incident: String,
    },
    /// A key whose wrapping key is not there.
    #[error("the vault has lost the key {name}, which wraps others: restore the newest backup of the vault")]
    OwnerKeyMissing {
        /// Its name.
        name: String,
    },
    /// Sealed values were wanted, and the store was opened without its vault.
    #[error("the database was opened without its keys")]
    NoVault,
    /// The address of the database cannot be used.
    #[error("database address: {0}")]
    Address(String),
}

/// How SQLite says that there is no room, and that its file may not be written; how PostgreSQL says the former.
const FULL: [&str; 3] = ["13", "8", "53100"];
/// How SQLite says that another process holds the file; how PostgreSQL says that it takes no more connections, and that a lock was not
/// to be had in time.
const BUSY: [&str; 3] = ["5", "53300", "55P03"];
/// How PostgreSQL says that a snapshot is older than what somebody else has changed.
const OVERTAKEN: &str = "40001";

impl Error {
    /// Whether there was no room for what was to be written. Then certainly nothing of the transaction was, and all goes on by
    /// itself once there is room again.
    pub fn is_full(&self) -> bool {
        if let Self::NotLogged(cause) = self {
            return cause.is_full();
        }
        self.code().is_some_and(|code| FULL.contains(&code.as_ref()))
    }

    /// Whether the database had no connection or lock for it in time: too much is asked of it, or it is being restarted. All goes on by
    /// itself.
    pub fn is_busy(&self) -> bool {
        match self {
            Self::NotLogged(cause) => cause.is_busy(),
            Self::Database(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)) => true,
            _ => self.code().is_some_and(|code| BUSY.contains(&code.as_ref())),
        }
    }

    /// Whether somebody else changed the same rows after this transaction's snapshot was taken: nothing of it was written, and a new
    /// one sees what they did.
    pub fn is_overtaken(&self) -> bool {
        self.code().is_some_and(|code| code == OVERTAKEN)
    }

    /// What the database calls its error: SQLSTATE, or SQLite's result code.
    fn code(&self) -> Option<Cow<'_, str>> {
        let Self::Database(
            DbErr::Exec(RuntimeErr::SqlxError(cause))
            | DbErr::Query(RuntimeErr::SqlxError(cause))
            | DbErr::Conn(RuntimeErr::SqlxError(cause)),
        ) = self
        else {
            return None;
        };
        cause.as_database_error().and_then(DatabaseError::code)
    }

    /// This, as the reason for which a use could not be logged.
    pub(crate) fn not_logged(self) -> Self {
        Self::NotLogged(Box::new(self))
    }

    /// Tells a broken unique key of `table` from every other failure of an insert.
    pub(crate) fn inserting(table: &'static str) -> impl FnOnce(DbErr) -> Self {
        move |error| match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Self::AlreadyExists { table },
            _ => Self::Database(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use sea_orm::{ConnectOptions, Database, TransactionTrait};

    use super::*;

    #[tokio::test]
    async fn who_gets_no_connection_in_time_is_told_that_the_database_is_busy() {
        let mut options = ConnectOptions::new("sqlite::memory:");
        options.max_connections(1).acquire_timeout(Duration::from_millis(50)).test_before_acquire(false);
        let database = Database::connect(options).await.unwrap();
        let held = database.begin().await.unwrap();
        let late = Error::from(database.begin().await.unwrap_err());
        assert!(late.is_busy() && !late.is_full() && !late.is_overtaken(), "{late:?}");
        assert!(late.not_logged().is_busy(), "whatever it was for");
        held.rollback().await.unwrap();
        database.begin().await.unwrap();
    }
}
