//! Faults that are planted into the work, which the oracle must find.

use std::path::Path;

use sea_orm::{ConnectionTrait, Statement};
use serde::{Deserialize, Serialize};
use varsel_services::domain::incident::incident_number;
use varsel_services::testing::House;
use varsel_services::view::IncidentView;
use varsel_services::{demo, log};
use varsel_storage::{Store, testing};

use super::nursery::Nursery;
use super::rounds::{founded, live};
use super::worker::{REPORTER, close, file, keys_url, say, url};

/// A fault.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) enum Plant {
    /// A report is acknowledged before its commit.
    EarlyAnswer,
    /// The mail about it is put into the outbox after the commit, in a transaction of its own.
    LateJob,
    /// Keys are destroyed when all else is done, and by nobody where that is cut off.
    LateKey,
    /// An entry of the log is changed after its checkpoint was signed.
    ForgedEntry,
}

/// Moves each receipt, and each mail about a change, aside as it is written.
const ASIDE: &str = "CREATE TABLE aside AS SELECT * FROM job WHERE false;
    CREATE TRIGGER put_aside AFTER INSERT ON job
    WHEN NEW.kind IN ('report_received', 'change_decided') AND NOT EXISTS (SELECT 1 FROM aside WHERE id = NEW.id)
    BEGIN INSERT INTO aside SELECT * FROM job WHERE id = NEW.id; DELETE FROM job WHERE id = NEW.id; END;";

/// What was moved aside is put back.
const BACK: &str = "INSERT INTO job SELECT * FROM aside WHERE id NOT IN (SELECT id FROM job)";

/// Brings each key back that is destroyed.
const KEPT: &str =
    "CREATE TRIGGER kept AFTER UPDATE OF destroyed_at ON incident_key WHEN OLD.destroyed_at IS NULL
    BEGIN UPDATE incident_key SET wrapped = OLD.wrapped, wrapped_by = OLD.wrapped_by, destroyed_at = NULL
    WHERE incident_id = OLD.incident_id; END;";

/// Destroys them at last.
const DESTROYED: &str = "DROP TRIGGER kept;
    UPDATE incident_key SET wrapped = NULL, wrapped_by = NULL, destroyed_at = made_at;";

/// Takes away what keeps entries as they were written.
const UNGUARDED: &str = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'access_entry'";

impl Plant {
    /// Makes the database ready for it.
    pub(super) async fn prepare(self, data: &Path) {
        let url = if matches!(self, Self::LateKey) { keys_url(data) } else { url(data) };
        let store = Store::connect(&url).await.unwrap();
        let connection = store.connection();
        match self {
            Self::EarlyAnswer => {}
            Self::LateKey => {
                connection.execute_unprepared(KEPT).await.unwrap();
            }
            Self::LateJob => {
                connection.execute_unprepared(ASIDE).await.unwrap();
            }
            Self::ForgedEntry => {
                let all = Statement::from_string(connection.get_database_backend(), UNGUARDED);
                for trigger in connection.query_all_raw(all).await.unwrap() {
                    let name: String = trigger.try_get("", "name").unwrap();
                    connection.execute_unprepared(&format!("DROP TRIGGER {name}")).await.unwrap();
                }
            }
        }
        // With its readers: the last to go writes everything into the file that is copied.
        store.close().await.unwrap();
    }

    /// Files a report as a server with the fault would.
    pub(super) async fn file(self, house: &House, key: &str) -> IncidentView {
        let connection = house.services.store.connection();
        match self {
            Self::EarlyAnswer => {
                let begin =
                    "INSERT OR IGNORE INTO incident_counter (year, last, key) VALUES (2026, 0, 'planted')";
                connection.execute_unprepared(begin).await.unwrap();
                let next = "SELECT last + 1 AS next, key FROM incident_counter";
                let next = Statement::from_string(connection.get_database_backend(), next);
                let next = connection.query_one_raw(next).await.unwrap().unwrap();
                let count: i64 = next.try_get("", "next").unwrap();
                let order: String = next.try_get("", "key").unwrap();
                let number = incident_number(house.now(), count.try_into().unwrap(), Some(&order));
                say(&format!("done {key} {number}"));
                file(house, key).await
            }
            Self::LateJob | Self::LateKey => {
                let view = file(house, key).await;
                self.come_late(house).await;
                view
            }
            Self::ForgedEntry => {
                let view = file(house, key).await;
                let forge = "UPDATE access_entry SET text = text || ' ' WHERE position = 0";
                connection.execute_unprepared(forge).await.unwrap();
                view
            }
        }
    }

    /// Does what should have been part of the work that was done just now.
    pub(super) async fn come_late(self, house: &House) {
        let (store, late) = match self {
            Self::EarlyAnswer | Self::ForgedEntry => return,
            Self::LateJob => (house.services.store.clone(), BACK),
            Self::LateKey => (testing::vault_of(&house.services.store), DESTROYED),
        };
        // Other work comes between, as it would.
        for _ in 0..3 {
            log::seal(&house.services).await.unwrap();
            demo::find(&house.services, REPORTER).await.unwrap();
        }
        store.connection().execute_unprepared(late).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn planted_faults_are_found() {
    let (template, house) = founded().await;
    close(&house).await;
    let mut nursery = Nursery::start();
    for (plant, told) in [
        (Plant::EarlyAnswer, "was acknowledged as"),
        (Plant::LateJob, "receipts by mail, and 1 expected"),
        (Plant::ForgedEntry, "entries are not those that were signed"),
    ] {
        let lived = live(&mut nursery, template.path(), 0..40, Some(plant)).await;
        assert!(lived.faults.iter().any(|fault| fault.contains(told)), "{plant:?}: {:?}", lived.faults);
    }
}
