//! Every kind of slip in a pack is refused with the file, the line, and what to write instead.

mod danish;

use varsel_rules::{Pack, PackFiles};

/// File, text, what replaces it, and what the refusal says.
type Slip = (&'static str, &'static str, &'static str, &'static str);

/// Slips whose refusal names the file and a line near them.
const SLIPS: &[Slip] = &[
    // ---- YAML
    ("pack.yaml", "kind_fact: incident.kind", "kind_fact: [incident.kind", ""),
    ("regimes/gdpr_34.yaml", "confidence: primary", "confidence: primary\nconfidence: primary", "duplicate"),
    ("units.yaml", "    kind: csirt", "  kind: csirt", ""),
    // ---- pack.yaml
    ("pack.yaml", "kind_fact:", "kinds_fact:", "kind_fact"),
    ("pack.yaml", "{fact: incident.kind}", "{fact: incident.kinds}", "did you mean `incident.kind`?"),
    ("pack.yaml", "must_know: true", "must_know: perhaps", "write true or false"),
    ("pack.yaml", "Europe/Copenhagen", "Europe/Kopenhagen", "write an IANA name, e.g. `Europe/Copenhagen`"),
    ("pack.yaml", "point: text", "point: words", "expected"),
    ("pack.yaml", "gdpr_33,", "gdpr_33, gdpr_33,", "listed twice"),
    // ---- catalogue.yaml
    ("catalogue.yaml", "type: bool,", "type: boool,", "did you mean `bool`?"),
    ("catalogue.yaml", "group: what,", "group: wat,", "did you mean `what`?"),
    ("catalogue.yaml", "sensitivity: plain,", "sensitivity: confidental,", "did you mean `confidential`?"),
    ("catalogue.yaml", ", en: \"What does it look most like?\"}", "}", "this text lacks `en`"),
    ("catalogue.yaml", " options_from: kinds,", "", "an enum or a set has options"),
    ("catalogue.yaml", "{id: incident.cyber,", "{id: description,", "`description` is used twice"),
    ("catalogue.yaml", "from: first,", "from: fist,", "did you mean `first`?"),
    // ---- sectors.yaml
    ("sectors.yaml", "unit: sektorcert", "unit: sectorcert", "did you mean `sektorcert`?"),
    ("sectors.yaml", "cyber_regime: nis2_dk,", "cyber_regime: nis2_dkk,", "did you mean `nis2_dk`?"),
    ("sectors.yaml", "ir2690: data_centre,", "ir2690: data_center,", "did you mean `data_centre`?"),
    ("sectors.yaml", "nis2_authority: ens,", "nis2_autority: ens,", "did you mean `nis2_authority`?"),
    // ---- units.yaml
    ("units.yaml", "kind: csirt", "kind: csert", "did you mean `csirt`?"),
    ("units.yaml", "sectors: [banking, fmi]", "sectors: [bankng, fmi]", "did you mean `banking`?"),
    ("units.yaml", "- id: sds", "- id: samsik", "unit `samsik` stands there twice"),
    // ---- terms.yaml
    (
        "terms.yaml",
        "fact: impact.others_damage",
        "fact: impact.other_damage",
        "did you mean `impact.others_damage`?",
    ),
    ("terms.yaml", "{term: ir_dns}", "{term: ir_dsn}", "unknown term `ir_dsn`"),
    (
        "terms.yaml",
        "from: [org.critical_entity]",
        "from: [org.critical_entty]",
        "did you mean `org.critical_entity`?",
    ),
    ("terms.yaml", "name: cyber_regime, of", "name: cyber_regim, of", "did you mean `cyber_regime`?"),
    (
        "terms.yaml",
        "{fact: org.employees, at_least: 250,",
        "{fact: org.employees, at_least: 0,",
        "write a threshold above",
    ),
    (
        "terms.yaml",
        "{fact: org.employees, at_least: 250,",
        "{fact: org.employees, at_least: 1e30,",
        "up to 10^15",
    ),
    (
        "terms.yaml",
        "{fact: org.employees, at_least: 250,",
        "{fact: org.employees, includes: x,",
        "this test does not fit",
    ),
    ("terms.yaml", "{fact: org.employees, at_least: 250,", "{fact: org.employees,", "a fact needs a test"),
    (
        "terms.yaml",
        "{fact: org.employees, at_least: 250,",
        "{fact: org.employees, at_least: 250, at_most: 2,",
        "one fact, one test",
    ),
    // ---- regimes
    ("regimes/gdpr_33.yaml", "is: controller", "is: controler", "did you mean `controller`?"),
    ("regimes/gdpr_33.yaml", "{role: dpa}", "{role: dpo}", "did you mean `dpa`?"),
    ("regimes/gdpr_33.yaml", "unit: hour", "unit: hours", "did you mean `hour`?"),
    ("regimes/gdpr_33.yaml", "count: 72", "count: 72000", "write a whole number from 0 to 65535"),
    ("regimes/gdpr_33.yaml", "rule: elapsed", "rule: elapsd", "did you mean `elapsed`?"),
    (
        "regimes/gdpr_33.yaml",
        "from: personal_data.breach_known_at",
        "from: personal_data.risk",
        "is no instant",
    ),
    (
        "regimes/gdpr_33.yaml",
        "from: personal_data.breach_known_at,",
        "from: incident.aware_at, from_filed: notification,",
        "either `from` a fact or `from_filed` a stage",
    ),
    ("regimes/gdpr_33.yaml", "recipients: [{role: dpa}]", "recipients: []", "has no recipient"),
    ("regimes/gdpr_33.yaml", "requested_by: [dpa]", "requested_by: []", "go together"),
    ("regimes/gdpr_33.yaml", "confidence: primary", "confidence: primery", "did you mean `primary`?"),
    ("regimes/gdpr_33.yaml", "late_reason]", "late_reson]", "did you mean `late_reason`?"),
    ("regimes/gdpr_33.yaml", "id: gdpr_33", "id: gdpr_3", "the file is named for `gdpr_33`"),
    ("regimes/gdpr_34.yaml", "    cite: \"GDPR art. 34(1)-(2)\"\n", "", "a duty needs a citation"),
    ("regimes/nis2_dk.yaml", "X: [status_update]", "X: [status_update, ioc]", "filled twice"),
    ("regimes/nis2_dk.yaml", "covers: cyber_regime", "covers: cyber_regim", "did you mean `cyber_regime`?"),
    ("regimes/tele_persondata_dk.yaml", "on: {filed: initial}", "on: {filed: inital}", "unreachable"),
    // ---- routing.yaml, severity.yaml, projection.yaml
    ("routing.yaml", "to: datatilsynet", "to: datatilsyn", "did you mean `datatilsynet`?"),
    ("routing.yaml", "part: inform", "part: tell", "expected one of lead, support, inform"),
    ("severity.yaml", "- level: 5\n    when", "- level: 6\n    when", "the scale has no level 6"),
    ("projection.yaml", "[ioc,", "[iocs,", "unknown fact `iocs`"),
    ("projection.yaml", "kinds: [csirt, police]", "kinds: [csirt, polis]", "did you mean `police`?"),
    // ---- calendar.yaml and guidance
    ("calendar.yaml", "on:", "at:", "expected one of id, name, on,"),
    ("guidance/ddos.da.md", "kind: ddos", "kindly: ddos", "did you mean `kind`?"),
];

fn refusals(files: &PackFiles) -> Vec<varsel_rules::PackError> {
    Pack::from_files(files).err().unwrap_or_default()
}

#[test]
fn every_slip_is_refused_with_its_file_its_line_and_what_to_write() {
    let mut wrong = Vec::new();
    for (file, from, to, message) in SLIPS {
        let mut files = PackFiles::embedded("dk");
        let text = files.get(file).unwrap().to_owned();
        let Some((before, after)) = text.split_once(from) else {
            wrong.push(format!("{file} no longer says `{from}`: this table must follow it"));
            continue;
        };
        files.insert(*file, format!("{before}{to}{after}"));
        let line = before.lines().count().max(1);
        let refusals = refusals(&files);
        // An entry may span lines, and is named by its first.
        let near = |error: &varsel_rules::PackError| error.line > 0 && error.line.abs_diff(line) <= 25;
        let fits = |error: &varsel_rules::PackError| {
            error.file == *file && near(error) && error.message.contains(message)
        };
        let silent = refusals.iter().filter(|error| !danish::is_danish(&error.danish));
        wrong.extend(silent.map(|error| format!("no Danish for `{error}`: {}", error.danish)));
        if !refusals.iter().any(fits) {
            wrong.push(format!("{file}:{line}: `{from}` -> `{to}`, expected `{message}`: {refusals:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_missing_file_is_named_as_a_whole() {
    for file in [
        "pack.yaml",
        "catalogue.yaml",
        "regimes/gdpr_33.yaml",
        "routing.yaml",
        "guidance/ddos.en.md",
        "guidance/words.yaml",
    ] {
        let mut files = PackFiles::embedded("dk");
        assert!(files.remove(file).is_some(), "{file}");
        let refusals = refusals(&files);
        assert!(refusals.iter().any(|error| error.file == file && error.line == 0), "{file}: {refusals:#?}");
    }
}
