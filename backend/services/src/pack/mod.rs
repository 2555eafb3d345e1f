//! The rule pack as the server has it: several versions, one in force, each incident under its own.

mod browse;
mod comparison;
mod own;
pub(crate) mod publish;
mod receive;
mod shelf;
pub(crate) mod words;

pub use browse::{VersionView, find, list};
pub use comparison::{Comparison, compare};
pub use own::{Brought, Content};
pub use publish::{Publication, propose};
pub use receive::{Received, may_receive, receive};
pub(crate) use shelf::stored;
pub use shelf::{Shelf, ShelfError};
pub use words::Difference;
