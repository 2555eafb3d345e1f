//! Stopping the log in every way (attack E5): nothing is answered that is not logged, and a witness elsewhere raises the alarm within
//! three minutes; while nothing is wrong, it raises none.

use std::sync::Arc;

use chrono::TimeDelta;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use varsel_log::key::{Purpose, Signer};
use varsel_server::witness::Witness;
use varsel_services::domain::access::UseKind;
use varsel_services::domain::authz::Scope;
use varsel_services::domain::{Clock as _, FixedClock, IncidentId};
use varsel_services::log::{Answer, Pulse, keep, testify};
use varsel_services::testing::{House, in_each_house, read_unlogged};
use varsel_services::{Error, Request, incident};
use varsel_storage::access_log::{self, Sought};
use varsel_storage::testing::{as_server, proved, scale, seed};

use crate::witness::execute;

/// What somebody does who wants to act unseen, or what happens by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// Nothing.
    None,
    /// The server is killed, or stopped where it stands (SIGKILL, SIGSTOP).
    Stopped,
    /// The log cannot be written: its table is gone, its disk is full.
    Unwritable,
    /// The server may not add to the log any more, or a trigger keeps it from doing so.
    Revoked,
    /// It adds to the log, and may give nothing its place: what it signs does not grow.
    Unplaced,
    /// The database drops what is added to the log, and says nothing.
    Swallowed,
    /// The way to the witness is cut.
    Cut,
    /// The task that keeps the log ends, and the rest goes on.
    KeeperGone,
    /// The clock of the server is put back.
    ClockBack,
}

const FAULTS: [Fault; 9] = [
    Fault::None,
    Fault::Stopped,
    Fault::Unwritable,
    Fault::Revoked,
    Fault::Unplaced,
    Fault::Swallowed,
    Fault::Cut,
    Fault::KeeperGone,
    Fault::ClockBack,
];

impl Fault {
    /// What brings it about in the database, and what ends it. SQLite has no roles: there triggers refuse.
    fn statements(self, is_postgres: bool) -> (&'static [&'static str], &'static [&'static str]) {
        match (self, is_postgres) {
            (Self::Unwritable, _) => (
                &["ALTER TABLE access_entry RENAME TO access_entry_gone"],
                &["ALTER TABLE access_entry_gone RENAME TO access_entry"],
            ),
            (Self::Revoked, true) => (
                &["REVOKE INSERT ON access_entry FROM varsel_server"],
                &["GRANT INSERT ON access_entry TO varsel_server"],
            ),
            (Self::Revoked, false) => (
                &["CREATE TRIGGER refuse BEFORE INSERT ON access_entry BEGIN SELECT RAISE(ABORT, 'no'); END"],
                &["DROP TRIGGER refuse"],
            ),
            (Self::Unplaced, true) => (
                &["REVOKE UPDATE (position) ON access_entry FROM varsel_server"],
                &["GRANT UPDATE (position) ON access_entry TO varsel_server"],
            ),
            (Self::Unplaced, false) => (
                &["CREATE TRIGGER refuse BEFORE UPDATE ON access_entry BEGIN SELECT RAISE(ABORT, 'no'); END"],
                &["DROP TRIGGER refuse"],
            ),
            (Self::Swallowed, true) => (
                &[
                    "CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql \
                     AS $$ BEGIN RETURN NULL; END $$",
                    "CREATE TRIGGER swallow BEFORE INSERT ON access_entry FOR EACH ROW \
                     EXECUTE FUNCTION swallow()",
                ],
                &["DROP FUNCTION swallow() CASCADE"],
            ),
            (Self::Swallowed, false) => (
                &["CREATE TRIGGER swallow BEFORE INSERT ON access_entry BEGIN SELECT RAISE(IGNORE); END"],
                &["DROP TRIGGER swallow"],
            ),
            (Self::None | Self::Stopped | Self::Cut | Self::KeeperGone | Self::ClockBack, _) => (&[], &[]),
        }
    }
}

/// The longest that the alarm may take.
const ALARM: TimeDelta = TimeDelta::seconds(180);
/// How long a log may be silent for its witness.
const SILENCE: TimeDelta = TimeDelta::seconds(150);
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
    /// Entries that say that the clock is wrong.
    said: u64,
}

impl<'a> Trial<'a> {
    async fn new(
        house: &'a House,
        (folder, silence): (&std::path::Path, TimeDelta),
        request: Request,
        incident: IncidentId,
    ) -> Self {
        let elsewhere = Arc::new(FixedClock::at(house.now()));
        let witness = witness(house, (folder, silence), &elsewhere);
        let (mut pulse, answered) = (Pulse::default(), Vec::new());
        // What a trial before did to the clock is noticed as the keeper starts.
        let _ = keep(&house.services, &mut pulse).await;
        let said = alarms_of_clock(house).await.unwrap();
        Self { house, witness, elsewhere, pulse, request, incident, answered, number: 0, said }
    }

    /// Ends the witness and starts it again on what it kept.
    fn restart_witness(&mut self, folder: &std::path::Path) {
        self.witness = witness(self.house, (folder, SILENCE), &self.elsewhere);
    }

    /// How long it takes until the alarm is raised, if it is within a step of the longest that it may take.
    async fn alarm(&mut self, fault: Fault, trial: usize) -> Option<TimeDelta> {
        let (began, mut alarm) = (self.elsewhere.now(), None);
        while alarm.is_none() && self.elsewhere.now() - began < ALARM + STEP {
            alarm = self.step(fault, trial).await.then(|| self.elsewhere.now() - began);
        }
        alarm
    }

    /// Five seconds pass, as `fault` lets them; whether the alarm is raised: by the witness, or by the server of its own clock.
    async fn step(&mut self, fault: Fault, trial: usize) -> bool {
        self.pass(STEP, fault, trial).await
    }

    /// This time passes, and what is done now and then is done once.
    async fn pass(&mut self, time: TimeDelta, fault: Fault, trial: usize) -> bool {
        self.number += 1;
        self.elsewhere.advance(time);
        if fault != Fault::Stopped {
            self.house.advance(time);
            let id = format!("silence-{trial}-{}", self.number);
            let request = Request { request_id: id.clone(), ..self.request.clone() };
            // Every other step somebody looks at something.
            if self.number.is_multiple_of(2)
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
        // What cannot be written cannot be read here either.
        let said = alarms_of_clock(self.house).await.unwrap_or(self.said);
        let rings = said > std::mem::replace(&mut self.said, said);
        !self.witness.new_alarms().is_empty() || rings
    }
}

/// How often the server has said that its clock is wrong.
async fn alarms_of_clock(house: &House) -> varsel_storage::Result<u64> {
    let tx = house.services.store.begin(&Scope::nothing()).await.unwrap();
    let sought = Sought { use_kind: Some(UseKind::ClockWrong), ..Sought::default() };
    access_log::count(&tx, &sought).await
}

/// The witness of the house's log, as its process starts, with how long the log may be silent.
fn witness(
    house: &House,
    (folder, silence): (&std::path::Path, TimeDelta),
    clock: &Arc<FixedClock>,
) -> Witness {
    let signer = Signer::new("witness.example", Purpose::Witness, &[5; 32]).unwrap();
    let logs = vec![house.services.log.signer().verifier().clone()];
    Witness::open(signer, logs, folder, silence, clock.clone()).unwrap()
}

/// Which of the requests that were answered the log does not know.
async fn unlogged(house: &House, answered: &[String]) -> Vec<String> {
    let tx = house.services.store.begin(&Scope::nothing()).await.unwrap();
    let all = access_log::list(&tx, &Sought::default(), None, 1_000_000).await.unwrap();
    let known: std::collections::BTreeSet<_> = all.into_iter().map(|(_, it)| it.entry.request_id).collect();
    answered.iter().filter(|id| !known.contains(*id)).cloned().collect()
}

/// As whoever owns the tables, which the server does not.
async fn inject(owner: &House, fault: Fault, chance: &mut StdRng) {
    for sql in fault.statements(owner.services.store.is_shared()).0 {
        execute(owner, sql).await;
    }
    if fault == Fault::ClockBack {
        owner.advance(-TimeDelta::seconds(chance.random_range(3..100_000)));
    }
}

async fn mend(owner: &House, fault: Fault) {
    for sql in fault.statements(owner.services.store.is_shared()).1 {
        execute(owner, sql).await;
    }
}

/// The house as its server sees it where duties are separate; SQLite as it is.
async fn of_server(owner: &House) -> House {
    let mut house = owner.clone();
    house.services.store = as_server(&owner.services.store).await.unwrap();
    house
}

#[tokio::test]
async fn whatever_stops_the_log_nothing_is_answered_unlogged_and_the_alarm_is_raised() {
    in_each_house(async |owner| {
        let house = of_server(&owner).await;
        let (mut chance, trials) = (StdRng::seed_from_u64(seed()), scale(3, 200));
        let (own, _) = house.file("reporter-energy", "first-report").await;
        let request = house.request("officer-sektorcert").await;
        let (mut answered, mut slowest) = (0, TimeDelta::zero());
        for trial in 0..trials * FAULTS.len() {
            let fault = FAULTS[trial % FAULTS.len()];
            let folder = tempfile::tempdir().unwrap();
            let mut it = Trial::new(&house, (folder.path(), SILENCE), request.clone(), own.id).await;
            for _ in 0..chance.random_range(14..28) {
                assert!(!it.step(Fault::None, trial).await, "{fault:?}: an alarm before anything was wrong");
            }
            inject(&owner, fault, &mut chance).await;
            let before = it.answered.len();
            let alarm = it.alarm(fault, trial).await;
            mend(&owner, fault).await;
            match (fault, it.answered.len() - before) {
                (Fault::Unwritable | Fault::Revoked | Fault::Swallowed, 1..) => panic!("{fault:?}: answered"),
                (Fault::Unplaced, 0) => panic!("what is logged is answered, whatever becomes of its place"),
                _ => {}
            }
            assert_eq!(unlogged(&house, &it.answered).await, [""; 0], "{fault:?}");
            answered += it.answered.len();
            assert_eq!(alarm.is_some(), fault != Fault::None, "{fault:?}, trial {trial}");
            if let Some(alarm) = alarm {
                assert!(alarm <= ALARM, "{fault:?}: {alarm}");
                slowest = slowest.max(alarm);
            }
        }
        assert!(answered > trials * 10, "{answered}");
        let database = if house.services.store.is_shared() { "PostgreSQL" } else { "SQLite" };
        proved("E5", &format!("{database}: {trials} trials of each of {} faults, {answered} answers: 0 unlogged, the alarm after {} s at most", FAULTS.len() - 1, slowest.num_seconds()));
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_was_given_without_its_entry_is_found() {
    in_each_house(async |house| {
        let (own, _) = house.file("reporter-energy", "first-report").await;
        let request = house.request("officer-sektorcert").await;
        let folder = tempfile::tempdir().unwrap();
        let mut it = Trial::new(&house, (folder.path(), SILENCE), request.clone(), own.id).await;
        while it.answered.len() < 3 {
            it.step(Fault::None, 0).await;
        }
        assert_eq!(unlogged(&house, &it.answered).await, [""; 0]);
        // What a server would do that goes on while its log cannot be written.
        let unseen = Request { request_id: "silence-unseen".to_owned(), ..request };
        assert!(read_unlogged(&house, &unseen, own.id).await.unwrap().is_some());
        it.answered.insert(1, unseen.request_id);
        assert_eq!(unlogged(&house, &it.answered).await, ["silence-unseen"]);
    })
    .await;
}

#[tokio::test]
async fn a_witness_that_waits_too_long_misses_the_longest_that_the_alarm_may_take() {
    in_each_house(async |house| {
        let (own, _) = house.file("reporter-energy", "first-report").await;
        let request = house.request("officer-sektorcert").await;
        for (silence, alarm) in [
            (SILENCE, Some(SILENCE)),
            // What is one step too late is told from what is in time.
            (ALARM + STEP, Some(ALARM + STEP)),
            (ALARM * 3, None),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let mut it = Trial::new(&house, (folder.path(), silence), request.clone(), own.id).await;
            for _ in 0..14 {
                assert!(!it.step(Fault::None, 0).await);
            }
            assert_eq!(it.alarm(Fault::Stopped, 0).await, alarm, "{silence}");
        }
    })
    .await;
}

/// A heartbeat is due each minute, and comes with the next look at the log, which is each ten seconds.
fn to_the_next_heartbeat(chance: &mut StdRng) -> TimeDelta {
    TimeDelta::seconds(chance.random_range(60..=70))
}

#[tokio::test]
async fn in_an_ordinary_week_there_is_no_alarm() {
    in_each_house(async |house| {
        let (mut chance, heartbeats) = (StdRng::seed_from_u64(seed()), scale(300, 7 * 24 * 60));
        let (own, _) = house.file("reporter-energy", "first-report").await;
        let request = house.request("officer-sektorcert").await;
        let folder = tempfile::tempdir().unwrap();
        let mut it = Trial::new(&house, (folder.path(), SILENCE), request.clone(), own.id).await;
        let (mut lost_before, mut restarts, mut lost) = (false, 0, 0);
        for heartbeat in 0..heartbeats {
            // An update of the server, or of the witness, which remembers what it saw.
            if chance.random_ratio(1, 60) {
                it.pulse = Pulse::default();
                it.restart_witness(folder.path());
                restarts += 1;
            }
            // Now and then a request to the witness is lost; the next shows all there is.
            let fault = if !lost_before && chance.random_ratio(1, 30) { Fault::Cut } else { Fault::None };
            lost_before = fault == Fault::Cut;
            lost += usize::from(lost_before);
            let alarm = it.pass(to_the_next_heartbeat(&mut chance), fault, 0).await;
            assert!(!alarm && it.witness.all_is_heard(), "heartbeat {heartbeat} of {heartbeats}: {fault:?}");
        }
        assert!(restarts > 0 && lost > 0 && it.answered.len() == heartbeats / 2);
        // The same witness says so when it really is silent.
        let mut alarms = 0;
        for _ in 0..4 {
            alarms += usize::from(it.pass(TimeDelta::seconds(70), Fault::Stopped, 0).await);
        }
        assert_eq!(alarms, 1);
        let database = if house.services.store.is_shared() { "PostgreSQL" } else { "SQLite" };
        proved("R55", &format!("{database}: {heartbeats} heartbeats ({} h), {restarts} restarts, {lost} requests lost: 0 alarms", heartbeats / 60));
    })
    .await;
}
