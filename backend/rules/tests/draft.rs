//! The draft of proposals over the Danish pack: what it changes, what only it knows, and how overlays go wrong.

#![expect(clippy::unwrap_used, reason = "a test says what went wrong by panicking")]

mod danish;

use std::path::Path;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use varsel_rules::{Answer, Facts, NamedFacts, Pack, PackError, PackFiles, assess, diff};

fn pack(name: &str) -> Pack {
    Pack::embedded(name).unwrap_or_else(|errors| panic!("{errors:#?}"))
}

fn now() -> DateTime<Utc> {
    "2026-03-06T16:00:00+01:00".parse().unwrap()
}

/// A breach of personal data with this risk, and the ransom that goes with it.
fn breach(risk: &str) -> Value {
    json!({
        "incident.kind": "ransomware", "incident.cyber": true, "incident.aware_at": "2026-03-06T15:20:00+01:00",
        "service.sectors": ["health.providers"], "org.nis2_class": "essential", "impact.serious_disruption": true,
        "org.data_role": "controller", "personal_data.involved": true, "personal_data.risk": risk,
    })
}

#[test]
fn it_is_a_draft_of_the_same_jurisdiction_and_says_so() {
    let (law, draft) = (pack("dk"), pack("dk-draft"));
    assert!(!law.is_draft() && draft.is_draft() && law.draft_notice().is_none());
    let notice = draft.draft_notice().unwrap();
    assert!(notice.da.starts_with("Udkast: indeholder forslag, der ikke er lov"), "{notice:?}");
    assert!(notice.en.starts_with("Draft: it holds proposals that are not law"), "{notice:?}");
    assert_eq!((draft.id(), draft.version()), ("dk", "2026.1-draft.1"));
    assert_eq!(PackFiles::built_in(), ["dk", "dk-draft"]);
}

#[test]
fn every_proposal_says_in_both_languages_that_it_is_none_of_the_law_and_names_its_document() {
    let (law, draft) = (pack("dk"), pack("dk-draft"));
    let changed = draft.regime_ids().filter(|id| law.regime_info(id) != draft.regime_info(id));
    let changed: Vec<&str> = changed.collect();
    assert_eq!(changed, ["gdpr_33", "nis2_ransom", "ai_act_73"]);
    for id in changed {
        let info = draft.regime_info(id).unwrap();
        let marked = |text: &str, words: [&str; 2]| words.iter().any(|word| text.contains(word));
        assert!(marked(&info.name.da, ["ikke lov", "gælder ikke endnu"]), "{}", info.name.da);
        assert!(marked(&info.name.en, ["not law", "does not apply yet"]), "{}", info.name.en);
        let document = &info.legal_basis[0].act;
        assert!(document.contains(" of ") && marked(document, ["not adopted", "adopted;"]), "{document}");
    }
    for fact in draft.facts().iter().filter(|fact| law.fact(&fact.id).is_none()) {
        let help = fact.help.as_ref().unwrap();
        assert!(help.da.contains("ikke lov") || help.da.contains("gælder ikke endnu"), "{}", fact.id);
        assert!(help.en.contains("not law") || help.en.contains("does not apply yet"), "{}", fact.id);
    }
}

#[test]
fn the_omnibus_gives_96_hours_and_asks_for_a_notification_at_high_risk_only() {
    let (law, draft) = (pack("dk"), pack("dk-draft"));
    let assessed = |pack: &Pack, risk| assess(pack, &Facts::parse(pack, &breach(risk)).unwrap(), &[], now());
    let target = |pack: &Pack, risk| {
        let duties = assessed(pack, risk).obligations;
        let duty = duties.iter().find(|duty| duty.regime == "gdpr_33" && duty.stage == "notification");
        duty.map(|duty| duty.target.unwrap().to_rfc3339())
    };
    assert_eq!(target(&law, "high").as_deref(), Some("2026-03-09T15:20:00+01:00"));
    assert_eq!(target(&draft, "high").as_deref(), Some("2026-03-10T15:20:00+01:00"));
    assert_eq!(target(&law, "risk").as_deref(), Some("2026-03-09T15:20:00+01:00"));
    assert_eq!(target(&draft, "risk"), None);
    let triggered = |pack: &Pack, risk| {
        let regimes = assessed(pack, risk).regimes;
        regimes.iter().find(|regime| regime.id == "gdpr_33").unwrap().triggered
    };
    assert_eq!((triggered(&law, "risk"), triggered(&draft, "risk")), (Answer::Yes, Answer::No));
    // One entry point: ENISA is told, and the other clocks stay.
    let unit = |pack: &Pack| assessed(pack, "high").routes.iter().any(|route| route.unit == "enisa");
    assert!(!unit(&law) && unit(&draft));
    let nis2 = |pack: &Pack| {
        let duties = assessed(pack, "high").obligations;
        duties.into_iter().filter(|duty| duty.regime == "nis2_dk").collect::<Vec<_>>()
    };
    assert!(!nis2(&law).is_empty());
    assert_eq!(nis2(&law), nis2(&draft));
}

#[test]
fn what_it_asks_is_known_to_it_only() {
    let (law, draft) = (pack("dk"), pack("dk-draft"));
    let facts = json!({"org.ai_provider": true, "ai.serious_incident": true, "ransom.paid": false,
        "incident.aware_at": "2026-03-06T15:20:00+01:00"});
    let refused = Facts::parse(&law, &facts).unwrap_err();
    let refused: Vec<&str> = refused.iter().map(|problem| problem.fact.as_str()).collect();
    assert_eq!(refused, ["ai.serious_incident", "org.ai_provider", "ransom.paid"]);
    let found = assess(&draft, &Facts::parse(&draft, &facts).unwrap(), &[], now());
    let report = found.obligations.iter().find(|duty| duty.regime == "ai_act_73").unwrap();
    assert_eq!(report.target.unwrap().to_rfc3339(), "2026-03-21T15:20:00+01:00");
    assert!(found.pack.draft);
}

#[test]
fn a_diff_of_the_law_and_the_draft_shows_what_the_proposals_change() {
    let (law, draft) = (pack("dk"), pack("dk-draft"));
    let case = |risk: &str| NamedFacts {
        name: risk.to_owned(),
        facts: breach(risk),
        filings: Vec::new(),
        now: now(),
    };
    let found = diff(&law, &draft, &[case("high"), case("risk"), case("unlikely")]);
    assert_eq!(found.compared, 3);
    let text = found.to_string();
    assert!(text.starts_with("dk 2026.1 -> dk 2026.1-draft.1 (draft, not law)\n"), "{text}");
    for expected in
        ["~ regime gdpr_33", "~ stage gdpr_33/notification", "+ regime ai_act_73", "+ fact ransom.paid"]
    {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    let case =
        |name: &str| found.cases.iter().find(|case| case.name == name).unwrap_or_else(|| panic!("{text}"));
    for (name, new) in [("high", true), ("risk", false)] {
        let json = serde_json::to_value(case(name)).unwrap();
        let changes = json["obligations"].as_array().unwrap();
        let stage = |side: &Value| side["regime"] == "gdpr_33" && side["stage"] == "notification";
        let change = changes.iter().find(|change| stage(&change["old"])).unwrap();
        assert_eq!(stage(&change["new"]), new, "{json}");
    }
}

/// The corpus is no part of the repository: where it is absent, this passes.
#[test]
fn the_draft_reads_every_incident_of_the_corpus() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/incidents");
    let Ok(entries) = std::fs::read_dir(&folder) else { return };
    let (law, draft) = (pack("dk"), pack("dk-draft"));
    let (mut later, mut gone) = (0, 0);
    for path in entries.map(|entry| entry.unwrap().path()) {
        let case: Value = serde_saphyr::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let Some(facts) = case.get("facts") else { continue };
        let gdpr = |pack: &Pack| {
            let facts =
                Facts::parse(pack, facts).unwrap_or_else(|error| panic!("{}: {error:?}", path.display()));
            let duties = assess(pack, &facts, &[], now()).obligations;
            duties.into_iter().find(|duty| duty.regime == "gdpr_33" && duty.stage == "notification")
        };
        match (gdpr(&law), gdpr(&draft)) {
            (Some(old), Some(new)) if old.target.is_some() => {
                assert_eq!(new.target.unwrap() - old.target.unwrap(), chrono::TimeDelta::hours(24));
                later += 1;
            }
            (Some(_), None) => gone += 1,
            (None, Some(_)) => panic!("{}: a duty that the law does not have", path.display()),
            _ => {}
        }
    }
    assert!(later > 0 && gone > 0, "{later} later, {gone} gone");
}

/// An overlay on the Danish pack in a directory of its own.
fn overlay(files: &[(&str, &str)]) -> Result<Pack, Vec<PackError>> {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    Pack::load(folder.path())
}

const ORDER: &str = "extends: dk\nversion: \"x\"\ndraft: true\n";

#[test]
fn an_overlay_that_changes_nothing_is_its_base() {
    let same = overlay(&[("pack.yaml", ORDER)]).unwrap();
    assert_eq!((same.version(), same.facts()), ("x", pack("dk").facts()));
}

#[test]
fn a_mistake_in_an_overlay_is_said_of_the_line_where_it_was_written() {
    let refused = |files: &[(&str, &str)]| {
        let errors = overlay(files).unwrap_err();
        assert!(errors.iter().all(|error| danish::is_danish(&error.danish)), "{errors:#?}");
        errors
    };
    let units = "# More units.\nunits:\n  - {id: sds, name: {da: A, en: A}, kind: other, source: s, confidence: official}\n";
    let errors = refused(&[("pack.yaml", ORDER), ("add/units.yaml", units)]);
    assert_eq!(errors[0].to_string(), "add/units.yaml:3: unit `sds` stands there twice");
    let wrong = [
        (vec![("pack.yaml", "extends: dkk\n")], "pack.yaml:1: no pack `dkk` is built in: did you mean `dk`?"),
        (
            vec![("pack.yaml", "version: x\nextends: dk-draft\n")],
            "pack.yaml:2: `dk-draft` extends another pack itself",
        ),
        // Only a line of its own makes an overlay.
        (vec![("pack.yaml", "{extends: dk, version: x}\n")], "calendar.yaml:0: this file is missing"),
        (
            vec![("pack.yaml", ORDER), ("add/unit.yaml", "units:\n")],
            "add/unit.yaml:0: `dk` has no file `unit.yaml`",
        ),
        (
            vec![("pack.yaml", ORDER), ("add/units.yaml", "\nunit:\n  - a\n")],
            "add/units.yaml:2: `units.yaml` has no list `unit`",
        ),
        (
            vec![("pack.yaml", ORDER), ("add/units.yaml", "units:\n- a\n")],
            "add/units.yaml:1: begin each item of `units` with 2 spaces",
        ),
        (
            vec![("pack.yaml", ORDER), ("add/severity.yaml", "otherwise:\n  - a\n")],
            "add/severity.yaml:1: `otherwise` is no list",
        ),
    ];
    for (files, expected) in wrong {
        let errors = refused(&files);
        assert!(errors[0].to_string().starts_with(expected), "{expected}: {errors:#?}");
    }
    let errors = refused(&[("pack.yaml", &format!("{ORDER}regimes: [gdpr_33]\n"))]);
    assert!(errors.iter().all(|error| !error.message.contains("not in the list")), "{errors:#?}");
    let errors = refused(&[("pack.yaml", &format!("{ORDER}\nsector_fact: service.sector\n"))]);
    assert!(errors.iter().any(|error| error.file == "pack.yaml" && error.line == 5), "{errors:#?}");
}
