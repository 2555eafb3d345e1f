//! What somebody reads who has the database: every value of every table, and the bytes of an embedded one's files.

use std::fmt::Write as _;

use sea_orm::{ConnectionTrait, DatabaseTransaction, QueryResult, Statement};
use varsel_domain::authz::Scope;

use super::{bare, vault_of};
use crate::{Result, Store};

/// A value of a table, as text; bytes are in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// `table.column`.
    pub place: String,
    /// What stands there.
    pub value: String,
}

/// The columns of all tables: the database says which there are.
const OF_POSTGRES: &str =
    "SELECT c.table_name::text AS t, c.column_name::text AS c FROM information_schema.columns c
    JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
    WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'";
const OF_SQLITE: &str = "SELECT t.name AS t, c.name AS c FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table'";

/// Every value of every table of a database; not of its vault, unless that is in the same.
///
/// # Errors
/// The database failed.
pub async fn cells(store: &Store) -> Result<Vec<Cell>> {
    let tx = bare(store, &Scope::system()).await?;
    let mut cells = Vec::new();
    for column in rows(&tx, if store.is_shared() { OF_POSTGRES } else { OF_SQLITE }).await? {
        let (table, column): (String, String) = (column.try_get("", "t")?, column.try_get("", "c")?);
        let text = if store.is_shared() {
            format!("CAST(\"{column}\" AS TEXT)")
        } else {
            format!("quote(\"{column}\")")
        };
        let sql = format!("SELECT {text} AS value FROM \"{table}\" WHERE \"{column}\" IS NOT NULL");
        for row in rows(&tx, &sql).await? {
            cells.push(Cell { place: format!("{table}.{column}"), value: row.try_get("", "value")? });
        }
    }
    tx.rollback().await?;
    Ok(cells)
}

async fn rows(tx: &DatabaseTransaction, sql: &str) -> Result<Vec<QueryResult>> {
    Ok(tx.query_all_raw(Statement::from_string(tx.get_database_backend(), sql)).await?)
}

/// Where a text stands in clear: in which columns of a database and its vault, and in which of their files.
///
/// # Errors
/// The database failed.
pub async fn remains(store: &Store, text: &str) -> Result<Vec<String>> {
    let mut bytes = String::new();
    for byte in text.bytes() {
        let _ = write!(bytes, "{byte:02x}");
    }
    let mut found = Vec::new();
    for (whose, database) in [("database", store), ("vault", &vault_of(store))] {
        for Cell { place, value } in cells(database).await? {
            if value.contains(text) || value.to_lowercase().contains(&bytes) {
                found.push(place);
            }
        }
        let files = files(database, text.as_bytes()).await?;
        found.extend(files.into_iter().map(|end| format!("file of the {whose}{end}")));
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// The ends of the names of an embedded database's files that have these bytes in them.
async fn files(store: &Store, bytes: &[u8]) -> Result<Vec<&'static str>> {
    if store.is_shared() {
        return Ok(Vec::new());
    }
    let tx = bare(store, &Scope::system()).await?;
    let listed = rows(&tx, "SELECT file FROM pragma_database_list WHERE name = 'main'").await?;
    tx.rollback().await?;
    let mut found = Vec::new();
    for row in listed {
        let file: String = row.try_get("", "file")?;
        for end in ["", "-wal"] {
            // There is no write-ahead log where nothing was written since it was taken in.
            let content = std::fs::read(format!("{file}{end}")).unwrap_or_default();
            if content.windows(bytes.len()).any(|window| window == bytes) {
                found.push(end);
            }
        }
    }
    Ok(found)
}
