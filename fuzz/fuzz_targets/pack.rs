//! Any text for any file of the Danish pack: a pack or refusals, in bounded time and memory.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use varsel_rules::{Pack, PackFiles};

static FILES: LazyLock<PackFiles> = LazyLock::new(|| PackFiles::embedded("dk"));
const FUZZED: [&str; 13] = [
    "pack.yaml",
    "calendar.yaml",
    "catalogue.yaml",
    "sectors.yaml",
    "units.yaml",
    "taxonomy.yaml",
    "terms.yaml",
    "routing.yaml",
    "severity.yaml",
    "projection.yaml",
    "regimes/gdpr_33.yaml",
    "guidance/words.yaml",
    "guidance/ddos.da.md",
];

fuzz_target!(|data: &[u8]| {
    let Some((which, text)) = data.split_first() else { return };
    let Ok(text) = std::str::from_utf8(text) else { return };
    let mut files = FILES.clone();
    files.insert(FUZZED[usize::from(*which) % FUZZED.len()], text);
    if let Err(errors) = Pack::from_files(&files) {
        assert!(errors.iter().all(|error| !error.file.is_empty() && !error.message.is_empty()), "{errors:?}");
    }
});
