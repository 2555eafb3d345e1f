//! Deadlines that erase: what has passed its deadline goes, unless two administrators keep it.

mod at_once;
mod erase;
mod hold;
mod report;
mod uses;

pub use at_once::propose_erasure;
pub(crate) use at_once::{begin_erasure, erase_at_once, erasure_target};
pub(crate) use erase::scrub;
pub use erase::{erase, schedule};
pub(crate) use hold::{check_lift, check_place, lift, place, target};
pub use hold::{propose_hold, propose_lift};
pub(crate) use report::report_in;
pub use report::{Held, Line, Report, read, report};
pub use uses::{Keep, Kept, propose_keeping, propose_releasing};
pub(crate) use uses::{
    check_keeping, check_releasing, keep, keeping_target, keeps, release, releasing_target,
};
pub use varsel_storage::retention::Run;
