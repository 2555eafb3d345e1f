//! The log of use keeps itself: what was written gets its place in the tree, the tree its signed checkpoints, and a sign
//! of life every minute, so that silence means something.

mod compare;
mod detail;
mod export;
mod group;
mod investigate;
mod keeper;
mod seal;
mod sentence;
mod shown;
mod testify;

pub use compare::{Compared, compare};
pub use export::{Form, export};
pub(crate) use group::{Uses, write as write_together};
pub use investigate::{Inquiry, UseView, investigate};
pub use keeper::{Keeper, Pulse, keep, run, schedule};
pub use seal::{check_key, seal};
pub use testify::{Answer, Testified, testify};
