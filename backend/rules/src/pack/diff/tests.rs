//! A new version of the Danish pack against the one built in.

mod cases;
mod items;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::{
    CaseChange, Change, Differs, ItemChange, ItemKind, NamedFacts, PackDiff, PartChange, diff, diff_items,
};
use crate::pack::changed;
use crate::{Answer, Filing, GuidanceRef, Pack, PackFiles};

/// The pack with texts of its files replaced, as version 2026.2.
fn next(changes: &[(&str, &str, &str)]) -> Pack {
    let version = ("pack.yaml", "\"2026.1\"", "\"2026.2\"");
    changed::pack(&[&[version], changes].concat())
}

fn case(name: &str, facts: Value) -> NamedFacts {
    let now: DateTime<Utc> = "2026-03-09T12:00:00Z".parse().unwrap();
    NamedFacts { name: name.to_owned(), facts, filings: Vec::new(), now }
}

fn hospital() -> NamedFacts {
    case(
        "hospital",
        json!({
            "incident.kind": "ransomware", "incident.cyber": true, "incident.aware_at": "2026-03-06T15:20:00+01:00",
            "service.sectors": ["health.providers"], "org.nis2_class": "essential", "impact.serious_disruption": true,
            "impact.users_affected": 1200, "personal_data.involved": false, "incident.ongoing": true,
        }),
    )
}

fn differences(changes: &[(&str, &str, &str)], cases: &[NamedFacts]) -> PackDiff {
    diff(&Pack::embedded("dk").unwrap(), &next(changes), cases)
}

/// `kind id` of every item that differs.
fn names(found: &PackDiff) -> Vec<String> {
    found.items.iter().map(|item| format!("{:?} {}", item.kind, item.id)).collect()
}

#[test]
fn a_version_like_the_old_one_changes_nothing() {
    let found = differences(&[], &[hospital()]);
    assert_eq!((found.items.len(), found.compared, found.cases.len()), (0, 1, 0));
    assert_eq!(
        found.to_string(),
        "dk 2026.1 -> dk 2026.2\n\nThe pack: 0 items differ\n\nPast incidents: 0 of 1 incident assessed differently\n"
    );
}

#[test]
fn a_shorter_clock_is_shown_with_the_duty_that_it_moves() {
    let clock = "on: start\n    clock: {from: incident.aware_at, period: {count: 24, unit: hour}";
    let shorter = clock.replace("24", "12");
    let found = differences(&[("regimes/nis2_dk.yaml", clock, &shorter)], &[hospital()]);
    assert_eq!(names(&found), ["Stage nis2_dk/early_warning"]);
    let [item] = found.items.as_slice() else { panic!("{found}") };
    assert_eq!((item.kind, item.change), (ItemKind::Stage, Change::Changed));
    let [case] = found.cases.as_slice() else { panic!("{found}") };
    let [duty] = case.obligations.as_slice() else { panic!("{found}") };
    let hour = |at: Option<&crate::Obligation>| at.unwrap().due.unwrap().to_rfc3339();
    assert_eq!(hour(duty.old.as_ref()), "2026-03-07T16:00:00+01:00");
    assert_eq!(hour(duty.new.as_ref()), "2026-03-07T04:00:00+01:00");
    assert!(case.regimes.is_empty() && case.routes.is_empty() && case.severity.is_none());
    insta::assert_snapshot!("a_shorter_clock", found.to_string());
}

#[test]
fn a_threshold_that_turns_a_case_shows_regimes_duties_and_routes() {
    let from = "        - fact: impact.serious_disruption\n          is: true";
    let found = differences(&[("terms.yaml", from, &from.replace("true", "false"))], &[hospital()]);
    assert!(names(&found).contains(&"Regime nis2_dk".to_owned()), "{found}");
    let [case] = found.cases.as_slice() else { panic!("{found}") };
    let nis2 = case.regimes.iter().find(|regime| regime.old.as_ref().unwrap().id == "nis2_dk").unwrap();
    assert_eq!(nis2.old.as_ref().unwrap().triggered, Answer::Yes);
    assert_eq!(nis2.new.as_ref().unwrap().triggered, Answer::CannotTell);
    let provisional =
        case.obligations.iter().filter(|duty| duty.new.as_ref().is_some_and(|new| new.provisional));
    assert!(provisional.count() >= 2, "{found}");
}

#[test]
fn filings_and_the_moment_count_for_both_versions() {
    let mut filed = hospital();
    let at = "2026-03-06T20:00:00Z".parse().unwrap();
    filed.filings = vec![Filing { regime: "nis2_dk".to_owned(), stage: "early_warning".to_owned(), at }];
    let period = "clock: {from_filed: incident_notification, period: {count: 1, unit: month}";
    let changes = [("regimes/nis2_dk.yaml", period, &*period.replace("unit: month", "unit: week"))];
    assert!(differences(&changes, std::slice::from_ref(&filed)).cases.is_empty());
    filed.filings.push(Filing {
        regime: "nis2_dk".to_owned(),
        stage: "incident_notification".to_owned(),
        at,
    });
    assert_eq!(differences(&changes, &[filed]).cases.len(), 1);
}

#[test]
fn routes_severity_and_playbooks() {
    let changes = [
        ("routing.yaml", "centre: csirt", "centre: samsik"),
        ("severity.yaml", "more_than: 10000", "more_than: 1000"),
        ("guidance/ransomware.da.md", "version: 2", "version: 3"),
        ("guidance/ransomware.en.md", "version: 2", "version: 3"),
    ];
    let mut unknown_sector = hospital();
    unknown_sector.name = "unknown sector".to_owned();
    unknown_sector.facts["service.sectors"] = json!("unknown");
    unknown_sector.facts["org.nis2_class"] = json!("important");
    let found = differences(&changes, &[hospital(), unknown_sector]);
    assert_eq!(names(&found), ["Playbook ransomware", "Rules routing", "Rules severity"]);
    let case = found.cases.iter().find(|case| case.name == "unknown sector").unwrap();
    assert!(
        case.routes.iter().any(|route| route.new.as_ref().is_some_and(|new| new.unit == "samsik")),
        "{found}"
    );
    let severity = case.severity.as_ref().unwrap();
    assert!(severity.old < severity.new, "{found}");
    assert_eq!(
        case.guidance.iter().map(|guidance| guidance.new.as_ref().unwrap().version).collect::<Vec<_>>(),
        [3]
    );
}

#[test]
fn a_text_in_one_language_is_a_change() {
    let found =
        differences(&[("units.yaml", "da: \"Energistyrelsen\"", "da: \"Energistyrelsen (ENS)\"")], &[]);
    assert_eq!(names(&found), ["Unit ens"]);
    let part = &found.items.first().unwrap().parts;
    assert_eq!(part.iter().map(|part| part.part.as_str()).collect::<Vec<_>>(), ["name.da"]);
    let from = "da: \"Der er et brud på persondatasikkerheden.\"";
    let found = differences(&[("regimes/gdpr_34.yaml", from, "da: \"Der er sket et brud.\"")], &[]);
    assert_eq!(names(&found), ["Regime gdpr_34"]);
}

#[test]
fn a_regime_taken_out_takes_its_stages_and_duties_along() {
    let mut files = PackFiles::embedded("dk");
    files.remove("regimes/gdpr_34.yaml").unwrap();
    let pack = files.get("pack.yaml").unwrap().replace(" gdpr_34,", "");
    files.insert("pack.yaml", pack);
    // The advice stands without it.
    for (path, text) in PackFiles::embedded("dk").under("guidance/") {
        files.insert(path, text.replace("regime: gdpr_34, ", "").replace("duty.gdpr_34", "duty.gdpr_33"));
    }
    let new = Pack::from_files(&files).unwrap_or_else(|refusals| panic!("{refusals:#?}"));
    let mut leak = hospital();
    for (fact, value) in [("personal_data.involved", json!(true)), ("personal_data.risk", json!("high"))] {
        leak.facts[fact] = value;
    }
    leak.facts["org.data_role"] = json!("controller");
    let found = diff(&Pack::embedded("dk").unwrap(), &new, std::slice::from_ref(&leak));
    let removed: Vec<_> = found.items.iter().filter(|item| item.change == Change::Removed).collect();
    assert_eq!(
        removed.iter().map(|item| item.id.as_str()).collect::<Vec<_>>(),
        ["gdpr_34", "gdpr_34/communication"]
    );
    let gone = |case: &CaseChange| case.obligations.iter().any(|duty| duty.new.is_none());
    assert!(found.cases.iter().all(gone) && found.cases.len() == 1, "{found}");
    let back = diff(&new, &Pack::embedded("dk").unwrap(), &[leak]);
    assert!(back.cases.iter().all(|case| case.obligations.iter().any(|duty| duty.old.is_none())), "{back}");
}

#[test]
fn facts_that_one_version_cannot_read_are_named() {
    let option = "id: it-security, label";
    let found = differences(
        &[("catalogue.yaml", option, "id: it-function, label")],
        &[
            case("old words", json!({"discovery_method": "it-security"})),
            case("nonsense", json!({"no.such": 1})),
        ],
    );
    let [case] = found.cases.as_slice() else { panic!("{found}") };
    let unreadable = case.unreadable.as_ref().unwrap();
    assert!(unreadable.old.is_none());
    assert_eq!(unreadable.new.as_ref().unwrap().first().unwrap().fact, "discovery_method");
    assert!(found.to_string().contains("the new version cannot read `discovery_method`: "), "{found}");
}

#[test]
fn json_has_null_for_what_a_version_does_not_say() {
    let changes = [("severity.yaml", "more_than: 10000", "more_than: 1000")];
    let json = serde_json::to_value(differences(&changes, &[hospital()])).unwrap();
    assert_eq!(json["old"], json!({"id": "dk", "version": "2026.1"}));
    assert_eq!(
        (&json["items"][0]["kind"], &json["items"][0]["change"]),
        (&json!("rules"), &json!("changed"))
    );
    assert_eq!(json["compared"], json!(1));
}

#[test]
fn an_option_is_named_by_its_id_within_its_fact() {
    let from = "id: it-security, label: {da: \"It-sikkerhedsfunktionen\"";
    let to = "id: it-security, label: {da: \"It-sikkerheden\"";
    let found = differences(&[("catalogue.yaml", from, to)], &[]);
    let [item] = found.items.as_slice() else { panic!("{found}") };
    let [part] = item.parts.as_slice() else { panic!("{found}") };
    assert_eq!((item.kind, part.part.as_str()), (ItemKind::Fact, "options.it-security.label.da"));
    assert_eq!(
        (part.removed.join("|"), part.added.join("|")),
        ("It-sikkerhedsfunktionen".to_owned(), "It-sikkerheden".to_owned(),)
    );
}

#[test]
fn whoever_approves_a_version_reads_in_both_languages_what_differs() {
    let old = Pack::embedded("dk").unwrap();
    let from = "da: \"Der er et brud på persondatasikkerheden.\"";
    let new = next(&[
        ("regimes/gdpr_34.yaml", from, "da: \"Der er sket et brud.\""),
        ("severity.yaml", "more_than: 10000", "more_than: 1000"),
    ]);
    let found = diff_items(&old, &new);
    let [regime, severity] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!(
        (regime.kind, regime.id.as_str(), regime.change),
        (ItemKind::Regime, "gdpr_34", Change::Changed)
    );
    let (before, after) = (regime.before.as_ref().unwrap(), regime.after.as_ref().unwrap());
    assert!(before.da.contains("Der er et brud på persondatasikkerheden."), "{before:?}");
    assert!(after.da.contains("Der er sket et brud."), "{after:?}");
    assert_eq!(
        (&before.en, &after.en),
        (&before.da, &after.da),
        "what differs in Danish only is shown in Danish"
    );
    assert_eq!((severity.kind, severity.id.as_str()), (ItemKind::Rules, "severity"));
    let after = severity.after.as_ref().unwrap();
    assert!(after.da != after.en && !after.da.is_empty() && !after.en.is_empty(), "{after:?}");
}

#[test]
fn a_part_of_which_only_the_order_differs_says_so() {
    let part = |removed: &[&str], added: &[&str]| PartChange {
        part: "x".to_owned(),
        removed: removed.iter().map(|line| (*line).to_owned()).collect(),
        added: added.iter().map(|line| (*line).to_owned()).collect(),
    };
    let parts = vec![part(&[], &["a"]), part(&["b"], &[]), part(&[], &[])];
    let item = ItemChange { kind: ItemKind::Unit, id: "ens".to_owned(), change: Change::Changed, parts };
    let expected = "~ unit ens\n    x\n      + a\n    x\n      - b\n    x\n      (the order)\n";
    assert_eq!(item.to_string(), expected);
    let removed = ItemChange { change: Change::Removed, parts: Vec::new(), ..item };
    assert_eq!(removed.to_string(), "- unit ens\n");
}

#[test]
fn what_one_version_says_alone_is_added_or_taken_out() {
    let playbook = |version| GuidanceRef { playbook: "ddos".to_owned(), version };
    let differs =
        |old: Option<u32>, new: Option<u32>| Differs { old: old.map(playbook), new: new.map(playbook) };
    let case = CaseChange {
        name: "x".to_owned(),
        unreadable: None,
        regimes: Vec::new(),
        obligations: Vec::new(),
        routes: Vec::new(),
        severity: Some(Differs { old: Some(2), new: Some(3) }),
        guidance: vec![differs(None, Some(1)), differs(Some(2), None)],
    };
    assert_eq!(
        case.to_string(),
        "~ x\n    ~ severity 2\n        -> 3\n    + guidance ddos version 1\n    - guidance ddos version 2\n"
    );
}

#[test]
fn no_line_of_a_list_keeps_its_bullet() {
    let clock = "on: start\n    clock: {from: incident.aware_at, period: {count: 24, unit: hour}";
    let shorter = clock.replace("24", "12");
    let new = next(&[
        ("regimes/nis2_dk.yaml", clock, &shorter),
        ("routing.yaml", "confidence: derived", "confidence: official"),
        ("severity.yaml", "  - level: 4\n    when:", "  - level: 3\n    when:"),
    ]);
    let found = diff_items(&Pack::embedded("dk").unwrap(), &new);
    let texts: Vec<_> = found.iter().flat_map(|item| [&item.before, &item.after]).flatten().collect();
    assert!(texts.len() >= 4, "{found:#?}");
    for line in texts.iter().flat_map(|text| text.da.lines().chain(text.en.lines())) {
        assert!(!line.starts_with("- ") && line.trim_start() == line, "{line}");
    }
    assert!(texts.iter().any(|text| text.en.contains("(read on an authority's own page)")), "{texts:#?}");
}
