//! The report for the supervising authority: a year in which everything was neglected, one in which nothing was, and what
//! somebody puts into the tables or the printed report behind everybody's back.

mod duties;
mod forged;
mod kept;
mod neglected;
mod order;
mod printed;
mod world;

pub(crate) use world::sound;
