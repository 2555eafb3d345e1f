//! What differs in each kind of item, part by part.

use super::*;

/// The change, the item in which it is seen, its part, the line that went and the one that came.
const CHANGES: &[(&str, &str, &str, &str, &str, &str, &str)] = &[
    (
        "sectors.yaml",
        "da: \"Forening eller borger\"",
        "da: \"Borger\"",
        "Sector other.association_or_individual",
        "name",
        "Forening eller borger",
        "Borger",
    ),
    ("severity.yaml", "en: \"Limited\"", "en: \"Minor\"", "Rules severity", "level 1", "Limited", "Minor"),
    (
        "regimes/gdpr_34.yaml",
        "da: \"Underretning af de registrerede\"",
        "da: \"Underretning af personer\"",
        "Regime gdpr_34",
        "texts",
        "Underretning af de registrerede",
        "Underretning af personer",
    ),
    // A cell of the matrix belongs to the report, not to the regime.
    (
        "regimes/gdpr_34.yaml",
        "O: [dpo_contact, ",
        "O: [ioc, ",
        "Stage gdpr_34/communication",
        "facts",
        "O dpo_contact",
        "O ioc",
    ),
    (
        "projection.yaml",
        "[ioc, ",
        "[dpo_contact, ",
        "Rules projection",
        "Csirt, SectorUnit",
        "ioc",
        "dpo_contact",
    ),
    (
        "catalogue.yaml",
        "aliases: [nature_type]",
        "aliases: [kind_of_it]",
        "Fact incident.kind",
        "aliases",
        "nature_type",
        "kind_of_it",
    ),
];

#[test]
fn a_change_is_seen_in_the_part_of_what_it_changes_and_nowhere_else() {
    let changes: Vec<_> = CHANGES.iter().map(|(file, from, to, ..)| (*file, *from, *to)).collect();
    let found = differences(&changes, &[]);
    let mut seen = Vec::new();
    for item in &found.items {
        // A subsector is an option, too.
        for part in item.parts.iter().filter(|_| item.id != "service.sectors") {
            let name = format!("{:?} {}", item.kind, item.id);
            seen.push((name, part.part.as_str(), part.removed.join("|"), part.added.join("|")));
        }
    }
    for (.., item, part, removed, added) in CHANGES {
        let expected = ((*item).to_owned(), *part, (*removed).to_owned(), (*added).to_owned());
        let place = seen.iter().position(|it| *it == expected);
        seen.remove(place.unwrap_or_else(|| panic!("{expected:?} is not among {seen:#?}")));
    }
    assert_eq!(seen, [], "what differs once is shown once");
}

#[test]
fn whoever_reads_a_change_sees_nothing_where_a_version_says_nothing_instead() {
    let added = ("regimes/gdpr_34.yaml", "O: [dpo_contact, ", "O: [ioc, dpo_contact, ");
    let found = diff_items(&Pack::embedded("dk").unwrap(), &next(&[added]));
    let [stage] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!(stage.before, None);
    let after = stage.after.as_ref().unwrap();
    assert_eq!((after.da.as_str(), after.en.as_str()), ("O ioc", "O ioc"));
}

#[test]
fn where_one_language_alone_lost_a_line_its_readers_are_not_left_with_nothing() {
    // The Danish says something else; in both languages a fact is added.
    let name = ("regimes/gdpr_34.yaml", "da: \"Underretning af de berørte", "da: \"Ny underretning");
    let cell = ("regimes/gdpr_34.yaml", "O: [dpo_contact, ", "O: [ioc, dpo_contact, ");
    for item in diff_items(&Pack::embedded("dk").unwrap(), &next(&[name, cell])) {
        for text in [item.before, item.after].into_iter().flatten() {
            assert!(!text.da.is_empty() && !text.en.is_empty(), "{} has only {text:?}", item.id);
        }
    }
}
