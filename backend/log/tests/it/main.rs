//! The log, against slow and independent ways to do the same.

// Tells clippy that helpers here are tests, too.
#![cfg(test)]

mod agreement;
mod export;
mod note;
mod support;
mod tools;
mod tree;
mod witness;
