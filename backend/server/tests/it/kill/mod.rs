//! Killing at any moment: what was acknowledged is there whole, what was not is there whole or not at all.

mod erased;
mod nursery;
mod oracle;
mod planted;
mod real;
mod rounds;
mod scene;
pub(crate) mod sent;
pub(crate) mod server;
mod sound;
mod syscall;
mod trace;
mod whole;
mod worker;

pub(crate) use real::faults_of_data as oracle_of_data;
pub(crate) use rounds::{faults_of_house as oracle_of_house, founded};
pub(crate) use worker::close;
