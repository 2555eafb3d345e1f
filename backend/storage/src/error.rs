//! How storage fails.

use sea_orm::sqlx::error::DatabaseError;
use sea_orm::{DbErr, RuntimeErr, SqlErr};

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
    /// The database does not bind this role to what a transaction may see.
    #[error(
        "the role \"{role}\" is a superuser or has BYPASSRLS, so that PostgreSQL would show it every incident whoever asks; \
         take that away (ALTER ROLE \"{role}\" NOSUPERUSER NOBYPASSRLS), or connect as a role without it that owns the tables"
    )]
    RolePassesWalls {
        /// Role.
        role: String,
    },
    /// The address of the database cannot be used.
    #[error("database address: {0}")]
    Address(String),
}

/// How SQLite says that there is no room, and that its file may not be written; how PostgreSQL says the former.
const FULL: [&str; 3] = ["13", "8", "53100"];

impl Error {
    /// Whether there was no room for what was to be written. Then certainly nothing of the transaction was, and all goes on by
    /// itself once there is room again.
    pub fn is_full(&self) -> bool {
        let Self::Database(
            DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause)),
        ) = self
        else {
            return false;
        };
        let code = cause.as_database_error().and_then(DatabaseError::code);
        code.is_some_and(|code| FULL.contains(&code.as_ref()))
    }

    /// Tells a broken unique key of `table` from every other failure of an insert.
    pub(crate) fn inserting(table: &'static str) -> impl FnOnce(DbErr) -> Self {
        move |error| match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Self::AlreadyExists { table },
            _ => Self::Database(error),
        }
    }
}
