//! Everything that must hold of a database after a kill.

use varsel_log::key::Verifier;
use varsel_services::domain::authz::Scope;
use varsel_storage::{Store, testing};

use super::sent::Sent;
use super::sound;
use super::whole::{self, Found};

/// How much of the reports is looked at; the database and its log of use always are.
pub(super) enum Depth {
    /// Every row that belongs to one.
    Whole,
    /// Which there are.
    Numbers,
}

/// What is wrong; nothing where all is well. `ours`: how the keys begin that only these clients send.
pub(super) async fn faults(url: &str, key: &Verifier, sent: &Sent, ours: &str) -> Vec<String> {
    judge(look(url, key, Depth::Whole).await, sent, ours)
}

/// The same without a look at what belongs to each report.
pub(super) async fn quick_faults(url: &str, key: &Verifier, sent: &Sent, ours: &str) -> Vec<String> {
    judge(look(url, key, Depth::Numbers).await, sent, ours)
}

fn judge(mut found: Found, sent: &Sent, ours: &str) -> Vec<String> {
    found.faults.extend(sent.faults(&found, ours));
    found.faults.append(&mut found.orphans);
    found.faults
}

/// What is there, and what is wrong with it. All of it is read in one transaction, so that a server may go on beside it (on
/// SQLite; PostgreSQL shows each statement what is there by then).
pub(super) async fn look(url: &str, key: &Verifier, depth: Depth) -> Found {
    let store = Store::connect(url).await.unwrap();
    let tx = testing::bare(&store, &Scope::system()).await.unwrap();
    let mut found = match depth {
        Depth::Whole => whole::reports(&tx).await,
        Depth::Numbers => whole::numbers(&tx).await,
    };
    found.faults.extend(sound::faults(&tx, key).await);
    tx.rollback().await.unwrap();
    store.connection().clone().close().await.unwrap();
    found
}
