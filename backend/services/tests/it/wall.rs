//! Real reports behind PostgreSQL's row-level security: with no WHERE clause at all, every table shows each person the rows of
//! the incidents that they may read, and no other.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, DatabaseBackend, Statement};
use uuid::Uuid;
use varsel_domain::authz::{Action, Resource, Scope, permits};
use varsel_domain::severity::SeverityConfirmation;
use varsel_domain::{Actor, ConfirmationId};
use varsel_services::testing::{House, in_each_house};
use varsel_services::view::IncidentView;
use varsel_services::{Request, demo};
use varsel_storage::{severity_confirmation, testing};

use crate::rows::execute;

/// Tables of an incident, and the column that names it.
const TABLES: [(&str, &str); 8] = [
    ("incident", "id"),
    ("facts_revision", "incident_id"),
    ("filing", "incident_id"),
    ("obligation", "incident_id"),
    ("unit_case", "incident_id"),
    ("guidance_issued", "incident_id"),
    ("timeline_entry", "incident_id"),
    ("severity_confirmation", "incident_id"),
];

async fn named_in(house: &House, scope: &Scope, (table, column): (&str, &str)) -> BTreeSet<Uuid> {
    let bare = testing::bare(&house.services.store, scope).await.unwrap();
    let sql = format!("SELECT DISTINCT {column} AS incident FROM {table}");
    let rows = bare.query_all_raw(Statement::from_string(DatabaseBackend::Postgres, sql)).await.unwrap();
    rows.iter().map(|row| row.try_get("", "incident").unwrap()).collect()
}

fn permitted(actor: &Actor, incidents: &[IncidentView]) -> BTreeSet<Uuid> {
    let may_read = |it: &&IncidentView| {
        let units: Vec<_> = it.cases.iter().map(|case| case.unit.clone()).collect();
        let resource = Resource::Incident { organisation: it.organisation.id, units: &units };
        permits(actor, Action::ReadIncident, resource)
    };
    incidents.iter().filter(may_read).map(|it| it.id.0).collect()
}

/// How many incidents in the tables are foreign to somebody, or missing for them.
async fn wrong(house: &House, incidents: &[IncidentView]) -> usize {
    let mut wrong = 0;
    for person in demo::people(&house.services).await.unwrap() {
        let Request { actor, .. } = house.request(&person.handle).await;
        let actor = actor.unwrap();
        let (scope, permitted) = (Scope::of(&actor), permitted(&actor, incidents));
        for table in TABLES {
            wrong += named_in(house, &scope, table).await.symmetric_difference(&permitted).count();
        }
        let bare = testing::bare(&house.services.store, &scope).await.unwrap();
        let sql = "SELECT unit FROM change";
        let told = bare.query_all_raw(Statement::from_string(DatabaseBackend::Postgres, sql)).await.unwrap();
        let own = actor.unit().map(|unit| unit.as_str().to_owned());
        wrong += told.iter().filter(|row| row.try_get::<String>("", "unit").ok() != own).count();
    }
    wrong
}

/// Confirms the severity, whoever leads.
async fn confirm(house: &House, incident: &IncidentView) {
    let by = house.request("duty-officer").await.actor.unwrap();
    let made = SeverityConfirmation {
        id: ConfirmationId(house.services.ids.next(house.now())),
        incident: incident.id,
        number: 1,
        level: 2,
        proposed: 2,
        revision: 1,
        justification: None,
        unit: "csirt".into(),
        by: by.person,
        by_name: by.name,
        at: house.now(),
    };
    let tx = house.services.store.begin(&Scope::system()).await.unwrap();
    severity_confirmation::insert(&tx, &made).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn no_table_shows_a_foreign_row_to_a_query_without_a_where_clause() {
    in_each_house(async |house| {
        if !house.services.store.is_shared() {
            return;
        }
        let mut incidents = Vec::new();
        for handle in ["reporter-energy", "reporter-municipality", "reporter-bank"] {
            let incident = house.file(handle, "behind-the-wall").await.0;
            confirm(&house, &incident).await;
            incidents.push(incident);
        }
        let all: BTreeSet<_> = incidents.iter().map(|it| it.id.0).collect();
        for table in TABLES {
            let stored = named_in(&house, &Scope::system(), table).await;
            assert_eq!(stored, all, "{table:?} holds a row of each incident");
            assert_eq!(named_in(&house, &Scope::nothing(), table).await, BTreeSet::new(), "{table:?}");
        }
        assert_eq!(wrong(&house, &incidents).await, 0);
        for (table, _) in TABLES {
            // The owner of the tables is bound because it is forced to be.
            execute(&house, &format!("ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")).await;
            assert!(wrong(&house, &incidents).await > 0, "{table} without its wall is noticed");
            execute(&house, &format!("ALTER TABLE {table} FORCE ROW LEVEL SECURITY")).await;
        }
    })
    .await;
}
