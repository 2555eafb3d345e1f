//! How much of one kind somebody may have under way at once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// What is under way, counted by whose it is: one person must not keep the server busy for everybody.
#[derive(Clone)]
pub(crate) struct Seats {
    each: usize,
    taken: Arc<Mutex<HashMap<String, usize>>>,
}

/// One that is under way; it counts until it is dropped.
pub(in crate::graphql) struct Seat {
    seats: Seats,
    whose: String,
}

impl Seats {
    /// So many for each.
    pub(crate) fn new(each: usize) -> Self {
        Self { each, taken: Arc::default() }
    }

    /// One more seat for them (a session's token, a person's id; empty for nobody); none when all of theirs are taken.
    pub(in crate::graphql) fn take(&self, whose: &str) -> Option<Seat> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let count = taken.entry(whose.to_owned()).or_default();
        if *count >= self.each {
            return None;
        }
        *count += 1;
        Some(Seat { seats: self.clone(), whose: whose.to_owned() })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.seats.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = taken.get_mut(&self.whose) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                taken.remove(&self.whose);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_so_many_seats_and_one_that_ends_makes_room() {
        let seats = Seats::new(3);
        let mut own: Vec<_> = (0..3).map(|_| seats.take("one").unwrap()).collect();
        assert!(seats.take("one").is_none());
        assert!(seats.take("another").is_some());
        own.pop();
        assert!(seats.take("one").is_some());
        drop(own);
        assert!(seats.taken.lock().unwrap().is_empty(), "nothing is kept of whom nothing is under way for");
    }
}
