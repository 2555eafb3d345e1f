//! Uses of several requests in one commit. A reading request hands over what it is about to show and waits; whoever's turn it is
//! commits everything that waits. So a use costs a share of a commit, and no answer leaves before its use is on disk.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::{Mutex as Turn, oneshot};
use tokio::time::{Instant, sleep_until};
use varsel_domain::AuthorisationId;
use varsel_domain::access::AccessEntry;
use varsel_domain::authorisation::Function;
use varsel_storage::access_log;

use crate::{Result, Services};

/// Commits begin no closer together: where many read at once, one commit takes the uses of several. Whoever reads alone does not wait.
const APART: Duration = Duration::from_millis(1);

/// What one request used.
#[derive(Debug, Clone)]
pub(crate) struct Uses {
    /// The entries.
    pub(crate) entries: Vec<AccessEntry>,
    /// By which authorisations.
    pub(crate) used: BTreeSet<(AuthorisationId, Function)>,
    /// When.
    pub(crate) at: DateTime<Utc>,
}

type Waiting = (Arc<Uses>, oneshot::Sender<Result<()>>);

/// Who waits, and whose turn it is.
#[derive(Debug, Default)]
pub(super) struct Group {
    waiting: Mutex<Vec<Waiting>>,
    /// When the last commit began.
    turn: Turn<Option<Instant>>,
}

impl Group {
    fn take(&self) -> Vec<Waiting> {
        // A panic elsewhere cannot leave a list half pushed.
        std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn is_empty(&self) -> bool {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    fn join(&self, one: Waiting) {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).push(one);
    }
}

/// Writes what was used, together with what others use at this moment, and returns when it is on disk.
///
/// # Errors
/// Storage failed: then nothing may be shown.
pub(crate) async fn write(services: &Services, uses: Uses) -> Result<()> {
    let uses = Arc::new(uses);
    let (written, told) = oneshot::channel();
    services.log.group.join((Arc::clone(&uses), written));
    // Its own task: who gives up waiting does not take the others' uses along.
    tokio::spawn(write_waiting(services.clone()));
    match told.await {
        Ok(outcome) => outcome,
        // Together they failed; alone, each learns why, and what was wrong with another's is not its own.
        Err(_) => commit(services, &[uses]).await,
    }
}

async fn write_waiting(services: Services) {
    let mut last = services.log.group.turn.lock().await;
    if services.log.group.is_empty() {
        // Somebody whose turn came before has written them.
        return;
    }
    if let Some(last) = *last {
        sleep_until(last + APART).await;
    }
    *last = Some(Instant::now());
    let (uses, told): (Vec<_>, Vec<_>) = services.log.group.take().into_iter().unzip();
    let outcome = commit(&services, &uses).await;
    let outcomes: Vec<Result<()>> = match (outcome, told.len()) {
        (Ok(()), count) => std::iter::repeat_with(|| Ok(())).take(count).collect(),
        (Err(error), 1) => vec![Err(error)],
        // Nobody is told: each tries alone.
        (Err(_), _) => Vec::new(),
    };
    for (one, outcome) in told.into_iter().zip(outcomes) {
        // Somebody may be waiting no longer.
        let _ = one.send(outcome);
    }
}

async fn commit(services: &Services, uses: &[Arc<Uses>]) -> Result<()> {
    let entries: Vec<_> = uses.iter().flat_map(|it| it.entries.iter().cloned()).collect();
    let grounds: Vec<_> = uses.iter().flat_map(|it| it.used.iter().map(|used| (*used, it.at))).collect();
    access_log::commit(&services.store, &*services.ids, &entries, &grounds).await?;
    services.log.wrote(entries.len());
    Ok(())
}
