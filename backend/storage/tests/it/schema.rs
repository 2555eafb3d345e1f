//! The schema as the migrations make it: entities agree with it, and rules about it hold.

use std::collections::BTreeMap;

use sea_orm::{DatabaseBackend, FromQueryResult, Statement};
use varsel_storage::testing::{Empty, on_each_database, postgres_server};
use varsel_storage::{Store, testing};

#[derive(Debug, FromQueryResult)]
struct Described {
    table_name: String,
    column_name: String,
    data_type: String,
    nullable: bool,
}

const SQLITE_COLUMNS: &str = "SELECT t.name AS table_name, c.name AS column_name, lower(c.type) AS data_type, \
    c.\"notnull\" = 0 AND c.pk = 0 AS nullable \
    FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' ORDER BY 1, 2";
const POSTGRES_COLUMNS: &str = "SELECT table_name::text, column_name::text, data_type::text, \
    is_nullable = 'YES' AS nullable FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2";

/// `table.column` -> type and nullability, of our own tables.
async fn columns(store: &Store) -> BTreeMap<String, String> {
    let backend = store.connection().get_database_backend();
    let sql = if backend == DatabaseBackend::Sqlite { SQLITE_COLUMNS } else { POSTGRES_COLUMNS };
    let rows =
        Described::find_by_statement(Statement::from_string(backend, sql)).all(store.connection()).await;
    // `units` is for the policies of PostgreSQL alone, which also keeps it.
    let own = |row: &Described| {
        !row.table_name.starts_with("sqlite_")
            && !["seaql_migrations", "vault_migrations"].contains(&row.table_name.as_str())
            && (row.table_name.as_str(), row.column_name.as_str()) != ("incident", "units")
    };
    let named = |row: Described| {
        let null = if row.nullable { "null" } else { "not null" };
        (format!("{}.{}", row.table_name, row.column_name), format!("{} {null}", row.data_type))
    };
    rows.unwrap().into_iter().filter(own).map(named).collect()
}

async fn entities_agree_with_the_migrations_on(entities: Empty, migrated: &Store) {
    testing::create_from_entities(&entities.store).await.unwrap();
    let of_entities = columns(&entities.store).await;
    let mut of_migrations = columns(migrated).await;
    // With PostgreSQL they are there already: a test keeps its vault in the same database.
    of_migrations.extend(columns(&testing::vault_of(migrated)).await);
    entities.remove().await.unwrap();
    assert!(of_migrations.len() > 80, "the catalogue query found only {}", of_migrations.len());
    assert_eq!(of_entities, of_migrations);
}

#[tokio::test]
async fn entities_and_migrations_agree() {
    on_each_database(async |migrated| {
        let empty = match migrated.connection().get_database_backend() {
            DatabaseBackend::Sqlite => Empty::sqlite().await,
            _ => Empty::postgres(&postgres_server().unwrap()).await,
        };
        entities_agree_with_the_migrations_on(empty.unwrap(), &migrated).await;
    })
    .await;
}

#[derive(Debug, FromQueryResult)]
struct Indexed {
    table_name: String,
    column_name: String,
}

/// First columns of indexes and primary keys.
const SQLITE_FIRST: &str = "SELECT t.name AS table_name, c.name AS column_name FROM sqlite_schema t \
    JOIN pragma_index_list(t.name) i JOIN pragma_index_info(i.name) c WHERE t.type = 'table' AND c.seqno = 0";
const POSTGRES_FIRST: &str = "SELECT t.relname::text AS table_name, a.attname::text AS column_name \
    FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace \
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = i.indkey[0] WHERE n.nspname = 'public'";

#[tokio::test]
async fn every_reference_to_another_row_begins_an_index() {
    on_each_database(async |store| {
        let backend = store.connection().get_database_backend();
        let sql = if backend == DatabaseBackend::Sqlite { SQLITE_FIRST } else { POSTGRES_FIRST };
        let rows =
            Indexed::find_by_statement(Statement::from_string(backend, sql)).all(store.connection()).await;
        let indexed: Vec<_> =
            rows.unwrap().into_iter().map(|it| format!("{}.{}", it.table_name, it.column_name)).collect();
        let references: Vec<_> = columns(&store)
            .await
            .into_keys()
            .filter(|column| column.ends_with("_id") && !column.ends_with("request_id"))
            .collect();
        assert!(references.len() >= 12, "{references:?}");
        let lacking: Vec<_> = references.into_iter().filter(|column| !indexed.contains(column)).collect();
        assert_eq!(lacking, Vec::<String>::new(), "no index begins with these");
    })
    .await;
}

/// The log is long, and little of it is due.
#[tokio::test]
async fn an_erasure_looks_for_what_is_due_by_its_time() {
    on_each_database(async |store| {
        if store.is_shared() {
            return;
        }
        let plan = testing::plan_of_erasure(&store, chrono::DateTime::UNIX_EPOCH).await.unwrap();
        assert!(plan.iter().any(|step| step.contains("access_entry_at (at<?)")), "{plan:#?}");
        assert!(!plan.iter().any(|step| step.starts_with("SCAN access_entry")), "{plan:#?}");
    })
    .await;
}

/// `table.column` -> whether the manual says that it is sealed.
fn explained() -> BTreeMap<String, bool> {
    let text = include_str!("../../../../docs/keys.md");
    let (_, after) = text.split_once("## What is sealed").unwrap();
    let (section, _) = after.split_once("\n## ").unwrap();
    let mut columns = BTreeMap::new();
    for row in section.lines().filter_map(|line| line.strip_prefix("| `")) {
        let cells: Vec<_> = row.split(" | ").collect();
        let table = cells[0].trim_end_matches('`');
        for (cell, sealed) in [(cells[1], true), (cells[2], false)] {
            for column in cell.split('`').skip(1).step_by(2) {
                assert!(
                    columns.insert(format!("{table}.{column}"), sealed).is_none(),
                    "{table}.{column} twice"
                );
            }
        }
    }
    columns
}

#[tokio::test]
async fn the_manual_says_of_every_column_whether_it_is_sealed() {
    on_each_database(async |store| {
        let mut there = columns(&store).await;
        there.extend(columns(&testing::vault_of(&store)).await);
        let explained = explained();
        let there: Vec<_> = there.keys().collect();
        assert_eq!(explained.keys().collect::<Vec<_>>(), there, "docs/keys.md, What is sealed");
        // What is searched has an index, and what is sealed has none.
        let backend = store.connection().get_database_backend();
        let sql = if backend == DatabaseBackend::Sqlite { SQLITE_FIRST } else { POSTGRES_FIRST };
        let rows =
            Indexed::find_by_statement(Statement::from_string(backend, sql)).all(store.connection()).await;
        for it in rows.unwrap() {
            let column = format!("{}.{}", it.table_name, it.column_name);
            assert_ne!(explained.get(&column), Some(&true), "{column} is sealed and has an index");
        }
    })
    .await;
}
