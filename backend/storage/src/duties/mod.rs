//! Separation of duties on PostgreSQL: one role owns the tables, another one is the server's and can only add to the log of use, a
//! third erases what has passed its deadline. [`grant`] makes it so, [`look`] says whether it is. SQLite has no roles.

mod grant;

use sea_orm::{ConnectionTrait, DatabaseBackend, FromQueryResult, Statement};

pub use grant::grant;

use crate::{Result, Store, Tx};

/// What the role at the other end of a connection could do to the log of use, beside adding to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Duties {
    /// The database is a file of the server's own process: nothing separates them.
    Embedded,
    /// The role could change or delete what was logged, or take away what guards it.
    Together {
        /// Its name.
        role: String,
        /// What it could do, in the words of PostgreSQL.
        powers: Vec<String>,
    },
    /// It can add to the log and read it, and nothing else.
    Separate {
        /// Its name.
        role: String,
    },
}

/// Tables of the log, with the one column of each that the server's role changes: the place that an entry gets once, the
/// hashes that a tile gets in addition. Triggers that the role cannot reach hold it to that.
const LOG: [(&str, Option<&str>); 5] = [
    ("access_entry", Some("position")),
    ("log_tile", Some("hashes")),
    ("log_checkpoint", None),
    ("log_erasure", None),
    ("log_erasure_note", None),
];

/// Everything that leads around the separation, for any role that this one is a member of: it might become that one.
const POWERS: &str = "WITH mine AS (SELECT oid, rolname, rolsuper, rolcreaterole FROM pg_roles \
        WHERE pg_has_role(session_user, oid, 'MEMBER')), \
    logs AS (SELECT c.oid, c.relname, c.relowner FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace \
        AND c.relname IN ('access_entry', 'log_tile', 'log_checkpoint', 'log_erasure', 'log_erasure_note')), \
    others AS (SELECT * FROM logs WHERE NOT pg_has_role(session_user, relowner, 'MEMBER')) \
    SELECT DISTINCT power FROM ( \
        SELECT 'SUPERUSER (' || rolname || ')' AS power FROM mine WHERE rolsuper \
        UNION ALL SELECT 'CREATEROLE (' || rolname || ')' FROM mine WHERE rolcreaterole \
        UNION ALL SELECT 'member of ' || rolname FROM mine WHERE rolname IN \
            ('pg_write_all_data', 'pg_write_server_files', 'pg_execute_server_program') \
        UNION ALL SELECT 'owner of the database (' || rolname || ')' FROM mine JOIN pg_database d ON d.datdba = mine.oid \
            WHERE d.datname = current_database() \
        UNION ALL SELECT 'owner of the schema (' || rolname || ')' FROM mine JOIN pg_namespace n ON n.nspowner = mine.oid \
            WHERE n.oid = current_schema()::regnamespace \
        UNION ALL SELECT 'CREATE on the schema' FROM mine \
            WHERE has_schema_privilege(mine.oid, current_schema()::regnamespace, 'CREATE') \
        UNION ALL SELECT 'owner of ' || relname || ' (' || rolname || ')' FROM logs JOIN mine ON mine.oid = relowner \
        UNION ALL SELECT 'owner of ' || proname || '() (' || rolname || ')' FROM pg_proc JOIN mine ON mine.oid = proowner \
            WHERE pronamespace = current_schema()::regnamespace AND proowner NOT IN (SELECT relowner FROM logs) \
        UNION ALL SELECT power || ' on ' || relname FROM others logs, mine, \
            unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER']) power WHERE has_table_privilege(mine.oid, logs.oid, power) \
        UNION ALL SELECT 'INSERT on ' || relname FROM others logs, mine \
            WHERE relname = 'log_erasure' AND has_table_privilege(mine.oid, logs.oid, 'INSERT') \
        UNION ALL SELECT 'UPDATE (' || attname || ') on ' || relname FROM mine, others logs JOIN pg_attribute a ON attrelid = logs.oid \
            WHERE attnum > 0 AND NOT attisdropped AND has_column_privilege(mine.oid, logs.oid, attnum, 'UPDATE') \
            AND (relname::text, attname::text) NOT IN (('access_entry', 'position'), ('log_tile', 'hashes')) \
    ) powers ORDER BY power";

#[derive(FromQueryResult)]
struct Power {
    power: String,
}

/// What the role of this transaction's connection could do to the log of use.
///
/// # Errors
/// The database failed.
pub async fn look(tx: &Tx) -> Result<Duties> {
    if !tx.is_postgres() {
        return Ok(Duties::Embedded);
    }
    let role = role_of(tx.db()).await?;
    let statement = Statement::from_string(DatabaseBackend::Postgres, POWERS);
    let powers: Vec<_> =
        Power::find_by_statement(statement).all(tx.db()).await?.into_iter().map(|it| it.power).collect();
    Ok(if powers.is_empty() { Duties::Separate { role } } else { Duties::Together { role, powers } })
}

/// The role under which a store is connected to PostgreSQL.
///
/// # Errors
/// The database failed.
pub async fn role(store: &Store) -> Result<String> {
    role_of(store.connection()).await
}

async fn role_of(connection: &impl ConnectionTrait) -> Result<String> {
    text(connection, "SELECT session_user::text AS text").await
}

/// The one text that a statement asks for.
async fn text(connection: &impl ConnectionTrait, sql: &str) -> Result<String> {
    let row = connection.query_one_raw(Statement::from_string(DatabaseBackend::Postgres, sql)).await?;
    Ok(row.map(|row| row.try_get("", "text")).transpose()?.unwrap_or_default())
}
