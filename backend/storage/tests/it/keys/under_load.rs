//! Keys are replaced under load (I2): whoever reads or reports meanwhile notices nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use uuid::Uuid;
use varsel_domain::authz::Scope;
use varsel_domain::{IncidentId, OrganisationId};
use varsel_storage::Store;
use varsel_storage::testing::{on_each_database, proved, scale, vault_of};

use super::{ROOT, fill, incident, minute, read, run, server};

/// The other root key.
const OTHER: u8 = 12;

/// How many read at the same time.
const READERS: usize = 4;

/// The most reports that come meanwhile.
const REPORTS: u128 = 40;

/// What readers saw.
#[derive(Debug, Default)]
struct Load {
    reads: usize,
    failed: Vec<String>,
}

/// Two servers, of which each wraps with the root key that is retired for the other.
async fn servers(store: &Store) -> [Store; 2] {
    [server(store, ROOT, &[OTHER]).await.unwrap(), server(store, OTHER, &[ROOT]).await.unwrap()]
}

fn organisation(n: usize) -> OrganisationId {
    OrganisationId(Uuid::from_u128(u128::try_from(n).unwrap()))
}

/// Reads all of these again and again, with keys that were unwrapped for nobody else, and once more when all is `over`.
async fn read_until(over: Arc<AtomicBool>, server: Store, ids: Vec<IncidentId>) -> Load {
    let mut load = Load::default();
    loop {
        let is_last = over.load(Ordering::SeqCst);
        server.vault().unwrap().forget();
        load.reads += 1;
        match read(&server, &ids).await {
            Ok(found) if found.len() == ids.len() => {}
            other => load.failed.push(format!("{other:?}")),
        }
        if is_last {
            return load;
        }
    }
}

/// What readers on both servers see of these while `replacing` is at work, and after it.
async fn read_under(servers: &[Store; 2], ids: &[IncidentId], replacing: impl Future<Output = ()>) -> Load {
    let over = Arc::new(AtomicBool::new(false));
    let readers = (0..READERS)
        .map(|number| tokio::spawn(read_until(Arc::clone(&over), servers[number % 2].clone(), ids.to_vec())));
    let readers: Vec<_> = readers.collect();
    replacing.await;
    over.store(true, Ordering::SeqCst);
    let mut load = Load::default();
    for reader in readers {
        let Load { reads, failed } = reader.await.unwrap();
        load.reads += reads;
        load.failed.extend(failed);
    }
    load
}

/// Reports on both servers while keys are replaced.
async fn report(servers: [Store; 2]) {
    for (n, server) in (100..100 + REPORTS).zip(servers.iter().cycle()) {
        let tx = server.begin(&Scope::system()).await.unwrap();
        incident(&tx, organisation(1), n).await;
        tx.commit().await.unwrap();
    }
}

/// Replaces the keys of both organisations and the root key, so many times, from one server and from the other.
async fn replace(servers: &[Store; 2], rounds: usize) {
    for round in 0..rounds {
        let vault = servers[round % 2].vault().unwrap();
        for number in [1, 2] {
            assert!(
                vault.renew(organisation(number), minute(100 + i64::try_from(round).unwrap())).await.unwrap()
                    > 0
            );
        }
        vault.rewrap().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_who_reads_or_reports_notices_that_keys_are_replaced() {
    on_each_database(async |store| {
        let (rounds, mut ids) = (scale(30, 1_000), fill(&store).await.to_vec());
        let servers = servers(&store).await;
        let reporting = tokio::spawn(report(servers.clone()));
        let load = read_under(&servers, &ids, replace(&servers, rounds)).await;
        reporting.await.unwrap();
        assert!(load.failed.is_empty(), "{} of {} failed: {}", load.failed.len(), load.reads, load.failed[0]);
        assert!(load.reads > rounds, "{}", load.reads);
        ids.extend((100..100 + REPORTS).map(|n| IncidentId(Uuid::from_u128(n))));
        servers[0].vault().unwrap().forget();
        assert_eq!(read(&servers[0], &ids).await.unwrap().len(), ids.len());
        let kind = if store.is_shared() { "PostgreSQL" } else { "SQLite" };
        let replaced =
            format!("{kind}: the keys of two organisations and the root key replaced {rounds} times");
        proved("I2", &format!("{replaced}, {REPORTS} reports, {} reads meanwhile: 0 failed", load.reads));
    })
    .await;
}

/// What a replacement could do wrong.
const PLANTED: [(&str, &str); 2] = [
    ("a key that is dropped", "DELETE FROM incident_key WHERE name = (SELECT min(name) FROM incident_key)"),
    (
        "a key that is said to be wrapped by another one than it is",
        "UPDATE incident_key SET wrapped_by = (SELECT max(name) FROM owner_key)
         WHERE wrapped_by = (SELECT min(name) FROM owner_key)",
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn readers_notice_a_key_that_was_not_replaced_well() {
    for (what, planted) in PLANTED {
        on_each_database(async |store| {
            let ids = fill(&store).await;
            let servers = servers(&store).await;
            let load = read_under(&servers, &ids, async {
                replace(&servers, 1).await;
                assert!(run(&vault_of(&store), planted).await > 0, "{what}");
            })
            .await;
            assert!(load.failed.len() >= READERS, "{what}: {load:?}");
        })
        .await;
    }
}
