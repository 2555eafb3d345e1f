//! `varsel pack explain`, `diff` and `schema`.

use std::path::Path;

use serde_json::Value;

use super::{ended, run, varsel};

const FACTS: &str = "service.sectors: [health.providers]\norg.nis2_class: essential\nincident.cyber: true\n\
                     impact.serious_disruption: true\nincident.aware_at: \"2026-03-06T15:20:00+01:00\"\n";

/// The pack built in, with one text of a file replaced, as a directory.
pub(super) fn version(file: &str, from: &str, to: &str) -> tempfile::TempDir {
    fn copy(from: &Path, to: &Path) {
        std::fs::create_dir_all(to).unwrap();
        for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
            let target = to.join(entry.file_name());
            if entry.path().is_dir() {
                copy(&entry.path(), &target);
            } else {
                std::fs::copy(entry.path(), target).unwrap();
            }
        }
    }
    let folder = tempfile::tempdir().unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../packs/dk"), folder.path());
    let path = folder.path().join(file);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file} no longer says `{from}`: this test must follow it");
    std::fs::write(&path, text.replacen(from, to, 1)).unwrap();
    folder
}

#[test]
fn a_regime_is_explained_in_both_languages_and_a_wrong_name_names_the_nearest() {
    let (code, out, err) = ended(&run(&mut varsel(&["pack", "explain", "gdpr_33"]), ""));
    assert!(code == 0 && out.starts_with("# Notification of a personal data breach\n"), "{out} {err}");
    let (_, out, _) = ended(&run(&mut varsel(&["pack", "explain", "gdpr_33", "--lang", "da"]), ""));
    assert!(out.contains("\n- Frist: 72 timer "), "{out}");
    let (code, out, err) = ended(&run(&mut varsel(&["pack", "explain", "gdpr33"]), ""));
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.contains("unknown regime `gdpr33`: did you mean `gdpr_33`?"), "{err}");
}

#[test]
fn mistakes_are_said_in_english_and_where_asked_in_danish() {
    let broken = version("regimes/nis2_dk.yaml", "covers: cyber_regime", "covers: cyber_regim");
    let check = |more: &[&str]| ended(&run(varsel(&["pack", "check"]).arg(broken.path()).args(more), ""));
    let (code, out, err) = check(&[]);
    assert_eq!((code, out.as_str()), (1, ""));
    let english = "pack.yaml lists no sector attribute `cyber_regim`: did you mean `cyber_regime`?";
    let place = err.lines().find_map(|line| line.strip_suffix(english)).unwrap_or_else(|| panic!("{err}"));
    assert!(place.starts_with("regimes/nis2_dk.yaml:"), "{err}");
    assert!(err.ends_with(" mistakes\n") && err.contains("varsel: the rule pack is refused, "), "{err}");
    let (code, out, err) = check(&["--lang", "da"]);
    assert_eq!((code, out.as_str()), (1, ""));
    let danish = format!("{place}pack.yaml har ingen sektorattribut `cyber_regim`: mente du `cyber_regime`?");
    assert!(err.lines().any(|line| line == danish), "{err}");
    assert!(err.ends_with(" fejl\n") && err.contains("varsel: regelpakken er afvist, "), "{err}");
    let (code, out, _) = ended(&run(&mut varsel(&["pack", "check", "--lang", "da"]), ""));
    assert!(code == 0 && out.starts_with("Pakke dk ") && out.ends_with(" enheder, ingen fejl.\n"), "{out}");
}

#[test]
fn a_new_version_shows_what_it_does_to_past_incidents() {
    let new =
        version("regimes/nis2_dk.yaml", "period: {count: 24, unit: hour}", "period: {count: 12, unit: hour}");
    let cases = tempfile::tempdir().unwrap();
    std::fs::write(cases.path().join("hospital.yaml"), FACTS).unwrap();
    std::fs::write(cases.path().join("notes.txt"), "no facts").unwrap();
    let [new, cases] = [new.path(), cases.path()].map(|path| path.to_str().unwrap());
    let arguments = ["pack", "diff", "built-in", new, "--facts", cases, "--now", "2026-03-06T16:00:00+01:00"];
    let (code, out, err) = ended(&run(&mut varsel(&arguments), ""));
    assert!(code == 0 && out.contains("~ stage nis2_dk/early_warning"), "{out} {err}");
    assert!(out.contains("1 of 1 incident assessed differently\n~ hospital\n"), "{out}");
    let (_, out, _) = ended(&run(varsel(&arguments).arg("--json"), ""));
    let json: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(json["cases"][0]["obligations"][0]["new"]["due"], "2026-03-07T04:00:00+01:00");
}

#[test]
fn whatever_shows_a_draft_says_that_it_is_none_of_the_law() {
    let draft = version("pack.yaml", "id: dk\n", "id: dk\ndraft: true\n");
    let draft = draft.path().to_str().unwrap();
    let (code, out, _) = ended(&run(&mut varsel(&["pack", "check", draft]), ""));
    assert!(code == 0 && out.contains("(draft, not law)"), "{out}");
    let (_, out, _) = ended(&run(&mut varsel(&["pack", "explain", "gdpr_33", "--pack", draft]), ""));
    assert!(out.contains("\n**Draft: it holds proposals that are not law"), "{out}");
    let assess =
        |more: &[&str]| ended(&run(varsel(&["assess", "--facts", "-", "--pack", draft]).args(more), FACTS)).1;
    let out = assess(&["--lang", "da"]);
    assert!(out.lines().nth(1).unwrap().starts_with("Udkast: indeholder forslag, der ikke er lov"), "{out}");
    let json: Value = serde_json::from_str(&assess(&["--json"])).unwrap();
    assert_eq!(json["pack"]["draft"], true);
}

#[test]
fn a_diff_without_facts_or_with_a_broken_pack_says_what_is_wrong() {
    let empty = tempfile::tempdir().unwrap();
    let empty = empty.path().to_str().unwrap();
    let (code, _, err) =
        ended(&run(&mut varsel(&["pack", "diff", "built-in", "built-in", "--facts", empty]), ""));
    assert!(code == 1 && err.contains("holds no facts: put a file"), "{err}");
    let (code, _, err) = ended(&run(&mut varsel(&["pack", "diff", "built-in", empty, "--facts", empty]), ""));
    assert!(code == 1 && err.contains("the rule pack is refused"), "{err}");
}

#[test]
fn schemas_are_printed_or_written_one_file_each() {
    let (code, out, err) = ended(&run(&mut varsel(&["pack", "schema"]), ""));
    assert_eq!((code, err.as_str()), (0, ""));
    let all: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(all["regimes/*.yaml"]["$schema"], "https://json-schema.org/draft/2020-12/schema");
    let folder = tempfile::tempdir().unwrap();
    let (code, out, err) =
        ended(&run(&mut varsel(&["pack", "schema", "--out", folder.path().to_str().unwrap()]), ""));
    assert!(code == 0 && out.contains("regime.schema.json: regimes/*.yaml"), "{out} {err}");
    let written = std::fs::read_to_string(folder.path().join("regime.schema.json")).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), all["regimes/*.yaml"]);
}
