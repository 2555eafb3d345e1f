//! How many live streams one session may have open.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// A browser needs one for each tab with a queue in it.
pub(in crate::graphql) const STREAMS: usize = 5;

/// The open streams, counted by session: one person must not keep the database busy for everybody.
#[derive(Clone, Default)]
pub(crate) struct Streams(Arc<Mutex<HashMap<String, usize>>>);

/// One open stream; it counts until it is dropped.
pub(in crate::graphql) struct Seat {
    streams: Streams,
    session: String,
}

impl Streams {
    /// A seat for one more stream of this session (by its token; empty for nobody); none when all are taken.
    pub(in crate::graphql) fn seat(&self, session: &str) -> Option<Seat> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(session.to_owned()).or_default();
        if *count >= STREAMS {
            return None;
        }
        *count += 1;
        Some(Seat { streams: self.clone(), session: session.to_owned() })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut open = self.streams.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.session) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                open.remove(&self.session);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_has_so_many_streams_and_a_closed_one_makes_room() {
        let streams = Streams::default();
        let mut seats: Vec<_> = (0..STREAMS).map(|_| streams.seat("one").unwrap()).collect();
        assert!(streams.seat("one").is_none());
        assert!(streams.seat("another").is_some());
        seats.pop();
        assert!(streams.seat("one").is_some());
        drop(seats);
        assert!(streams.0.lock().unwrap().is_empty(), "nothing is kept of sessions without streams");
    }
}
