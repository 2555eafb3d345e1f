//! How much a proof tries: a share of it in every run of the tests, the whole of it in `make torture`.

use std::io::Write as _;

/// What every run tries unless told otherwise, so that what lands does not hang on luck.
const SEED: u64 = 20_261_125;
/// What each storage test runs on.
const DATABASES: [&str; 2] = ["SQLite", "PostgreSQL"];

tokio::task_local! {
    /// The one that the test at hand is for.
    static ALONE: &'static str;
}

#[expect(clippy::disallowed_methods, reason = "tests have no configuration file")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// How many of each hundred of a proof are to be tried; none in an ordinary run of the tests.
///
/// # Panics
/// When `VARSEL_SCALE` is neither `full` nor a number of hundredths.
fn percent() -> Option<usize> {
    let scale = variable("VARSEL_SCALE")?;
    let percent =
        if scale == "full" { Some(100) } else { scale.parse().ok().filter(|it| (1..=100).contains(it)) };
    assert!(percent.is_some(), "VARSEL_SCALE is {scale}: write full, or how many of each hundred (1-100)");
    percent
}

/// Whether this is `make torture`: what measures time is part of no other run.
///
/// # Panics
/// As [`scale`].
pub fn is_torture() -> bool {
    percent().is_some()
}

/// Has a test be tried on one database alone, `SQLite` or `PostgreSQL`: of a long one there are two, side by side.
pub fn alone_on(database: &'static str, test: impl Future<Output = ()>) -> impl Future<Output = ()> {
    // Boxed, so that no test is a future too large to move.
    ALONE.scope(database, Box::pin(test))
}

/// Whether a test is tried on `database`: on both, unless it is for one alone, or `make torture` was told to take one (`VARSEL_DATABASE`).
///
/// # Panics
/// When `VARSEL_DATABASE` names neither; as [`scale`].
pub(super) fn is_tried_on(database: &str) -> bool {
    if ALONE.try_with(|alone| *alone != database).unwrap_or(false) {
        return false;
    }
    let Some(alone) = variable("VARSEL_DATABASE").filter(|_| is_torture()) else { return true };
    assert!(
        DATABASES.contains(&alone.as_str()),
        "VARSEL_DATABASE is {alone}: write SQLite or PostgreSQL, or leave it out"
    );
    alone == database
}

/// How many to try: `few` in every run of the tests, `full` with `VARSEL_SCALE=full`, and with a number so many of each hundred
/// of `full`, but never fewer than `few`.
///
/// # Panics
/// When `VARSEL_SCALE` is neither.
pub fn scale(few: usize, full: usize) -> usize {
    percent().map_or(few, |percent| (full * percent / 100).max(few))
}

/// What chance begins with (`VARSEL_SEED`).
pub fn seed() -> u64 {
    variable("VARSEL_SEED").and_then(|seed| seed.parse().ok()).unwrap_or(SEED)
}

/// Says what a proof tried and found, past the test harness, and writes it into the report of `make torture` (the file that
/// `VARSEL_PROOFS` names).
pub fn proved(id: &str, found: &str) {
    let line = format!("{id} {found} (seed {})\n", seed());
    let _ = std::io::stderr().write_all(line.as_bytes());
    let report = variable("VARSEL_PROOFS")
        .and_then(|path| std::fs::OpenOptions::new().append(true).create(true).open(path).ok());
    if let Some(mut report) = report {
        let _ = report.write_all(line.as_bytes());
    }
}
