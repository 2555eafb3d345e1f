//! What holds of the engine whatever the law: it is deterministic, and it knows no law by name.

#![expect(clippy::unwrap_used, reason = "a test says what went wrong by panicking")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::json;
use varsel_rules::{Facts, Pack, assess};

#[test]
fn the_same_inputs_give_the_same_bytes() {
    let facts = json!({
        "incident.kind": "ransomware", "incident.aware_at": "2026-12-04T04:10:00+01:00",
        "service.sectors": ["transport.rail", "energy.electricity", "health.providers"],
        "org.nis2_class": "essential", "impact.serious_disruption": true, "incident.cross_border": true,
        "personal_data.involved": true, "org.data_role": "controller", "personal_data.risk": "unknown",
    });
    let now = "2026-12-04T08:00:00Z".parse().unwrap();
    let bytes = || {
        let pack = Pack::embedded("dk").unwrap();
        let facts = Facts::parse(&pack, &facts).unwrap();
        serde_json::to_vec(&assess(&pack, &facts, &[], now)).unwrap()
    };
    let first = bytes();
    assert!(first.len() > 1000);
    assert_eq!(first, bytes());
}

#[test]
fn the_code_knows_no_regime_sector_unit_or_kind_by_name() {
    let pack = Pack::embedded("dk").unwrap();
    let mut names: BTreeSet<&str> = pack.regime_ids().collect();
    names.extend(pack.units().iter().map(|unit| unit.id.as_str()));
    for fact in ["service.sectors", "incident.kind"] {
        names.extend(pack.fact(fact).unwrap().options.iter().map(|option| option.id.as_str()));
    }
    // A kind of unit may be called like the only unit of that kind; the code knows the kind.
    let kinds: BTreeSet<String> = pack
        .units()
        .iter()
        .map(|unit| serde_json::to_value(unit.kind).unwrap().as_str().unwrap().to_owned())
        .collect();
    names.retain(|name| !kinds.contains(*name));
    assert!(names.len() > 80, "the names of the pack were not found");

    let mut found = Vec::new();
    for path in code(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let text = std::fs::read_to_string(&path).unwrap();
        // A file ends with its tests, where it has any.
        let lines = text.lines().take_while(|line| *line != "mod tests {").enumerate();
        for (number, line) in lines.filter(|(_, line)| !line.trim_start().starts_with("//")) {
            let literals: BTreeSet<&str> = line.split('"').skip(1).step_by(2).collect();
            for name in &names {
                let peculiar = name.contains(['_', '.']);
                if literals.contains(name) || (peculiar && has_word(line, name)) {
                    found.push(format!("{}:{}: {name}", path.display(), number + 1));
                }
            }
        }
    }
    assert!(found.is_empty(), "law in code:\n{}", found.join("\n"));
}

fn has_word(line: &str, name: &str) -> bool {
    let part = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '.';
    line.match_indices(name).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        let after = line.get(at + name.len()..).and_then(|text| text.chars().next());
        !before.is_some_and(part) && !after.is_some_and(part)
    })
}

/// Source files, without those that are only tests.
fn code(folder: &Path) -> Vec<PathBuf> {
    let only_tests = ["tests", "tests.rs", "laws.rs", "oracle.rs"];
    let mut files = Vec::new();
    for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if only_tests.contains(&name.as_str()) {
            continue;
        }
        if path.is_dir() {
            files.extend(code(&path));
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            files.push(path);
        }
    }
    files
}
