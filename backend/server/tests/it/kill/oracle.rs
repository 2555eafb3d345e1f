//! Everything that must hold of a database after a kill.

use std::path::Path;

use varsel_log::key::Verifier;
use varsel_services::domain::authz::Scope;
use varsel_storage::testing;

use super::sent::Sent;
use super::sound;
use super::whole::{self, Found};
use super::worker::url;

/// How much of the reports is looked at; the database and its log of use always are.
pub(super) enum Depth {
    /// Every row that belongs to one.
    Whole,
    /// Which there are.
    Numbers,
}

/// What is wrong in a directory's SQLite database; nothing where all is well. `ours`: how the keys begin that only these clients send.
pub(super) async fn faults(data: &Path, key: &Verifier, sent: &Sent, ours: &str) -> Vec<String> {
    judge(look((&url(data), data), key, Depth::Whole).await, sent, ours)
}

/// The same without a look at what belongs to each report.
pub(super) async fn quick_faults(data: &Path, key: &Verifier, sent: &Sent, ours: &str) -> Vec<String> {
    judge(look((&url(data), data), key, Depth::Numbers).await, sent, ours)
}

pub(super) fn judge(mut found: Found, sent: &Sent, ours: &str) -> Vec<String> {
    found.faults.extend(sent.faults(&found, ours));
    found.faults.append(&mut found.orphans);
    found.faults
}

/// What is there, and what is wrong with it. Once the revisions are opened, all of it is read in one transaction, so that a server may go on beside it (on
/// SQLite; PostgreSQL shows each statement what is there by then).
pub(super) async fn look((url, data): (&str, &Path), key: &Verifier, depth: Depth) -> Found {
    let store = testing::open(url, data).await.unwrap();
    let revisions = match depth {
        Depth::Whole => testing::revisions(&store).await.unwrap(),
        Depth::Numbers => Vec::new(),
    };
    let tx = testing::bare(&store, &Scope::system()).await.unwrap();
    let mut found = match depth {
        Depth::Whole => whole::reports(&tx, &revisions).await,
        Depth::Numbers => whole::numbers(&tx).await,
    };
    found.faults.extend(sound::faults(&tx, key).await);
    tx.rollback().await.unwrap();
    if !store.is_shared() {
        testing::vault_of(&store).close().await.unwrap();
    }
    store.close().await.unwrap();
    found
}
