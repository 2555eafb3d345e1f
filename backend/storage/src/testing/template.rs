//! One migrated database of each kind, made once by each process that tests: a copy of it takes a fraction of the time.

use std::path::Path;

use tokio::sync::OnceCell;

use super::{Cleanup, Empty, vault_beside};
use crate::{Error, Result};

/// The two files of an SQLite database that was migrated: its own and its vault's.
static FILES: OnceCell<[Vec<u8>; 2]> = OnceCell::const_new();
/// A PostgreSQL database that was migrated, by name. It stays on the server when the process ends.
static DATABASE: OnceCell<String> = OnceCell::const_new();

/// A new SQLite file and its vault's, both migrated.
///
/// # Errors
/// They cannot be made.
pub(super) async fn sqlite() -> Result<Empty> {
    let files = FILES.get_or_try_init(|| Box::pin(migrated_files())).await?;
    let path = super::new_path();
    for (file, content) in [&path, &vault_beside(&path)].into_iter().zip(files) {
        std::fs::write(file, content).map_err(|error| unusable(file, &error))?;
    }
    Empty::sqlite_at(path).await
}

async fn migrated_files() -> Result<[Vec<u8>; 2]> {
    let empty = Empty::sqlite().await?;
    close(&empty).await?;
    let Cleanup::File(path) = &empty.cleanup else { return Err(Error::Address("not a file".to_owned())) };
    let read = |file: &Path| std::fs::read(file).map_err(|error| unusable(file, &error));
    let files = [read(path)?, read(&vault_beside(path))?];
    empty.remove().await?;
    Ok(files)
}

/// A new, migrated database on a PostgreSQL server.
///
/// # Errors
/// It cannot be made.
pub(super) async fn postgres(server: &str) -> Result<Empty> {
    let template = DATABASE.get_or_try_init(|| Box::pin(migrated_database(server))).await?;
    Empty::postgres_like(server, template).await
}

async fn migrated_database(server: &str) -> Result<String> {
    let empty = Empty::postgres(server).await?;
    close(&empty).await?;
    match empty.cleanup {
        Cleanup::Database { name, .. } => Ok(name),
        Cleanup::File(_) => Err(Error::Address(server.to_owned())),
    }
}

/// Migrates it and closes every connection to it: PostgreSQL copies no database that somebody uses, and a file is whole only then.
async fn close(empty: &Empty) -> Result<()> {
    super::vault_of(&empty.migrated().await?).close().await?;
    empty.store.close().await
}

fn unusable(file: &Path, error: &std::io::Error) -> Error {
    Error::Address(format!("{}: {error}", file.display()))
}
