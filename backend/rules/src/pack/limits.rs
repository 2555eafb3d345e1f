//! How much a pack may hold: checking one takes bounded time and memory, whoever wrote it.
//!
//! Each limit is several times what the Danish pack needs. Whoever meets one is told which, where, and the way out.

/// Files of a pack, and all entries of its folders.
pub(crate) const MOST_FILES: usize = 300;
/// Bytes of one file.
pub(crate) const MOST_FILE_BYTES: usize = 1 << 20;
/// Bytes of all files together.
pub(crate) const MOST_BYTES: usize = 4 << 20;
/// Folders within folders.
pub(crate) const MOST_FOLDERS: usize = 3;
/// Sequences, mappings and scalars of one YAML file, and what its aliases repeat.
pub(crate) const MOST_NODES: usize = 60_000;
/// Sequences and mappings within each other.
pub(crate) const MOST_DEPTH: usize = 40;
/// Aliases of one YAML file.
pub(crate) const MOST_ALIASES: usize = 200;
/// Facts of the catalogue with their aliases: as many answers as one report may hold.
pub(crate) const MOST_FACTS: usize = 400;
/// Thresholds, either way from nought.
pub(crate) const MOST_NUMBER: i64 = 1_000_000_000_000_000;
/// Options of one fact; subsectors are options.
pub(crate) const MOST_OPTIONS: usize = 500;
/// Units, and roles.
pub(crate) const MOST_UNITS: usize = 500;
/// Regimes.
pub(crate) const MOST_REGIMES: usize = 100;
/// Reports of one regime.
pub(crate) const MOST_STAGES: usize = 20;
/// Computed facts, and terms.
pub(crate) const MOST_TERMS: usize = 400;
/// Parts of one `all`, `any` or `of`, and options of one test.
pub(crate) const MOST_PARTS: usize = 100;
/// Conditions within each other, terms written out.
pub(crate) const MOST_LEVELS: usize = 24;
/// Tests of one condition, terms written out.
pub(crate) const MOST_TESTS: usize = 1_000;
/// Tests of all conditions of a pack, terms written out.
pub(crate) const MOST_TESTS_OF_ALL: usize = 20_000;
/// Tests that are evaluated to find conditions that could as well not stand there.
pub(crate) const MOST_TRIED: u64 = 100_000_000;
/// Mistakes that are named: nobody reads more.
pub(crate) const MOST_REFUSALS: usize = 500;
/// Wrong names that come with the nearest right one: comparing them with all others is what costs.
pub(crate) const MOST_SUGGESTIONS: usize = 100;
/// Letters of a name that is compared with others.
pub(crate) const MOST_NAME: usize = 100;
