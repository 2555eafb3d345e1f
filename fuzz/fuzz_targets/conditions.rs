//! Any condition for what triggers a regime: the compiler and the search for conditions that never turn.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use varsel_rules::{Facts, Pack, PackFiles, assess};

/// The Danish pack, and its regime on data breaches before and after the condition.
static AROUND: LazyLock<(PackFiles, String, String)> = LazyLock::new(|| {
    let files = PackFiles::embedded("dk");
    let text = files.get("regimes/gdpr_34.yaml").unwrap().to_owned();
    let (before, rest) = text.split_once("\ntriggered:\n").unwrap();
    let (_, after) = rest.split_once("\ntell_when:").unwrap();
    (files, format!("{before}\ntriggered:\n"), format!("\ntell_when:{after}"))
});

fuzz_target!(|text: &str| {
    let (files, before, after) = &*AROUND;
    let condition: String = text.lines().map(|line| format!("  {line}\n")).collect();
    let mut files = files.clone();
    files.insert("regimes/gdpr_34.yaml", format!("{before}{condition}{after}"));
    if let Ok(pack) = Pack::from_files(&files) {
        let at = "2026-03-06T15:20:00Z".parse().unwrap();
        assess(&pack, &Facts::default(), &[], at);
    }
});
