//! Attack A1: `kill -9` at any moment, many times, to the process that files, mails and keeps the log.

use std::ops::Range;
use std::path::Path;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use varsel_services::domain::RandomIds;
use varsel_services::testing::House;
use varsel_storage::Store;
use varsel_storage::keys::RootKey;
use varsel_storage::testing::{self, migrate, proved, scale, seed};

use super::nursery::Nursery;
use super::oracle;
use super::planted::Plant;
use super::sent::Sent;
use super::worker::{Order, Task, close, file, keys_url, open, url};

/// Clients of one worker.
const CLIENTS: usize = 8;

/// A database lives through so many kills.
const LIFE: u64 = 10;

/// Every so many kills, and at the end of a life, all rows are looked at: what is half then was half before, since nothing mends
/// it. After the others it is seen which reports are there, and that database and log are sound.
const WHOLE: u64 = 5;

/// So many reports of a life, of which nobody knows whether they arrived, are sent again.
const SETTLED: usize = 4;

/// How the keys of these clients begin.
const OURS: &str = "kill-";

/// A directory in memory where there is one: what a killed process has written is there as it would be on a disk, and nobody
/// waits for the disk.
pub(super) fn directory() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

/// A directory with a migrated database in which nothing has happened yet, and its house.
pub(crate) async fn founded() -> (tempfile::TempDir, House) {
    let data = directory();
    let store = Store::connect(&url(data.path())).await.unwrap();
    migrate(&store, None).await.unwrap();
    let store =
        testing::with_vault(store, Store::connect(&keys_url(data.path())).await.unwrap()).await.unwrap();
    // The root key of every test.
    std::fs::write(data.path().join("root.key"), RootKey::new([11; 32]).to_secret().as_bytes()).unwrap();
    (data, House::build(store).await)
}

/// What is wrong with the database of a house that is closed, and with what it promised.
pub(crate) async fn faults_of_house(data: &Path, sent: &Sent) -> Vec<String> {
    oracle::faults(data, &House::log_key(), sent, OURS).await
}

/// A copy of a database that nobody has open.
pub(super) fn copied(from: &Path) -> tempfile::TempDir {
    let data = directory();
    for file in ["varsel.db", "keys.db", "root.key"] {
        std::fs::copy(from.join(file), data.path().join(file)).unwrap();
    }
    data
}

/// What came of one life of a database.
#[derive(Debug, Default)]
pub(super) struct Lived {
    kills: u64,
    acknowledged: usize,
    unsure: usize,
    /// What was found, of the first kill after which something was.
    pub(super) faults: Vec<String>,
}

/// Kills again and again, and looks at everything each time that the worker has started again.
pub(super) async fn live(
    nursery: &mut Nursery,
    template: &Path,
    rounds: Range<u64>,
    plant: Option<Plant>,
) -> Lived {
    let data = copied(template);
    if let Some(plant) = plant {
        plant.prepare(data.path()).await;
    }
    let (mut sent, mut lived) = (Sent::default(), Lived::default());
    let key = House::log_key();
    let clients = if plant.is_some() { 1 } else { CLIENTS };
    for round in rounds {
        let task = Task::Serve { clients, round };
        nursery.begin(&Order { plant, ..Order::new(data.path(), task) }).await;
        // The worker that has started again has brought the database back to what was committed; it waits meanwhile.
        lived.faults = if plant.is_some() || round % WHOLE == 0 {
            oracle::faults(data.path(), &key, &sent, OURS).await
        } else {
            oracle::quick_faults(data.path(), &key, &sent, OURS).await
        };
        if !lived.faults.is_empty() {
            nursery.hear_and_kill(0, 0, &mut sent).await;
            return lived;
        }
        nursery.go().await;
        let mut chance = StdRng::seed_from_u64(seed().wrapping_add(round));
        let (lines, moment) = (chance.random_range(1..13), chance.random_range(0..2_000));
        nursery.hear_and_kill(lines, moment, &mut sent).await;
        lived.kills += 1;
    }
    lived.acknowledged = sent.acknowledged();
    lived.unsure = settle(data.path(), &mut sent).await;
    lived.faults = oracle::faults(data.path(), &key, &sent, OURS).await;
    lived
}

/// Sends again whatever nobody knows of: the same key is the same report, whether it had arrived or not.
async fn settle(data: &Path, sent: &mut Sent) -> usize {
    let house = House::reopen(open(data).await, RandomIds::from_system()).await;
    let mut unsure = sent.unsure();
    unsure.truncate(SETTLED);
    for key in &unsure {
        let view = file(&house, key).await;
        sent.acknowledge(key.clone(), view.number);
    }
    varsel_services::log::seal_waiting(&house.services).await.unwrap();
    close(&house).await;
    unsure.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_was_acknowledged_outlives_any_number_of_kills() {
    let kills = u64::try_from(scale(1_000, 10_000)).unwrap();
    let (template, house) = founded().await;
    close(&house).await;
    let lives: Vec<_> = (0..kills / LIFE).map(|life| life * LIFE..(life + 1) * LIFE).collect();
    // Two at a time: a worker waits for the disk as long as it computes.
    let halves = lives.chunks(lives.len().div_ceil(2)).map(|half| {
        let (half, template) = (half.to_vec(), template.path().to_owned());
        tokio::spawn(async move {
            let (mut all, mut nursery) = (Lived::default(), Nursery::start());
            for life in half {
                let told = live(&mut nursery, &template, life.clone(), None).await;
                assert_eq!(told.faults, [""; 0], "in the rounds {life:?}");
                all.kills += told.kills;
                all.acknowledged += told.acknowledged;
                all.unsure += told.unsure;
            }
            all
        })
    });
    let mut all = Lived::default();
    for half in halves.collect::<Vec<_>>() {
        let half = half.await.unwrap();
        all.kills += half.kills;
        all.acknowledged += half.acknowledged;
        all.unsure += half.unsure;
    }
    assert!(all.acknowledged >= usize::try_from(all.kills / 4).unwrap() && all.unsure > 0, "{all:?}");
    let Lived { kills, acknowledged, unsure, .. } = all;
    let found = "0 lost, 0 halves, 0 orphans";
    proved(
        "A1",
        &format!("{kills} kills, {acknowledged} acknowledged, {unsure} settled by sending again: {found}"),
    );
}

/// One report, and nobody kills anybody.
pub(super) fn leave_one_alone() {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let (data, house) = founded().await;
        close(&house).await;
        let task = Task::Submit { key: "kill-nobody".to_owned() };
        let (mut nursery, mut sent) = (Nursery::start(), Sent::default());
        nursery.begin(&Order::new(data.path(), task)).await;
        nursery.go().await;
        assert!(!nursery.hear_to_the_end(&mut sent).await, "nobody killed it");
        assert_eq!(sent.acknowledged(), 1);
        assert_eq!(oracle::faults(data.path(), &House::log_key(), &sent, OURS).await, [""; 0]);
    });
}
