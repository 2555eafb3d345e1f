//! Assessing stored incidents anew, all of them, as when a version of the rules comes into force: how long it takes,
//! and how much of that is the engine. On SQLite, and on PostgreSQL where a server is configured for tests.
//!
//! `cargo bench -p varsel-services --bench reassess -- 100000` says how many incidents; 1000 where nothing is said.

#![expect(clippy::expect_used, reason = "a benchmark whose house does not stand measures nothing")]

use std::io::Write as _;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use varsel_domain::authz::Scope;
use varsel_domain::incident::{FactsRevision, Filing, Incident};
use varsel_domain::rules::{Facts, assess};
use varsel_domain::{CaseId, FilingId, IncidentId, RevisionId};
use varsel_services::job;
use varsel_services::testing::{House, in_each_house, mails_in};
use varsel_storage::dossier::{self, Dossier};
use varsel_storage::{Tx, case, filing, guidance, incident, obligation, revision};

/// Incidents that are written in one transaction.
const BATCH: u32 = 500;

fn main() {
    let count = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(1_000);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(in_each_house(async |house| measure(&house, count).await));
}

async fn measure(house: &House, count: u32) {
    let (first, _) = house.file("reporter-energy", "benchmark-report").await;
    let store = &house.services.store;
    let tx = store.begin_snapshot(&Scope::system()).await.expect("a database");
    let model = dossier::find(&tx, &Scope::system(), first.id).await.expect("it is readable").expect("filed");
    tx.commit().await.expect("a database");
    let mut written = 1;
    while written < count {
        let tx = store.begin(&Scope::system()).await.expect("a database");
        for _ in 0..BATCH.min(count - written) {
            copy(house, &tx, &model).await;
            written += 1;
        }
        tx.commit().await.expect("a database");
    }
    let engine = engine(house, &model) * count;

    house.publish(true).await;
    house.advance(TimeDelta::minutes(10));
    let mail = mails_in(std::env::temp_dir().join("varsel-benchmark-mail"));
    let begun = Instant::now();
    job::run_due(&house.services, &mail).await.expect("the jobs run");
    let whole = begun.elapsed();

    let tx = store.begin_snapshot(&Scope::system()).await.expect("a database");
    let left =
        incident::running_under_another(&tx, &Scope::system(), "2026.2", None, 1).await.expect("readable");
    tx.commit().await.expect("a database");
    assert!(left.is_empty(), "not all were assessed anew");
    let database = if store.is_shared() { "PostgreSQL" } else { "SQLite" };
    let share = 100.0 * engine.as_secs_f64() / whole.as_secs_f64();
    let each = whole / count;
    let line = format!(
        "{database}: {count} incidents in {whole:.1?}, {each:.2?} each; the engine alone {engine:.1?}, {share:.1} %\n"
    );
    std::io::stdout().write_all(line.as_bytes()).expect("somebody reads");
}

/// How long the engine takes for one of them.
fn engine(house: &House, model: &Dossier) -> Duration {
    const TIMES: u32 = 200;
    let pack = house.pack();
    let stages: Vec<_> = model.filings.iter().flat_map(|it| it.discharged.iter().cloned()).collect();
    let begun = Instant::now();
    for _ in 0..TIMES {
        let (facts, _) = Facts::parse_lenient(&pack, &model.revision.facts);
        std::hint::black_box(assess(&pack, &facts, &stages, house.now()));
    }
    begun.elapsed() / TIMES
}

/// Another incident with the same facts, duties and cases.
async fn copy(house: &House, tx: &Tx, model: &Dossier) {
    let now = house.now();
    let next = || house.services.ids.next(now);
    let id = IncidentId(next());
    let number = incident::next_number(tx, &*house.services.ids, now).await.expect("a number");
    let new = Incident { id, number, ..model.incident.clone() };
    incident::insert(tx, &new).await.expect("an incident");
    let new = FactsRevision { id: RevisionId(next()), incident: id, ..model.revision.clone() };
    revision::insert(tx, &new).await.expect("a revision");
    for filed in &model.filings {
        let filing_id = FilingId(next());
        let (key, revision) = (filing_id.to_string(), new.id);
        let filed = Filing { id: filing_id, incident: id, revision, idempotency_key: key, ..filed.clone() };
        filing::insert(tx, &filed).await.expect("a filing");
    }
    obligation::replace(tx, id, &model.duties).await.expect("duties");
    for known in &model.cases {
        let new = varsel_domain::case::Case { id: CaseId(next()), incident: id, ..known.clone() };
        case::insert(tx, &new, None).await.expect("a case");
    }
    guidance::issue(tx, id, &model.guidance, now).await.expect("guidance");
}
