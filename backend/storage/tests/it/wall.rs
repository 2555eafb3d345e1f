//! Row-level security on PostgreSQL, where every query has forgotten its WHERE clause: it asks with [`Scope::system`] in
//! a transaction that was begun for somebody. SQLite has no such wall, and is passed over.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use sea_orm::{ConnectionTrait, DatabaseBackend, Statement};
use uuid::Uuid;
use varsel_domain::authz::Scope;
use varsel_domain::{Actor, IncidentId, OrganisationId, PersonId, Role};
use varsel_storage::testing::on_each_database;
use varsel_storage::{Store, case, incident, testing};

use crate::builder::{a_case, an_incident, an_organisation, minute, part, say};

const ORGANISATIONS: u128 = 3;
const UNITS: [&str; 3] = ["csirt", "sektorcert", "q\"},{\""];

/// Transactions, each for somebody else than the one before it on the same connection.
const TRANSACTIONS: usize = 6_000;

/// Twelve incidents: the organisation and the unit of each, told from its number.
fn whose(n: u128) -> (u128, &'static str) {
    (1 + n % ORGANISATIONS, UNITS[usize::try_from(n / ORGANISATIONS % 3).unwrap()])
}

async fn fill(store: &Store) {
    let tx = store.begin(&Scope::system()).await.unwrap();
    for n in 1..=ORGANISATIONS {
        an_organisation(&tx, n, &format!("Organisation {n}")).await;
    }
    for n in 0..12 {
        let (organisation, unit) = whose(n);
        let id = an_incident(&tx, OrganisationId(Uuid::from_u128(organisation)), 100 + n, 1).await;
        a_case(&tx, (id, unit), 200 + n, None).await;
    }
    tx.commit().await.unwrap();
}

/// Who looks, and what they may see.
fn viewer(n: usize) -> (Scope, BTreeSet<IncidentId>) {
    let role = match n % 7 {
        0..=2 => Role::Reporter { organisation: OrganisationId(Uuid::from_u128(part(n % 7) + 1)) },
        3..=5 => Role::Officer { unit: UNITS[n % 7 - 3].into() },
        _ => Role::Administrator,
    };
    let permitted = (0..12).filter(|incident| match (&role, whose(*incident)) {
        (Role::Reporter { organisation }, (owner, _)) => organisation.0.as_u128() == owner,
        (Role::Officer { unit }, (_, with_case)) => unit.as_str() == with_case,
        _ => false,
    });
    let permitted = permitted.map(|n| IncidentId(Uuid::from_u128(100 + n))).collect();
    let actor = Actor { person: PersonId(Uuid::nil()), name: String::new(), role };
    (Scope::of(&actor), permitted)
}

/// Looks without a WHERE clause; how many rows were foreign or missing.
async fn wrong(store: &Store, n: usize) -> usize {
    let (scope, permitted) = viewer(n);
    let tx = if n.is_multiple_of(2) { store.begin(&scope).await } else { store.begin_snapshot(&scope).await };
    let tx = tx.unwrap();
    let seen = incident::list(&tx, &Scope::system(), None, 100).await.unwrap();
    let seen: BTreeSet<_> = seen.into_iter().map(|it| it.id).collect();
    let count = incident::count(&tx, &Scope::system()).await.unwrap();
    assert_eq!(usize::try_from(count).unwrap(), seen.len(), "a count is of what is seen");
    match n % 3 {
        0 => tx.commit().await.unwrap(),
        1 => drop(tx),
        // An error in the middle ends it, too.
        _ => {
            let twin = case::insert(&tx, &twin_of_the_first(), None).await;
            assert!(twin.is_err());
        }
    }
    seen.symmetric_difference(&permitted).count()
}

fn twin_of_the_first() -> varsel_domain::case::Case {
    varsel_domain::case::Case {
        id: varsel_domain::CaseId(Uuid::from_u128(200)),
        incident: IncidentId(Uuid::from_u128(100)),
        unit: "csirt".into(),
        part: varsel_domain::rules::Part::Support,
        status: varsel_domain::case::CaseStatus::New,
        opened_at: minute(0),
        updated_at: minute(0),
        version: 1,
    }
}

/// Rows that a connection shows which nobody told for whom it reads.
async fn leaked(store: &Store) -> i64 {
    let sql = "SELECT (SELECT count(*) FROM incident) + (SELECT count(*) FROM unit_case) AS rows";
    let row = store.connection().query_one_raw(Statement::from_string(DatabaseBackend::Postgres, sql)).await;
    row.unwrap().unwrap().try_get("", "rows").unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn pooled_connections_show_each_transaction_its_own_and_keep_nothing() {
    on_each_database(async |store| {
        if !store.is_shared() {
            return;
        }
        fill(&store).await;
        let (next, faults, leaks) = (Arc::new(AtomicUsize::new(0)), AtomicUsize::new(0), AtomicUsize::new(0));
        let (faults, leaks) = (Arc::new(faults), Arc::new(leaks));
        let tasks = (0..24).map(|_| {
            let (store, next) = (store.clone(), Arc::clone(&next));
            let (faults, leaks) = (Arc::clone(&faults), Arc::clone(&leaks));
            tokio::spawn(async move {
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if n >= TRANSACTIONS {
                        break;
                    }
                    faults.fetch_add(wrong(&store, n).await, Ordering::Relaxed);
                    leaks.fetch_add(usize::from(leaked(&store).await > 0), Ordering::Relaxed);
                }
            })
        });
        for task in tasks.collect::<Vec<_>>() {
            task.await.unwrap();
        }
        let (faults, leaks) = (faults.load(Ordering::Relaxed), leaks.load(Ordering::Relaxed));
        say(&format!(
            "{TRANSACTIONS} transactions: {faults} foreign or missing rows, {leaks} leaked settings"
        ));
        assert_eq!((faults, leaks), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn a_setting_that_outlives_its_transaction_and_a_table_without_its_wall_are_noticed() {
    on_each_database(async |store| {
        if !store.is_shared() {
            return;
        }
        fill(&store).await;
        assert_eq!(leaked(&store).await, 0);
        let kept = "SELECT set_config('varsel.system', 'on', false)";
        store.connection().execute_unprepared(kept).await.unwrap();
        let mut noticed = false;
        // The pool hands out its connections in turn.
        for _ in 0..50 {
            noticed |= leaked(&store).await > 0;
        }
        assert!(noticed, "a connection that keeps a setting shows rows to whoever comes next");
        assert_eq!(wrong(&store, 0).await, 0, "and whoever says for whom they read sees no more than that");
        store
            .connection()
            .execute_unprepared("ALTER TABLE incident NO FORCE ROW LEVEL SECURITY")
            .await
            .unwrap();
        assert!(wrong(&store, 0).await > 0, "the owner of the tables sees them all");
    })
    .await;
}

#[tokio::test]
async fn nobody_writes_into_an_incident_that_they_do_not_see() {
    on_each_database(async |store| {
        if !store.is_shared() {
            return;
        }
        fill(&store).await;
        // An officer of csirt, in an incident of another unit; and the reporter of organisation 1, for organisation 2.
        let (officer, reporter) = (viewer(3).0, viewer(0).0);
        let foreign = "INSERT INTO guidance_issued (incident_id, playbook, version, issued_at) \
            VALUES ('00000000-0000-0000-0000-000000000067', 'planted', 1, now())";
        let for_another = "UPDATE incident SET organisation_id = '00000000-0000-0000-0000-000000000002'";
        let own_case = "INSERT INTO unit_case (id, incident_id, unit, part, status, opened_at, updated_at, version) \
            VALUES (gen_random_uuid(), '00000000-0000-0000-0000-000000000067', 'csirt', 'lead', 'new', now(), now(), 1)";
        for (scope, sql) in [(&officer, foreign), (&officer, own_case), (&reporter, for_another)] {
            let bare = testing::bare(&store, scope).await.unwrap();
            let refused = bare.execute_unprepared(sql).await.unwrap_err().to_string();
            assert!(refused.contains("row-level security"), "{refused}");
        }
        let bare = testing::bare(&store, &reporter).await.unwrap();
        let erased = bare.execute_unprepared("DELETE FROM unit_case").await.unwrap();
        assert_eq!(erased.rows_affected(), 4, "only the cases of one's own incidents");
    })
    .await;
}

#[tokio::test]
async fn the_units_of_an_incident_follow_its_cases() {
    on_each_database(async |store| {
        if !store.is_shared() {
            return;
        }
        fill(&store).await;
        let bare = testing::bare(&store, &Scope::system()).await.unwrap();
        bare.execute_unprepared(
            "UPDATE unit_case SET unit = 'spoc' WHERE id = '00000000-0000-0000-0000-0000000000c8'; \
             DELETE FROM unit_case WHERE id = '00000000-0000-0000-0000-0000000000c9'",
        )
        .await
        .unwrap();
        let sql = "SELECT count(*) AS differing FROM incident WHERE units <> ARRAY(SELECT unit::text FROM unit_case \
            WHERE incident_id = incident.id ORDER BY unit)";
        let row = bare.query_one_raw(Statement::from_string(DatabaseBackend::Postgres, sql)).await;
        assert_eq!(row.unwrap().unwrap().try_get::<i64>("", "differing").unwrap(), 0);
    })
    .await;
}
