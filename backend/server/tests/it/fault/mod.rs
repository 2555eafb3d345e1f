//! What fails around the server and within it: the connection that would carry its answer, the disk below it, a use case that panics.

mod cut;
mod full;
mod panic;
mod proxy;
mod small;

pub(crate) use small::facts;
