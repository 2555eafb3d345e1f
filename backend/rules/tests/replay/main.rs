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

fn archived(version: &Path) -> PackFiles {
    serde_json::from_slice(&fs::read(version.join("pack.json")).unwrap()).unwrap()
}

fn by_path(files: &PackFiles) -> BTreeMap<String, String> {
    serde_json::from_value(serde_json::to_value(files).unwrap()).unwrap()
}

#[test]
fn stored_assessments_come_out_the_same_under_the_version_they_were_made_under() {
    assert!(!versions().is_empty(), "no version is archived");
    for version in versions() {
        let pack = Pack::from_files(&archived(&version))
            .unwrap_or_else(|refusals| panic!("the archived pack is refused: {refusals:#?}"));
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
    let embedded = by_path(&PackFiles::embedded("dk"));
    let version = Pack::embedded("dk").unwrap().version().to_owned();
    let Some(archive) = versions().into_iter().find(|folder| folder.ends_with(&version)) else { return };
    let archived = by_path(&archived(&archive));
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
    let files = serde_json::to_string_pretty(&PackFiles::embedded("dk")).unwrap();
    fs::write(folder.join("pack.json"), files + "\n").unwrap();
    for (incident, assessment) in incidents(&folder) {
        fs::write(assessment, Incident::read(&incident).assessed(&pack)).unwrap();
    }
}
