//! The outbox: once each, in order, and what becomes of the jobs of runners that die.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;
use varsel_domain::authz::Scope;
use varsel_domain::{Ids, JobId, RandomIds};
use varsel_storage::Store;
use varsel_storage::job::{JobOutcome, Lane, NewJob, ReservedJob, enqueue, next_at, record, reserve};
use varsel_storage::testing::on_each_database;

const LEASE: TimeDelta = TimeDelta::minutes(10);

fn start() -> DateTime<Utc> {
    "2026-11-25T12:05:59Z".parse().unwrap()
}

fn new_job(ids: &RandomIds, key: &str) -> NewJob {
    NewJob {
        id: JobId(ids.next(start())),
        kind: "case_opened",
        payload: json!({ "case": key }),
        unique_key: key.to_owned(),
        run_at: start(),
        created_at: start(),
    }
}

async fn queue(store: &Store, keys: impl IntoIterator<Item = String>) {
    let ids = RandomIds::seeded(1);
    let tx = store.begin(&Scope::system()).await.unwrap();
    for key in keys {
        assert!(enqueue(&tx, new_job(&ids, &key)).await.unwrap());
    }
    tx.commit().await.unwrap();
}

/// Every kind of job.
const ALL: Lane = Lane::Except(&[]);

async fn reserve_at(store: &Store, now: DateTime<Utc>) -> Option<ReservedJob> {
    let tx = store.begin(&Scope::system()).await.unwrap();
    let reserved = reserve(&tx, ALL, now, LEASE).await.unwrap();
    tx.commit().await.unwrap();
    reserved
}

async fn record_at(store: &Store, reserved: &ReservedJob, outcome: JobOutcome, now: DateTime<Utc>) -> bool {
    let tx = store.begin(&Scope::system()).await.unwrap();
    let recorded = record(&tx, reserved, outcome, now).await.unwrap();
    tx.commit().await.unwrap();
    recorded
}

async fn next(store: &Store) -> Option<DateTime<Utc>> {
    next_at(&store.begin(&Scope::system()).await.unwrap(), ALL).await.unwrap()
}

fn retry(at: DateTime<Utc>, indeterminate: bool) -> JobOutcome {
    JobOutcome::Retry { at, error: "no connection".to_owned(), indeterminate }
}

const DONE: JobOutcome = JobOutcome::Done { note: None };

#[tokio::test]
async fn a_job_exists_only_if_its_transaction_commits() {
    on_each_database(async |store| {
        let tx = store.begin(&Scope::system()).await.unwrap();
        assert!(enqueue(&tx, new_job(&RandomIds::seeded(1), "a")).await.unwrap());
        drop(tx);
        assert_eq!(next(&store).await, None);
        assert_eq!(reserve_at(&store, start()).await, None);
    })
    .await;
}

#[tokio::test]
async fn the_same_key_is_the_same_job_even_when_it_is_done() {
    on_each_database(async |store| {
        queue(&store, ["a".to_owned()]).await;
        let ids = RandomIds::seeded(2);
        for _ in 0..2 {
            let tx = store.begin(&Scope::system()).await.unwrap();
            assert!(!enqueue(&tx, new_job(&ids, "a")).await.unwrap());
            assert!(enqueue(&tx, new_job(&ids, "b")).await.unwrap(), "the transaction is not spoilt");
            drop(tx);
            if let Some(reserved) = reserve_at(&store, start()).await {
                assert!(record_at(&store, &reserved, DONE, start()).await);
            }
        }
        assert_eq!(next(&store).await, None);
    })
    .await;
}

#[tokio::test]
async fn runners_at_once_never_get_the_same_job() {
    on_each_database(async |store| {
        queue(&store, (0..40).map(|n| n.to_string())).await;
        let mut runners = tokio::task::JoinSet::new();
        for _ in 0..4 {
            let store = store.clone();
            runners.spawn(async move {
                let mut got = Vec::new();
                // A runner that finds the first jobs locked comes away with nothing now and then.
                while next(&store).await.is_some_and(|at| at <= start()) {
                    got.extend(reserve_at(&store, start()).await.map(|job| job.id));
                }
                got
            });
        }
        let mut ids = runners.join_all().await.concat();
        assert_eq!(ids.len(), 40);
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 40);
    })
    .await;
}

#[tokio::test]
async fn the_job_that_is_due_longest_comes_first_and_none_comes_early() {
    on_each_database(async |store| {
        let ids = RandomIds::seeded(1);
        let at = |seconds| start() + TimeDelta::seconds(seconds);
        let tx = store.begin(&Scope::system()).await.unwrap();
        for (key, seconds) in [("last", 3), ("first", 1), ("second", 2)] {
            enqueue(&tx, NewJob { run_at: at(seconds), ..new_job(&ids, key) }).await.unwrap();
        }
        tx.commit().await.unwrap();
        assert_eq!(next(&store).await, Some(at(1)));
        assert_eq!(reserve_at(&store, at(1) - TimeDelta::microseconds(1)).await, None);
        for key in ["first", "second", "last"] {
            assert_eq!(reserve_at(&store, at(3)).await.unwrap().payload, json!({ "case": key }));
        }
        assert_eq!(next(&store).await, Some(at(3) + LEASE), "the lease of the first of them ends");
    })
    .await;
}

#[tokio::test]
async fn what_must_not_wait_is_found_past_all_that_fell_due_before_it() {
    on_each_database(async |store| {
        queue(&store, (0..5).map(|number| format!("mail-{number}"))).await;
        let ids = RandomIds::seeded(2);
        let later = start() + TimeDelta::minutes(1);
        let urgent = NewJob { kind: "erase_at_once", run_at: later, ..new_job(&ids, "urgent") };
        let tx = store.begin(&Scope::system()).await.unwrap();
        assert!(enqueue(&tx, urgent.clone()).await.unwrap());
        let (only, others) = (Lane::Only(&["erase_at_once"]), Lane::Except(&["erase_at_once"]));
        assert_eq!(next_at(&tx, only).await.unwrap(), Some(later));
        assert_eq!(next_at(&tx, others).await.unwrap(), Some(start()));
        assert_eq!(reserve(&tx, only, later, LEASE).await.unwrap().unwrap().id, urgent.id);
        assert_eq!(reserve(&tx, only, later, LEASE).await.unwrap(), None);
        for _ in 0..5 {
            assert_ne!(reserve(&tx, others, later, LEASE).await.unwrap().unwrap().id, urgent.id);
        }
        assert_eq!(reserve(&tx, others, later, LEASE).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_dead_runner_loses_its_job_when_the_lease_ends_and_its_late_word_does_not_count() {
    on_each_database(async |store| {
        queue(&store, ["a".to_owned()]).await;
        let dead = reserve_at(&store, start()).await.unwrap();
        assert!(!dead.indeterminate);
        assert_eq!(reserve_at(&store, start() + LEASE - TimeDelta::microseconds(1)).await, None);
        let heir = reserve_at(&store, start() + LEASE).await.unwrap();
        assert_eq!((heir.id, heir.attempts, heir.indeterminate), (dead.id, 2, true));
        assert!(!record_at(&store, &dead, retry(start(), false), start() + LEASE).await);
        assert!(record_at(&store, &heir, DONE, start() + LEASE).await);
        assert!(!record_at(&store, &heir, retry(start(), false), start() + LEASE).await, "done is done");
        assert_eq!(next(&store).await, None);
    })
    .await;
}

#[tokio::test]
async fn what_may_have_been_done_stays_indeterminate_until_it_is_done() {
    on_each_database(async |store| {
        queue(&store, ["a".to_owned()]).await;
        let mut now = start();
        for (outcome, found) in [(false, false), (true, false), (false, true), (false, true)] {
            let reserved = reserve_at(&store, now).await.unwrap();
            assert_eq!(reserved.indeterminate, found, "attempt {}", reserved.attempts);
            now += TimeDelta::seconds(5);
            assert!(record_at(&store, &reserved, retry(now, outcome), now).await);
        }
    })
    .await;
}

#[tokio::test]
async fn a_job_given_up_is_kept_with_its_reason_and_never_runs_again() {
    on_each_database(async |store| {
        queue(&store, ["a".to_owned()]).await;
        let reserved = reserve_at(&store, start()).await.unwrap();
        let dead = JobOutcome::Dead { error: "the relay answered 550".to_owned() };
        assert!(record_at(&store, &reserved, dead, start()).await);
        assert_eq!(reserve_at(&store, start() + TimeDelta::days(365)).await, None);
        let connection = store.connection();
        let sql = "SELECT state, last_error FROM job";
        let row = Statement::from_string(connection.get_database_backend(), sql);
        let row = connection.query_one_raw(row).await.unwrap().unwrap();
        assert_eq!(row.try_get::<String>("", "state").unwrap(), "dead");
        assert_eq!(row.try_get::<String>("", "last_error").unwrap(), "the relay answered 550");
    })
    .await;
}
