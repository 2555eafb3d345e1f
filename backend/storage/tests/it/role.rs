//! The server's role in the database must be one that row-level security binds.

use sea_orm::{ConnectionTrait, DatabaseBackend, Statement};
use varsel_storage::testing::{on_each_database, postgres_server};
use varsel_storage::{Error, Store, wall};

#[tokio::test]
async fn a_role_that_passes_walls_is_refused_with_the_way_out() {
    let Some(_) = postgres_server() else { return };
    #[expect(clippy::disallowed_methods, reason = "tests have no configuration file")]
    let url = std::env::var("VARSEL_TEST_POSTGRES_SUPERUSER_URL");
    let Ok(url) = url else { return };
    let store = Store::connect(&url).await.unwrap();
    let refused = wall::check_role(&store).await.unwrap_err();
    assert!(matches!(refused, Error::RolePassesWalls { .. }), "{refused:?}");
    assert!(refused.to_string().contains("NOSUPERUSER NOBYPASSRLS"), "{refused}");
    store.close().await.unwrap();
}

#[tokio::test]
async fn the_role_of_the_tests_is_bound_as_the_servers_is() {
    on_each_database(async |store| wall::check_role(&store).await.unwrap()).await;
}

/// Tables with a column that names an incident, and those of them that are protected even from their owner. A test keeps the
/// vault in the same database; it says nothing of an incident but its id.
const WITH_INCIDENT: &str = "SELECT c.relname::text AS name, c.relrowsecurity AND c.relforcerowsecurity AS forced \
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid WHERE c.relkind = 'r' \
    AND c.relnamespace = 'public'::regnamespace AND (a.attname = 'incident_id' OR (c.relname = 'incident' AND a.attname = 'id')) \
    ORDER BY 1";

#[tokio::test]
async fn every_table_that_names_an_incident_is_behind_the_wall_but_the_log_of_use_and_holds() {
    on_each_database(async |store| {
        if store.connection().get_database_backend() != DatabaseBackend::Postgres {
            return;
        }
        let statement = Statement::from_string(DatabaseBackend::Postgres, WITH_INCIDENT);
        let rows = store.connection().query_all_raw(statement).await.unwrap();
        let open: Vec<String> = rows
            .iter()
            .filter(|row| !row.try_get::<bool>("", "forced").unwrap())
            .map(|row| row.try_get("", "name").unwrap())
            .collect();
        assert_eq!(
            (rows.len(), open),
            (13, ["access_entry", "incident_key", "legal_hold"].map(str::to_owned).to_vec())
        );
    })
    .await;
}
