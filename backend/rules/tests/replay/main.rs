//! An assessment is replayed to the same bytes years later: stored incidents, each with the pack version it was assessed
//! under, come out today as they did then.
//!
//! One folder per published version: `pack.json` holds the pack's files, `<incident>.json` what was known, filed and asked
//! for, `<incident>.assessment.json` what came of it. docs/development.md says how a version is added.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test says what went wrong by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value;
use varsel_rules::{Facts, Filing, History, Pack, PackFiles, Request, assess_history};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Incident {
    facts: Value,
    filings: Vec<Filing>,
    requests: Vec<Request>,
    now: DateTime<Utc>,
}

impl Incident {
    fn read(path: &Path) -> Self {
        serde_json::from_slice(&fs::read(path).unwrap())
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    fn assessed(&self, pack: &Pack) -> Vec<u8> {
        let facts = Facts::parse(pack, &self.facts).unwrap();
        let history = History { filings: &self.filings, requests: &self.requests };
        serde_json::to_vec(&assess_history(pack, &facts, history, self.now)).unwrap()
    }
}

fn versions() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/replay");
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut versions: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    versions.sort();
    versions
}

/// The files of stored incidents of a version, and where their assessments are.
fn incidents(version: &Path) -> Vec<(PathBuf, PathBuf)> {
    let mut incidents: Vec<_> = fs::read_dir(version)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let name = path.file_name().unwrap().to_string_lossy();
            name.ends_with(".json") && name != "pack.json" && !name.ends_with(".assessment.json")
        })
        .map(|path| (path.clone(), path.with_extension("assessment.json")))
        .collect();
    incidents.sort();
    incidents
}

fn archived(version: &Path) -> BTreeMap<String, String> {
    serde_json::from_slice(&fs::read(version.join("pack.json")).unwrap()).unwrap()
}

fn loaded(files: BTreeMap<String, String>) -> Pack {
    let mut pack = PackFiles::default();
    files.into_iter().for_each(|(path, text)| pack.insert(path, text));
    Pack::from_files(&pack).unwrap_or_else(|refusals| panic!("the archived pack is refused: {refusals:#?}"))
}

#[test]
fn stored_assessments_come_out_the_same_under_the_version_they_were_made_under() {
    assert!(!versions().is_empty(), "no version is archived");
    for version in versions() {
        let pack = loaded(archived(&version));
        assert!(version.ends_with(pack.version()), "{} holds {}", version.display(), pack.version());
        let incidents = incidents(&version);
        assert!(incidents.len() >= 10, "{} has hardly any incidents", version.display());
        for (incident, assessment) in incidents {
            let now = Incident::read(&incident).assessed(&pack);
            let then = fs::read(&assessment).unwrap();
            let shown = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
            assert!(now == then, "{}:\n{}\nthen\n{}", incident.display(), shown(&now), shown(&then));
        }
    }
}

#[test]
fn a_version_that_is_archived_never_changes() {
    let embedded = embedded();
    let version = Pack::embedded("dk").unwrap().version().to_owned();
    let Some(archive) = versions().into_iter().find(|folder| folder.ends_with(&version)) else { return };
    let archived = archived(&archive);
    let differ = |path: &&String| archived.get(*path) != embedded.get(*path);
    let changed: Vec<_> = archived.keys().chain(embedded.keys()).filter(differ).collect();
    assert!(
        changed.is_empty(),
        "version {version} is archived with other files: {changed:?}.\n\
         Give the pack a new version; where this one is not published yet, archive it again \
         (docs/development.md, A version of the pack is published)."
    );
}

#[test]
#[ignore = "writes: archives the version of the embedded pack, and what comes of the incidents in its folder"]
fn archive_the_embedded_version() {
    let pack = Pack::embedded("dk").unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/replay").join(pack.version());
    assert!(
        folder.is_dir(),
        "make {} and put incidents there, e.g. those of the version before",
        folder.display()
    );
    fs::write(folder.join("pack.json"), serde_json::to_string_pretty(&embedded()).unwrap() + "\n").unwrap();
    for (incident, assessment) in incidents(&folder) {
        fs::write(assessment, Incident::read(&incident).assessed(&pack)).unwrap();
    }
}

fn embedded() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../packs/dk");
    let mut files = BTreeMap::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
                files.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    files
}
