//! What the worker does at the moment of its death, and what must be there afterwards.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, Statement};
use varsel_services::attempt::{self, Origin, Refused, Tried};
use varsel_services::authorisation::{self, Wish};
use varsel_services::domain::RandomIds;
use varsel_services::domain::attempt::{Cause, Client};
use varsel_services::domain::authorisation::{Function, Reach};
use varsel_services::domain::authz::Scope;
use varsel_services::domain::change::{Change, Refusal};
use varsel_services::testing::House;
use varsel_services::{change, log, retention};
use varsel_storage::{Store, testing};

use super::erased;
use super::oracle::{self, Depth};
use super::rounds::founded;
use super::sent::Sent;
use super::worker::{Task, close, file, open, url};

/// The key of the one report.
const KEY: &str = "kill-one";

/// Longer than anything is kept.
const DAYS: i64 = 62 * 31;

/// How many reports there are before they are erased.
pub(super) const REPORTS: usize = 4;

/// A use case, at work.
pub(super) enum Scene {
    Submit,
    /// Of this proposal, in this database.
    Approve(Box<Change>, tempfile::TempDir),
    Erase,
}

/// What a change has left in the tables: its status, whether its payload was carried out, entries of the log, and mails.
const CHANGE: &str = "SELECT (SELECT status FROM change_proposal) AS status,
    (SELECT count(*) FROM authorisation WHERE change_id IS NOT NULL) AS carried_out,
    (SELECT count(*) FROM access_entry WHERE use_kind = 'change_approved') AS logged,
    (SELECT count(*) FROM job WHERE kind = 'change_decided') AS mails";

impl Scene {
    pub(super) fn submit() -> Self {
        Self::Submit
    }

    pub(super) fn erase() -> Self {
        Self::Erase
    }

    /// A right was asked for.
    pub(super) async fn approve() -> Self {
        let (data, house) = founded().await;
        let officer = house.request("duty-officer").await;
        let wish = Wish {
            holder: None,
            functions: BTreeSet::from([Function::Read]),
            reach: Reach::Unit("sektorcert".into()),
            purpose: "To stand in while Mads is on leave.".to_owned(),
            from: None,
            until: None,
            temporary: None,
        };
        let proposed = authorisation::ask(&house.services, &officer, wish, "The summer is long.").await;
        let proposed = proposed.unwrap().unwrap().change;
        close(&house).await;
        Self::Approve(Box::new(proposed), data)
    }

    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Approve(..) => "approve",
            Self::Erase => "erase",
        }
    }

    pub(super) fn task(&self) -> Task {
        match self {
            Self::Submit => Task::Submit { key: KEY.to_owned() },
            Self::Approve(change, _) => {
                Task::Approve { change: change.id, sha256: change.payload_sha256.clone() }
            }
            Self::Erase => Task::Erase { days: DAYS },
        }
    }

    /// What is known before the work begins.
    pub(super) fn sent(&self) -> Sent {
        let mut sent = Sent::default();
        if matches!(self, Self::Submit) {
            sent.begin(KEY.to_owned());
        }
        sent
    }

    /// The database in which the work begins.
    pub(super) async fn template(&self) -> tempfile::TempDir {
        if let Self::Approve(_, data) = self {
            return super::rounds::copied(data.path());
        }
        let (data, house) = founded().await;
        for number in 1..REPORTS {
            file(&house, &format!("kill-before-{number}")).await;
        }
        let origin = Origin { client: Client("192.0.2.7".to_owned()), device: None };
        let refused = Refused::new(Cause::SignInRefused, "WRONG_PASSWORD", Tried::Nobody);
        attempt::register(&house.services, &origin, "kill", refused).await.unwrap();
        log::seal(&house.services).await.unwrap();
        // So that an erasure has something of the log to seal, too.
        file(&house, "kill-before-last").await;
        close(&house).await;
        data
    }

    /// What is wrong after the kill.
    pub(super) async fn faults(&self, data: &Path, sent: &Sent) -> Vec<String> {
        let mut found = oracle::look((&url(data), data), &House::log_key(), Depth::Whole).await;
        match self {
            Self::Submit => {
                found.faults.extend(sent.faults(&found, KEY));
                found.faults.append(&mut found.orphans);
            }
            Self::Approve(..) => {
                found.faults.append(&mut found.orphans);
                let left = left_by_change(&url(data)).await;
                let done = ("executed".to_owned(), 1, 1, 1);
                if left != done && (sent.is_finished() || left != ("open".to_owned(), 0, 0, 0)) {
                    found.faults.push(format!("the change is half carried out: {left:?}"));
                }
            }
            Self::Erase => {
                if sent.is_finished() {
                    found.faults.extend(erased::faults(data, REPORTS).await);
                }
            }
        }
        found.faults
    }

    /// Does the work again, as somebody does who got no answer; what is wrong then.
    pub(super) async fn again(&self, data: &Path, sent: &Sent) -> Vec<String> {
        let house = House::reopen(open(data).await, RandomIds::from_system()).await;
        let mut sent = sent.clone();
        match self {
            Self::Submit => {
                let view = file(&house, KEY).await;
                sent.acknowledge(KEY.to_owned(), view.number);
            }
            Self::Approve(change, _) => {
                let second = house.request("administrator-second").await;
                let again =
                    change::approve(&house.services, &second, change.id, &change.payload_sha256).await;
                let again = again.unwrap().map(|_| ());
                assert!(again.is_ok() || again == Err(Refusal::NotOpen), "{again:?}");
                sent.finish();
            }
            Self::Erase => {
                house.advance(TimeDelta::days(DAYS));
                let run = retention::erase(&house.services, "kill-again").await.unwrap();
                assert_eq!((run.overdue, run.held), (0, 0));
                sent.finish();
            }
        }
        log::seal(&house.services).await.unwrap();
        close(&house).await;
        self.faults(data, &sent).await
    }
}

async fn left_by_change(url: &str) -> (String, i64, i64, i64) {
    let store = Store::connect(url).await.unwrap();
    let tx = testing::bare(&store, &Scope::system()).await.unwrap();
    let row = tx.query_one_raw(Statement::from_string(tx.get_database_backend(), CHANGE)).await;
    let row = row.unwrap().unwrap();
    let count = |column| row.try_get::<i64>("", column).unwrap();
    let left = (row.try_get("", "status").unwrap(), count("carried_out"), count("logged"), count("mails"));
    tx.rollback().await.unwrap();
    store.close().await.unwrap();
    left
}
