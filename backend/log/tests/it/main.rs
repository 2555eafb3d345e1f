//! The log, against slow and independent ways to do the same.

// Tells clippy that helpers here are tests, too.
#![cfg(test)]
#![expect(clippy::print_stderr, reason = "a test that is passed over says so")]

mod agreement;
mod export;
mod note;
mod support;
mod tree;
mod witness;
