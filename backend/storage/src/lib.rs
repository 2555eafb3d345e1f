//! Rows, queries and transactions on SQLite and PostgreSQL; the outbox, the change feed and the access log.
//!
//! It knows no rule of the business and no HTTP.

/// A connection to the database; cheap to clone.
#[derive(Debug, Clone)]
pub struct Store;

/// Storage failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database answered with an error.
    #[error("database: {0}")]
    Database(#[from] sea_orm::DbErr),
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
}

impl Store {
    /// Connects to `sqlite://path/to/file.db` or `postgres://...`.
    ///
    /// # Errors
    /// The database cannot be reached or opened.
    pub async fn connect(url: &str) -> Result<Self, Error> {
        let _ = url;
        unimplemented!()
    }

    /// The connection, for the migrator and the readiness probe only.
    pub fn connection(&self) -> &sea_orm::DatabaseConnection {
        unimplemented!()
    }
}
