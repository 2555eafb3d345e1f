//! The rule pack as the server has it: several versions, one in force, each incident under its own.

mod own;
mod shelf;

pub use own::{Brought, Content};
pub use shelf::{Shelf, ShelfError};
