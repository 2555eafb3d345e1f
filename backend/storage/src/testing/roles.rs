//! The roles that `scripts/with-postgres.sh` makes, for tests of what each of them may do.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseBackend, Statement};

use super::postgres_server;
use crate::{Error, Result, Store, duties};

/// The server's role where duties are separate.
pub const SERVER: &str = "varsel_server";
/// The role that erases what has passed its deadline.
pub const ERASER: &str = "varsel_eraser";
/// A role that reads everything, as backups do.
pub const BACKUP: &str = "varsel_backup";

/// The clock of a test stands still, and PostgreSQL erases by its own: there, the server is believed.
pub(super) async fn believe_the_server(store: &Store) -> Result<()> {
    erase_by(store, "claimed").await
}

/// Has PostgreSQL erase by this clock, whatever the server claims.
///
/// # Errors
/// The database failed.
pub async fn erase_by_clock(store: &Store, now: DateTime<Utc>) -> Result<()> {
    erase_by(store, &format!("'{}'::timestamptz", now.to_rfc3339())).await
}

/// Has PostgreSQL erase by its own clock, as every installation does.
///
/// # Errors
/// The database failed.
pub async fn erase_by_real_clock(store: &Store) -> Result<()> {
    if store.is_shared() {
        store.connection().execute_unprepared(varsel_migrations::CLOCK_OF_ERASURE).await?;
    }
    Ok(())
}

async fn erase_by(store: &Store, clock: &str) -> Result<()> {
    if store.is_shared() {
        let sql = format!(
            "CREATE OR REPLACE FUNCTION time_of_erasure(claimed timestamptz) RETURNS timestamptz LANGUAGE sql VOLATILE \
             AS $$ SELECT {clock} $$"
        );
        store.connection().execute_unprepared(&sql).await?;
    }
    Ok(())
}

/// The same database with duties separated, as its server sees it; SQLite as it is.
///
/// # Errors
/// The roles are not there; the database failed.
pub async fn as_server(owner: &Store) -> Result<Store> {
    if !owner.is_shared() {
        return Ok(owner.clone());
    }
    duties::grant(owner, SERVER, ERASER).await?;
    Ok(as_role(owner, SERVER).await?.with_vault_of(owner))
}

/// The same PostgreSQL database, for another role of the tests' server.
///
/// # Errors
/// It does not answer.
pub async fn as_role(store: &Store, role: &str) -> Result<Store> {
    let Some(server) = postgres_server() else { return Err(no_server()) };
    let (scheme, rest) = server.split_once("://").ok_or_else(no_server)?;
    let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    at(store, &format!("{scheme}://{role}@{host}")).await
}

/// The same PostgreSQL database, for its superuser; none where no superuser is named, and with SQLite.
///
/// # Errors
/// It does not answer.
pub async fn as_superuser(store: &Store) -> Result<Option<Store>> {
    match superuser() {
        Some(url) if store.is_shared() => at(store, &url).await.map(Some),
        _ => Ok(None),
    }
}

/// Where the superuser of the tests' server is; none where none is named.
#[expect(clippy::disallowed_methods, reason = "tests have no configuration file")]
pub(super) fn superuser() -> Option<String> {
    std::env::var("VARSEL_TEST_POSTGRES_SUPERUSER_URL").ok()
}

/// A server's address, with the database of `store`.
async fn at(store: &Store, server: &str) -> Result<Store> {
    let sql = "SELECT current_database()::text AS name";
    let row =
        store.connection().query_one_raw(Statement::from_string(DatabaseBackend::Postgres, sql)).await?;
    let name: String = row.ok_or_else(no_server)?.try_get("", "name")?;
    let (base, query) =
        server.split_once('?').map_or((server, String::new()), |(base, query)| (base, format!("?{query}")));
    let host = base.rsplit_once('/').map_or(base, |(host, _)| host);
    Store::connect(&format!("{host}/{name}{query}")).await
}

fn no_server() -> Error {
    Error::Address("VARSEL_TEST_POSTGRES_URL names no server".to_owned())
}
