//! What is proved of the engine for any facts and any past, over the real Danish pack: held to a second, slow reading of
//! the same YAML, and to laws that no assessment may break.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test says what went wrong by panicking"
)]

mod answers;
mod deciding;
mod filing;
mod incident;
mod laws;
mod projection;
mod questions;
mod slow;

use std::sync::LazyLock;

use proptest::test_runner::Config;
use varsel_rules::Pack;

pub(crate) fn pack() -> &'static Pack {
    static PACK: LazyLock<Pack> = LazyLock::new(|| Pack::embedded("dk").unwrap());
    &PACK
}

/// As many cases as `PROPTEST_CASES` says, 256 otherwise; a case that fails is printed whole, and kept nowhere.
pub(crate) fn any_cases() -> Config {
    Config { failure_persistence: None, ..Config::default() }
}
