//! Deadlines that erase: six simulated years, an oracle that knows nothing of the erasure, and faults that it must find.

mod at_once;
mod broken_off;
mod fault;
pub(crate) mod kept;
mod oracle;
mod people;
mod read;
pub(crate) mod years;
