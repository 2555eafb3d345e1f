//! What a scope costs: the first 50 cases of a unit's queue, for an officer with 20 units in scope, against the same
//! list for the system itself, which no WHERE clause and no policy narrows: at most 1.3 times as long. On SQLite, and on PostgreSQL where a server
//! is configured for tests.
//!
//! `cargo bench -p varsel-storage --bench lists -- 100000` says how many incidents; 10000 where nothing is said.

#![expect(clippy::expect_used, reason = "a benchmark whose database does not stand measures nothing")]

use std::io::Write as _;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use uuid::Uuid;
use varsel_domain::authorisation::Rights;
use varsel_domain::authz::Scope;
use varsel_domain::case::{Case, CaseStatus};
use varsel_domain::incident::Incident;
use varsel_domain::obligation::Duty;
use varsel_domain::organisation::Organisation;
use varsel_domain::rules::{Obligation, ObligationStatus, Part};
use varsel_domain::{Actor, AuthorisationId, CaseId, IncidentId, OrganisationId, PersonId, Role, UnitId};
use varsel_storage::queue::{self, Criteria};
use varsel_storage::testing::on_each_database;
use varsel_storage::{Store, Tx, case, incident, obligation, organisation};

const ORGANISATIONS: u128 = 200;
const UNITS: u128 = 25;
/// Units that the officer sees for.
const IN_SCOPE: u128 = 20;
const CASES_EACH: u128 = 4;
const DUTIES_EACH: i64 = 8;
const PAGE: u64 = 50;
/// Lists of each kind, in turn.
const ROUNDS: usize = 200;
const BATCH: u128 = 1_000;
/// How many times as long the officer's list may take.
const BOUND: f64 = 1.3;

fn main() {
    let count = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(10_000);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(on_each_database(async |store| {
        fill(&store, count).await;
        measure(&store, count).await;
    }));
}

fn unit(n: u128) -> UnitId {
    UnitId(format!("unit-{n:02}"))
}

fn minute(n: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::minutes(n)
}

async fn fill(store: &Store, count: u128) {
    let mut tx = store.begin(&Scope::system()).await.expect("a database");
    for n in 0..ORGANISATIONS {
        let (id, name) = (OrganisationId(Uuid::from_u128(1 + n)), format!("Organisation {n}"));
        let new = Organisation { id, name, cvr: None, registered_facts: json!({}) };
        organisation::insert(&tx, &new).await.expect("an organisation");
    }
    for n in 0..count {
        add(&tx, n).await;
        if n % BATCH == BATCH - 1 {
            tx.commit().await.expect("a database");
            tx = store.begin(&Scope::system()).await.expect("a database");
        }
    }
    tx.commit().await.expect("a database");
    if store.is_shared() {
        use sea_orm::ConnectionTrait as _;
        store.connection().execute_unprepared("ANALYZE").await.expect("a database");
    }
}

async fn add(tx: &Tx, n: u128) {
    let (id, at) = (IncidentId(Uuid::from_u128(1_000_000 + n)), minute(i64::try_from(n).unwrap_or_default()));
    let new = Incident {
        id,
        number: format!("2026-{n:06}"),
        organisation: OrganisationId(Uuid::from_u128(1 + n % ORGANISATIONS)),
        received_at: at,
        severity: u8::try_from(n % 4).unwrap_or_default(),
        confirmed_severity: None,
        pack_version: "2026.1".to_owned(),
    };
    incident::insert(tx, &new).await.expect("an incident");
    let duty = |stage: i64| Duty {
        obligation: Obligation {
            regime: "nis2_dk".to_owned(),
            stage: format!("stage-{stage}"),
            recipients: vec![unit(n % UNITS).0],
            provisional: false,
            status: ObligationStatus::Open,
            target: None,
            due: Some((at + TimeDelta::hours(stage)).fixed_offset()),
            cite: "§ 1".to_owned(),
        },
        filed_at: None,
    };
    let duties: Vec<_> = (0..DUTIES_EACH).map(duty).collect();
    obligation::replace(tx, id, &duties).await.expect("duties");
    for part in 0..CASES_EACH {
        let new = Case {
            id: CaseId(Uuid::from_u128(10_000_000 + n * CASES_EACH + part)),
            incident: id,
            unit: unit((n + part * 7) % UNITS),
            part: Part::Support,
            status: CaseStatus::New,
            opened_at: at,
            updated_at: at,
            version: 1,
        };
        case::insert(tx, &new, Some(at)).await.expect("a case");
    }
}

/// The list as a request makes it, its transaction included.
async fn list(store: &Store, scope: &Scope, unit: &UnitId) -> Duration {
    let begun = Instant::now();
    let tx = store.begin_snapshot(scope).await.expect("a database");
    let rows = queue::list(&tx, (scope, unit), &Criteria::default(), None, PAGE).await.expect("a list");
    tx.commit().await.expect("a database");
    let took = begun.elapsed();
    assert_eq!(rows.len(), usize::try_from(PAGE).unwrap_or_default(), "a whole page");
    took
}

async fn measure(store: &Store, count: u128) {
    let actor = |n| {
        let role = Role::Officer { unit: unit(n) };
        let rights = Rights::usual(AuthorisationId(Uuid::nil()), &role);
        Actor { person: PersonId(Uuid::nil()), name: String::new(), role, rights }
    };
    let officers: Vec<_> = (0..IN_SCOPE).map(actor).collect();
    let (scope, unscoped) = (Scope::together(&officers), Scope::system());
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let unit = unit(u128::try_from(round).unwrap_or_default() % IN_SCOPE);
        with.push(list(store, &scope, &unit).await);
        without.push(list(store, &unscoped, &unit).await);
    }
    let (with, without) = (median(with), median(without));
    let ratio = with.as_secs_f64() / without.as_secs_f64();
    let database = if store.is_shared() { "PostgreSQL" } else { "SQLite" };
    let line = format!(
        "{database}: {count} incidents, {PAGE} cases: scope of {IN_SCOPE} units {with:.2?}, unscoped {without:.2?}, ratio {ratio:.2}\n"
    );
    std::io::stdout().write_all(line.as_bytes()).expect("somebody reads");
    assert!(ratio <= BOUND, "the scope costs more than {BOUND}");
}

fn median(mut all: Vec<Duration>) -> Duration {
    all.sort();
    all.get(all.len() / 2).copied().unwrap_or_default()
}
