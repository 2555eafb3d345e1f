//! Waking live views and the job runner: in this process at once, in other replicas by polling the change feed.

use std::sync::Arc;

use tokio::sync::watch;

/// A bell that rings after commits.
#[derive(Clone)]
pub struct Live(Arc<watch::Sender<u64>>);

impl Default for Live {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(0)))
    }
}

impl Live {
    /// Rings: something was committed.
    pub fn ring(&self) {
        self.0.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// Listens for it.
    pub fn listen(&self) -> watch::Receiver<u64> {
        self.0.subscribe()
    }
}
