//! Stopping the log in every way (attack E5): nothing is answered that is not logged, and a witness elsewhere raises the alarm within
//! three minutes; while nothing is wrong, it raises none.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use varsel_log::key::{Purpose, Signer};
use varsel_server::witness::Witness;
use varsel_services::domain::authz::Scope;
use varsel_services::domain::{Clock as _, FixedClock, IncidentId};
use varsel_services::log::{Answer, Pulse, keep, testify};
use varsel_services::testing::{House, in_each_house};
use varsel_services::{Error, Request, incident};
use varsel_storage::access_log::{self, Sought};
use varsel_storage::testing::{proved, scale, seed};

use crate::witness::execute;

/// What somebody does who wants to act unseen, or what happens by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// Nothing.
    None,
    /// The server is killed, or stopped where it stands (SIGKILL, SIGSTOP).
    Stopped,
    /// The log cannot be written: its right was revoked, its table is gone, its disk is full.
    Unwritable,
    /// The way to the witness is cut.
    Cut,
    /// The task that keeps the log ends, and the rest goes on.
    KeeperGone,
    /// The clock of the server is put back.
    ClockBack,
}

const FAULTS: [Fault; 6] =
    [Fault::None, Fault::Stopped, Fault::Unwritable, Fault::Cut, Fault::KeeperGone, Fault::ClockBack];

/// The longest that the alarm may take.
const ALARM: TimeDelta = TimeDelta::seconds(180);
/// How often the witness looks, and the log is used.
const STEP: TimeDelta = TimeDelta::seconds(5);

/// A server under attack, and the witness of its log.
struct Trial<'a> {
    house: &'a House,
    witness: Witness,
    elsewhere: Arc<FixedClock>,
    pulse: Pulse,
    request: Request,
    incident: IncidentId,
    /// Requests that were answered.
    answered: Vec<String>,
    number: usize,
}

impl<'a> Trial<'a> {
    fn new(house: &'a House, folder: &std::path::Path, request: Request, incident: IncidentId) -> Self {
        let elsewhere = Arc::new(FixedClock::at(DateTime::<Utc>::from_timestamp(1_795_598_400, 0).unwrap()));
        let signer = Signer::new("witness.example", Purpose::Witness, &[5; 32]).unwrap();
        let logs = vec![house.services.log.signer().verifier().clone()];
        let witness =
            Witness::open(signer, logs, folder, TimeDelta::seconds(150), elsewhere.clone()).unwrap();
        let (pulse, answered) = (Pulse::default(), Vec::new());
        Self { house, witness, elsewhere, pulse, request, incident, answered, number: 0 }
    }

    /// Five seconds pass, as `fault` lets them; whether the witness raises the alarm.
    async fn step(&mut self, fault: Fault, trial: usize) -> bool {
        self.number += 1;
        self.elsewhere.advance(STEP);
        if fault != Fault::Stopped {
            self.house.advance(STEP);
            let id = format!("silence-{trial}-{}", self.number);
            let request = Request { request_id: id.clone(), ..self.request.clone() };
            // Every other step somebody looks at something.
            if self.number % 2 == 0
                && incident::open(&self.house.services, &request, self.incident).await.is_ok()
            {
                self.answered.push(id);
            }
            if fault != Fault::KeeperGone {
                // What fails is tried again at the next.
                let _ = keep(&self.house.services, &mut self.pulse).await;
            }
            if fault != Fault::Cut {
                let post = |body: String| {
                    let answer = self.witness.add(&body).map(|(status, body)| Answer { status, body });
                    std::future::ready(answer.map_err(|error| Error::Internal(error.to_string())))
                };
                let _ = testify(&self.house.services, self.witness.verifier(), post).await;
            }
        }
        !self.witness.new_alarms().is_empty()
    }
}

/// Which of the requests that were answered the log does not know.
async fn unlogged(house: &House, answered: &[String]) -> Vec<String> {
    let tx = house.services.store.begin(&Scope::nothing()).await.unwrap();
    let all = access_log::list(&tx, &Sought::default(), None, 1_000_000).await.unwrap();
    let known: std::collections::BTreeSet<_> = all.into_iter().map(|(_, it)| it.entry.request_id).collect();
    answered.iter().filter(|id| !known.contains(*id)).cloned().collect()
}

async fn inject(house: &House, fault: Fault, chance: &mut StdRng) {
    match fault {
        Fault::Unwritable => execute(house, "ALTER TABLE access_entry RENAME TO access_entry_gone").await,
        Fault::ClockBack => house.advance(-TimeDelta::seconds(chance.random_range(1..100_000))),
        Fault::None | Fault::Stopped | Fault::Cut | Fault::KeeperGone => {}
    }
}

async fn mend(house: &House, fault: Fault) {
    if fault == Fault::Unwritable {
        execute(house, "ALTER TABLE access_entry_gone RENAME TO access_entry").await;
    }
}

#[tokio::test]
async fn whatever_stops_the_log_nothing_is_answered_unlogged_and_the_alarm_is_raised() {
    in_each_house(async |house| {
        let (mut chance, trials) = (StdRng::seed_from_u64(seed()), scale(3, 200));
        let (own, _) = house.file("reporter-energy", "first-report").await;
        let request = house.request("officer-sektorcert").await;
        let (mut answered, mut slowest) = (0, TimeDelta::zero());
        for trial in 0..trials * FAULTS.len() {
            let fault = FAULTS[trial % FAULTS.len()];
            let folder = tempfile::tempdir().unwrap();
            let mut it = Trial::new(&house, folder.path(), request.clone(), own.id);
            for _ in 0..chance.random_range(14..28) {
                assert!(!it.step(Fault::None, trial).await, "{fault:?}: an alarm before anything was wrong");
            }
            inject(&house, fault, &mut chance).await;
            let (began, mut alarm) = (it.elsewhere.now(), None);
            while alarm.is_none() && it.elsewhere.now() - began < ALARM + STEP {
                alarm = it.step(fault, trial).await.then(|| it.elsewhere.now() - began);
            }
            mend(&house, fault).await;
            assert_eq!(unlogged(&house, &it.answered).await, [""; 0], "{fault:?}");
            answered += it.answered.len();
            // With a clock that was put back, the log is kept all the same.
            let silent = !matches!(fault, Fault::None | Fault::ClockBack);
            assert_eq!(alarm.is_some(), silent, "{fault:?}, trial {trial}");
            if let Some(alarm) = alarm {
                assert!(alarm <= ALARM, "{fault:?}: {alarm}");
                slowest = slowest.max(alarm);
            }
        }
        assert!(answered > trials * 10, "{answered}");
        // The oracle finds an answer that nobody logged.
        assert_eq!(unlogged(&house, &["never-logged".to_owned()]).await, ["never-logged"]);
        let database = if house.services.store.is_shared() { "PostgreSQL" } else { "SQLite" };
        proved("E5", &format!("{database}: {trials} trials of each of {} faults, {answered} answers: 0 unlogged, the alarm after {} s at most", FAULTS.len() - 2, slowest.num_seconds()));
    })
    .await;
}
