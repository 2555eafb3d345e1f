//! What fails around the server: the connection that would carry its answer, and the disk below it.

mod cut;
mod full;
mod proxy;
mod small;

pub(crate) use small::facts;
