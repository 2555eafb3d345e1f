//! A process of its own that works on a database until it is killed: use cases, jobs and log, with no HTTP before them.
//!
//! It is this very test program, told by an environment variable to be a nursery: a process that has read the rule pack and
//! becomes two for each order, so that a worker is there at once.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use varsel_services::domain::{ChangeId, RandomIds};
use varsel_services::job;
use varsel_services::report::{SubmitOutcome, SubmitReport, submit};
use varsel_services::testing::{House, mails_in};
use varsel_services::view::IncidentView;
use varsel_services::{change, incident, log, retention};
use varsel_storage::{Store, testing};

use super::planted::Plant;

/// Tells this program to be a nursery.
pub(super) const NURSERY: &str = "VARSEL_KILL_NURSERY";

/// Who files.
pub(super) const REPORTER: &str = "reporter-energy";

/// What a worker is to do.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Order {
    /// The directory with the database.
    pub(super) data: PathBuf,
    pub(super) task: Task,
    /// A fault that the oracle must find.
    pub(super) plant: Option<Plant>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) enum Task {
    /// So many clients file and open reports, until somebody kills it; keys begin with `kill-{round}-`.
    Serve { clients: usize, round: u64 },
    /// One report, under this key.
    Submit { key: String },
    /// The second administrator approves.
    Approve { change: ChangeId, sha256: String },
    /// What is due after so many days is erased.
    Erase { days: i64 },
}

impl Order {
    pub(super) fn new(data: &Path, task: Task) -> Self {
        Self { data: data.to_owned(), task, plant: None }
    }

    /// Does it, in this process.
    fn carry_out(&self) {
        let mut runtime = match self.task {
            Task::Serve { .. } => tokio::runtime::Builder::new_multi_thread(),
            // One thread, so that the calls of the system come in the same order each time.
            _ => tokio::runtime::Builder::new_current_thread(),
        };
        runtime.worker_threads(2).enable_all().build().unwrap().block_on(self.work());
    }

    async fn work(&self) {
        let store = open(&self.data).await;
        let house = House::reopen(store, RandomIds::from_system()).await;
        say("ready");
        // Whoever started it looks at the database first; there is nothing to wait for where nobody writes.
        std::io::stdin().read_line(&mut String::new()).unwrap();
        let services = &house.services;
        match &self.task {
            Task::Serve { clients, round } => self.serve(&house, *clients, *round).await,
            Task::Submit { key } => {
                let view = self.file(&house, key).await;
                say(&format!("done {key} {}", view.number));
            }
            Task::Approve { change, sha256 } => {
                let second = house.request("administrator-second").await;
                change::approve(services, &second, *change, sha256).await.unwrap().unwrap();
                self.come_late(&house).await;
                say("approved");
            }
            Task::Erase { days } => {
                house.advance(chrono::TimeDelta::days(*days));
                retention::erase(services, "kill").await.unwrap();
                self.come_late(&house).await;
                say("erased");
            }
        }
        close(&house).await;
    }

    /// What a planted fault does after the commit.
    async fn come_late(&self, house: &House) {
        if let Some(plant) = self.plant {
            plant.come_late(house).await;
        }
    }

    async fn serve(&self, house: &House, clients: usize, round: u64) {
        let mail = mails_in(self.data.join("mail"));
        tokio::spawn(log::run(house.services.clone()));
        tokio::spawn(job::run(house.services.clone(), mail));
        let order = Arc::new(self.clone());
        let clients = (0..clients).map(|client| {
            let (order, house) = (Arc::clone(&order), house.clone());
            tokio::spawn(async move { order.client(&house, &format!("kill-{round}-{client}")).await })
        });
        for client in clients.collect::<Vec<_>>() {
            client.await.unwrap();
        }
    }

    async fn file(&self, house: &House, key: &str) -> IncidentView {
        match self.plant {
            Some(plant) => plant.file(house, key).await,
            None => file(house, key).await,
        }
    }

    /// Files and opens one report after the other, and seals the log between them.
    async fn client(&self, house: &House, name: &str) {
        let request = house.request(REPORTER).await;
        for number in 0.. {
            let key = format!("{name}-{number}");
            say(&format!("begun {key}"));
            let view = self.file(house, &key).await;
            say(&format!("done {key} {}", view.number));
            incident::open(&house.services, &request, view.id).await.unwrap().unwrap();
            say(&format!("shown {}", view.number));
            log::seal(&house.services).await.unwrap();
        }
    }
}

/// Where the database of a directory is.
pub(super) fn url(data: &Path) -> String {
    format!("sqlite://{}", data.join("varsel.db").display())
}

/// Where the vault of a directory is.
pub(super) fn keys_url(data: &Path) -> String {
    format!("sqlite://{}", data.join("keys.db").display())
}

/// The database of a directory, with the keys that what is confidential in it is sealed with.
pub(super) async fn open(data: &Path) -> Store {
    testing::open(&url(data), data).await.unwrap()
}

/// Closes a house's database, and that of its keys.
pub(crate) async fn close(house: &House) {
    testing::vault_of(&house.services.store).close().await.unwrap();
    house.services.store.close().await.unwrap();
}

/// Files the sample report under a key; the first result where that is there already.
pub(super) async fn file(house: &House, key: &str) -> IncidentView {
    let request = house.request(REPORTER).await;
    let (idempotency_key, facts) = (key.to_owned(), house.facts(REPORTER));
    let report = SubmitReport { idempotency_key, facts, incident: None, warnings_seen: false };
    match submit(&house.services, &request, report).await.unwrap() {
        SubmitOutcome::Submitted { incident, .. } => *incident,
        other => panic!("{other:?}"),
    }
}

/// Tells whoever started it, at once; a line that was not written whole was not said.
pub(super) fn say(line: &str) {
    std::io::stdout().write_all(format!("@{line}\n").as_bytes()).unwrap();
}

/// Carries out one order after the other, each in a process of its own.
fn nurse() {
    House::read_pack();
    loop {
        let mut order = String::new();
        if std::io::stdin().read_line(&mut order).unwrap() == 0 {
            return;
        }
        let order: Order = serde_json::from_str(&order).unwrap();
        match fork::fork().unwrap() {
            fork::Fork::Child => {
                // A panic must not go on into the test harness, which is not there in this process.
                let done = std::panic::catch_unwind(|| order.carry_out());
                std::process::exit(i32::from(done.is_err()));
            }
            fork::Fork::Parent(child) => {
                say(&format!("born {child}"));
                let status = fork::waitpid(child).unwrap();
                // What was said last may have been cut.
                std::io::stdout().write_all(b"\n").unwrap();
                say(&format!("ended {status}"));
            }
        }
    }
}

/// Where the workers are born. Where nobody asks for any, it tries that one that is left alone comes to its end.
#[test]
#[expect(clippy::disallowed_methods, reason = "the process that started this one says what it is to be")]
fn a_worker_that_is_left_alone_does_all_of_its_work() {
    match std::env::var(NURSERY) {
        Ok(_) => nurse(),
        Err(_) => super::rounds::leave_one_alone(),
    }
}
