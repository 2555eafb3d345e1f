//! The log of use keeps itself: what was written gets its place in the tree, the tree its signed checkpoints, and a sign
//! of life every minute, so that silence means something.

mod alarm;
mod check;
mod clock;
mod compare;
mod detail;
mod export;
mod fault;
mod group;
mod investigate;
mod keeper;
mod record;
mod seal;
mod sentence;
mod shown;
mod testify;

pub(crate) use alarm::CLOCK;
pub(crate) use check::check_in;
pub use check::{Checked, Depth, check};
pub use compare::{Compared, compare};
pub use export::{Form, export};
pub use fault::Fault;
pub(crate) use group::{Uses, write as write_together};
pub use investigate::{Inquiry, UseView, investigate};
pub use keeper::{Keeper, Pulse, keep, run, schedule};
pub use record::begin_record;
pub(crate) use record::{Erased, erase as erase_uses};
pub use seal::{check_key, seal, seal_waiting};
pub use testify::{Answer, Testified, testify};
