//! Any facts: refused by name, or assessed.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use varsel_rules::{Facts, Pack, assess, missing, read_json};

static PACK: LazyLock<Pack> = LazyLock::new(|| Pack::embedded("dk").unwrap());

fuzz_target!(|data: &[u8]| {
    let Ok(json) = read_json(data) else { return };
    let now = "2026-03-06T15:20:00Z".parse().unwrap();
    match Facts::parse(&PACK, &json) {
        Err(problems) => assert!(!problems.is_empty() && problems.len() <= 100),
        Ok(facts) => {
            facts.problems_at(&PACK, now);
            facts.warnings(&PACK);
            assess(&PACK, &facts, &[], now);
            missing(&PACK, &facts, &[], now);
            // What is stored reads back as the same facts.
            let stored = facts.to_json();
            assert_eq!(Facts::parse(&PACK, &stored).unwrap(), facts);
        }
    }
});
