//! The log, against slow and independent ways to do the same.

// Tells clippy that helpers here are tests, too.
#![cfg(test)]
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test says what went wrong by panicking"
)]

mod agreement;
mod export;
mod note;
mod support;
mod tree;
mod witness;
