//! A witness of the log of use, run by somebody else than whoever runs the log: it cosigns what continues, keeps the newest
//! checkpoint of each log, and raises an alarm when one falls silent.

mod keep;
mod push;
mod serve;

pub use keep::{Alarm, Reply, Witness};
pub use push::{Listener, push};
pub use serve::serve;
