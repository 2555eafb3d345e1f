//! Row-level security on PostgreSQL, where every query has forgotten its WHERE clause: it asks with [`Scope::system`] in
//! a transaction that was begun for somebody. SQLite has no such wall, and is passed over.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use sea_orm::{ConnectionTrait, DatabaseBackend, Statement};
use uuid::Uuid;
use varsel_domain::authorisation::{Authorisation, Function, Reach, State, Suspension};
use varsel_domain::authz::Scope;
use varsel_domain::{IncidentId, OrganisationId, UnitId};
use varsel_storage::testing::{on_each_database, proved, scale, seed};
use varsel_storage::{Store, case, incident, testing};

use crate::builder::{a_case, an_actor, an_authorisation, an_incident, an_organisation, minute};

const ORGANISATIONS: u128 = 3;
const UNITS: [&str; 3] = ["csirt", "sektorcert", "q\"},{\""];

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

/// The units that a right reaches here: a sector has the first two, the nation the first.
fn units(function: Function, reach: &Reach) -> Vec<UnitId> {
    let platform = matches!(function, Function::Administer | Function::Audit);
    match reach {
        Reach::Unit(unit) => vec![unit.clone()],
        Reach::Sector(_) => vec![UNITS[0].into(), UNITS[1].into()],
        Reach::National if !platform => vec![UNITS[0].into()],
        Reach::Organisation(_) | Reach::National => Vec::new(),
    }
}

/// The incidents that an authorisation shows: said once more, without `permits` and without SQL.
fn shown(held: &Authorisation) -> impl Iterator<Item = IncidentId> {
    let running = held.state == State::Active
        && held.from <= minute(0)
        && held.until.is_none_or(|until| until > minute(0));
    let reads = running && held.functions.contains(&Function::Read);
    let shows = move |n: &u128| match (&held.reach, whose(*n)) {
        (Reach::Organisation(id), (owner, _)) => id.0.as_u128() == owner,
        (Reach::Unit(unit), (_, with_case)) => unit.as_str() == with_case,
        (Reach::Sector(_), (_, with_case)) => UNITS[..2].contains(&with_case),
        (Reach::National, (_, with_case)) => with_case == UNITS[0],
    };
    (0..12).filter(move |n| reads && shows(n)).map(|n| IncidentId(Uuid::from_u128(100 + n)))
}

/// Somebody with these rights, and what they may see.
fn holder(held: &[Authorisation]) -> (Scope, BTreeSet<IncidentId>) {
    (Scope::of(&an_actor(held, units)), held.iter().flat_map(shown).collect())
}

/// Who looks: somebody with none to four rights of any scope, functions, window and standing.
fn viewer(n: usize) -> (Scope, BTreeSet<IncidentId>) {
    let mut chance = StdRng::seed_from_u64(seed() ^ u64::try_from(n).unwrap());
    let held: Vec<_> = (0..chance.random_range(0..=4))
        .map(|place| {
            let mut functions: BTreeSet<_> =
                Function::ALL.into_iter().filter(|_| chance.random_bool(0.3)).collect();
            if chance.random_bool(0.7) {
                functions.insert(Function::Read);
            }
            let reach = match chance.random_range(0..8) {
                0..=2 => an_organisation_of(chance.random_range(1..=ORGANISATIONS)),
                3..=5 => Reach::Unit(UNITS[chance.random_range(0..3)].into()),
                6 => Reach::Sector("energy".to_owned()),
                _ => Reach::National,
            };
            let window =
                [(-1, None), (-1, None), (-1, Some(1)), (1, None), (-2, Some(0))][chance.random_range(0..5)];
            let suspended = State::Suspended(Suspension::Moved);
            let state = [State::Active, State::Active, State::Active, suspended, State::Withdrawn];
            an_authorisation(place, (functions, reach), window, state[chance.random_range(0..5)])
        })
        .collect();
    holder(&held)
}

fn an_organisation_of(n: u128) -> Reach {
    Reach::Organisation(OrganisationId(Uuid::from_u128(n)))
}

/// Somebody who reads with this reach, and nothing else.
fn reader(reach: Reach) -> (Scope, BTreeSet<IncidentId>) {
    holder(&[an_authorisation(0, (BTreeSet::from([Function::Read]), reach), (-1, None), State::Active)])
}

/// Looks without a WHERE clause; how many rows were foreign or missing.
async fn wrong(store: &Store, (scope, permitted): (Scope, BTreeSet<IncidentId>), n: usize) -> usize {
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
        // Each for somebody else than the one before it on the same connection.
        let transactions = scale(6_000, 10_000);
        let (next, faults, leaks) = (Arc::new(AtomicUsize::new(0)), AtomicUsize::new(0), AtomicUsize::new(0));
        let (faults, leaks) = (Arc::new(faults), Arc::new(leaks));
        let tasks = (0..24).map(|_| {
            let (store, next) = (store.clone(), Arc::clone(&next));
            let (faults, leaks) = (Arc::clone(&faults), Arc::clone(&leaks));
            tokio::spawn(async move {
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if n >= transactions {
                        break;
                    }
                    faults.fetch_add(wrong(&store, viewer(n), n).await, Ordering::Relaxed);
                    leaks.fetch_add(usize::from(leaked(&store).await > 0), Ordering::Relaxed);
                }
            })
        });
        for task in tasks.collect::<Vec<_>>() {
            task.await.unwrap();
        }
        let (faults, leaks) = (faults.load(Ordering::Relaxed), leaks.load(Ordering::Relaxed));
        let found = format!("{faults} foreign or missing rows, {leaks} leaked settings");
        proved("D5", &format!("PostgreSQL: {transactions} transactions, {found}"));
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
        assert_eq!(
            wrong(&store, reader(an_organisation_of(1)), 0).await,
            0,
            "and whoever says for whom they read sees no more than that"
        );
        store
            .connection()
            .execute_unprepared("ALTER TABLE incident NO FORCE ROW LEVEL SECURITY")
            .await
            .unwrap();
        assert!(
            wrong(&store, reader(an_organisation_of(1)), 0).await > 0,
            "the owner of the tables sees them all"
        );
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
        let (officer, reporter) = (reader(Reach::Unit("csirt".into())).0, reader(an_organisation_of(1)).0);
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
