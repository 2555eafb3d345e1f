//! Who may do what with which table.

use sea_orm::{
    ConnectionTrait, DatabaseBackend, DatabaseTransaction, FromQueryResult, Statement, TransactionTrait,
};

use super::{LOG, role_of, text};
use crate::{Error, Result, Store};

/// What the function of the erasure is called, as it is written in a statement.
const ERASE: &str = "erase_due_uses(timestamptz, timestamptz, bigint)";

/// What is there: tables, sequences, and whose they are.
#[derive(FromQueryResult)]
struct Relation {
    name: String,
    is_sequence: bool,
    is_own: bool,
}

const RELATIONS: &str = "SELECT c.relname::text AS name, c.relkind = 'S' AS is_sequence, \
    pg_has_role(c.relowner, 'USAGE') AS is_own FROM pg_class c \
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'S') ORDER BY 1";

/// Gives the role `server` what a server needs, and no more of the log of use than to add to it and to read it; gives the
/// erasure to the role `eraser`. Done by the owner of the tables, after every migration: what is there already stays as it is.
///
/// # Errors
/// [`Error::Roles`] says which role is missing, or what the owner lacks, and how to give it; the database failed.
pub async fn grant(store: &Store, server: &str, eraser: &str) -> Result<()> {
    let tx = store.connection().begin().await?;
    let owner = role_of(&tx).await?;
    check(&tx, (&owner, server, eraser)).await?;
    let relations = relations(&tx, &owner).await?;
    let schema = quoted(&text(&tx, "SELECT current_schema()::text AS text").await?);
    let statements = statements(&relations, &schema, (&quoted(server), &quoted(eraser)));
    tx.execute_unprepared(&statements.join("; ")).await?;
    give_away(&tx, &schema, (&owner, server, eraser)).await?;
    Ok(tx.commit().await?)
}

/// Makes sure that there are three roles, and that the owner may act for the eraser.
async fn check(tx: &DatabaseTransaction, (owner, server, eraser): (&str, &str, &str)) -> Result<()> {
    if owner == server || owner == eraser || server == eraser {
        let problem = format!(
            "the owner of the tables is \"{owner}\", the server's role \"{server}\" and the eraser \"{eraser}\": these must be \
             three roles (database.owner_url, database.url, database.eraser_role)"
        );
        return Err(Error::Roles(problem));
    }
    let is_there = format!("SELECT count(*)::text AS text FROM pg_roles WHERE rolname = {}", literal(eraser));
    if text(tx, &is_there).await? == "0" {
        let (role, owner) = (quoted(eraser), quoted(owner));
        let problem = format!(
            "there is no role \"{eraser}\" to erase what has passed its deadline (database.eraser_role); as a superuser: CREATE \
             ROLE {role} NOLOGIN; GRANT {role} TO {owner}"
        );
        return Err(Error::Roles(problem));
    }
    let acts_for = format!("SELECT pg_has_role({}, 'MEMBER')::text AS text", literal(eraser));
    if text(tx, &acts_for).await? != "true" {
        let problem = format!(
            "\"{owner}\" may not give anything to \"{eraser}\"; as a superuser: GRANT {} TO {}",
            quoted(eraser),
            quoted(owner)
        );
        return Err(Error::Roles(problem));
    }
    Ok(())
}

async fn relations(tx: &DatabaseTransaction, owner: &str) -> Result<Vec<Relation>> {
    let statement = Statement::from_string(DatabaseBackend::Postgres, RELATIONS);
    let all = Relation::find_by_statement(statement).all(tx).await?;
    // What others keep in the same schema is none of ours.
    let foreign = |it: &&Relation| !it.is_own && LOG.iter().any(|(table, _)| *table == it.name);
    if let Some(foreign) = all.iter().find(foreign) {
        let problem = format!(
            "{} does not belong to \"{owner}\"; as a superuser, in this database: REASSIGN OWNED BY, from the role that has \
             migrated so far, TO {} (docs/deployment.md)",
            foreign.name,
            quoted(owner)
        );
        return Err(Error::Roles(problem));
    }
    Ok(all.into_iter().filter(|it| it.is_own).collect())
}

/// Everything is taken first, so that what an older version or a hand gave does not stay.
fn statements(relations: &[Relation], schema: &str, (server, eraser): (&str, &str)) -> Vec<String> {
    let mut all = vec![
        format!("REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC, {server}"),
        format!("GRANT USAGE ON SCHEMA {schema} TO {server}, {eraser}"),
    ];
    for Relation { name, is_sequence, .. } in relations {
        let (kind, table) = (if *is_sequence { "SEQUENCE" } else { "TABLE" }, quoted(name));
        all.push(format!("REVOKE ALL ON {kind} {table} FROM PUBLIC, {server}, {eraser}"));
        all.push(format!("GRANT {} ON {kind} {table} TO {server}", rights(name, *is_sequence)));
    }
    for (table, column) in LOG {
        all.extend(column.map(|column| format!("GRANT UPDATE ({column}) ON {table} TO {server}")));
    }
    all.extend([
        format!("GRANT SELECT, DELETE ON access_entry TO {eraser}"),
        format!("GRANT SELECT, INSERT, UPDATE ON log_erasure TO {eraser}"),
        format!("GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {eraser}"),
        format!("GRANT SELECT ON legal_hold, use_hold TO {eraser}"),
    ]);
    all
}

/// What the server's role may do with a table or sequence.
fn rights(name: &str, is_sequence: bool) -> &'static str {
    match name {
        _ if is_sequence => "USAGE",
        "access_entry" | "log_tile" | "log_checkpoint" | "log_erasure_note" => "SELECT, INSERT",
        "log_erasure" | "seaql_migrations" | "vault_migrations" => "SELECT",
        "log_witness" => "SELECT, INSERT, UPDATE",
        _ => "SELECT, INSERT, UPDATE, DELETE",
    }
}

/// The function of the erasure works with the rights of its owner: the eraser, who can do nothing else and signs in nowhere.
async fn give_away(
    tx: &DatabaseTransaction,
    schema: &str,
    (owner, server, eraser): (&str, &str, &str),
) -> Result<()> {
    let (to, by) = (quoted(server), quoted(eraser));
    // Whoever is to own a function must be one who may make it, for that moment.
    tx.execute_unprepared(&format!("GRANT CREATE ON SCHEMA {schema} TO {by}")).await?;
    let may = format!(
        "SELECT has_schema_privilege({}, current_schema()::regnamespace, 'CREATE')::text AS text",
        literal(eraser)
    );
    if text(tx, &may).await? != "true" {
        let problem = format!(
            "\"{owner}\" does not own the schema {schema}; as a superuser, in this database: ALTER SCHEMA {schema} OWNER TO {}",
            quoted(owner)
        );
        return Err(Error::Roles(problem));
    }
    tx.execute_unprepared(&format!(
        "ALTER FUNCTION {ERASE} OWNER TO {by}; REVOKE CREATE ON SCHEMA {schema} FROM {by}; SET LOCAL ROLE {by}; \
         REVOKE ALL ON FUNCTION {ERASE} FROM PUBLIC; GRANT EXECUTE ON FUNCTION {ERASE} TO {to}; RESET ROLE"
    ))
    .await?;
    Ok(())
}

/// A name as it is written in a statement.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A text as it is written in a statement.
fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
