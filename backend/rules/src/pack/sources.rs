//! Sources as people read them: what a pack writes with an act's short id gets the act's name and address.

use std::collections::{BTreeMap, BTreeSet};

use super::content::{ActDoc, AttributeValue};
use super::load::Docs;
use super::refusal::Refusals;
use super::said::Said;
use crate::Source;
use crate::condition::compile::line_of;

/// `bek620 par. 6(1); bek1679` as two sources, each with the name and address of its act. What begins with an address
/// keeps it; anything else is a name.
pub(crate) fn read(written: &str, acts: &BTreeMap<String, ActDoc>) -> Vec<Source> {
    let one = |part: &str| {
        let (first, rest) = part.split_once(' ').unwrap_or((part, ""));
        let (name, url) = match acts.get(first) {
            Some(act) if rest.is_empty() => (act.act.clone(), act.url.clone()),
            Some(act) => (format!("{} {rest}", act.act), act.url.clone()),
            None => (part.to_owned(), first.starts_with("https://").then(|| first.to_owned())),
        };
        Source { name, url, label: None }
    };
    written.split(';').map(str::trim).filter(|part| !part.is_empty()).map(one).collect()
}

/// Refuses a short id that no act has: people would read it as it stands.
pub(crate) fn check(docs: &Docs, refusals: &mut Refusals) {
    let acts: BTreeSet<&str> = docs.sectors.sources.keys().map(String::as_str).collect();
    for sector in docs.sectors.sectors.iter().flat_map(|sector| &sector.subsectors) {
        if let Some(AttributeValue::One(source)) = sector.value.get("source") {
            refuse_unknown(source, &acts, ("sectors.yaml", line_of(sector)), refusals);
        }
    }
    for unit in &docs.units.units {
        refuse_unknown(&unit.value.source, &acts, ("units.yaml", line_of(unit)), refusals);
    }
}

fn refuse_unknown(source: &str, acts: &BTreeSet<&str>, (file, line): (&str, usize), refusals: &mut Refusals) {
    for first in source.split(';').filter_map(|part| part.split_whitespace().next()) {
        if is_short_id(first) && !acts.contains(first) {
            let hint = refusals.nearest(first, acts.iter().copied());
            let said = Said::both(
                format!("`sources` i sectors.yaml har ingen retsakt `{first}`{}", hint.in_danish()),
                format!("`sources` of sectors.yaml has no act `{first}`{hint}"),
            );
            refusals.at(file, line, said);
        }
    }
}

/// Lower-case letters and then digits, as in `bek620`: no act is called that by people.
fn is_short_id(word: &str) -> bool {
    let digits = word.trim_start_matches(|character: char| character.is_ascii_lowercase());
    digits.len() < word.len() && !digits.is_empty() && digits.chars().all(|it| it.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::changed;

    #[test]
    fn acts_are_named_and_linked_and_addresses_stay_links() {
        let bek620 = ActDoc {
            act: "BEK nr 620 af 02/06/2025".to_owned(),
            _about: None,
            url: Some("https://www.retsinformation.dk/eli/lta/2025/620".to_owned()),
        };
        let acts = BTreeMap::from([("bek620".to_owned(), bek620)]);
        let source = |name: &str, url: Option<&str>| Source {
            name: name.to_owned(),
            url: url.map(str::to_owned),
            label: None,
        };
        let act = Some("https://www.retsinformation.dk/eli/lta/2025/620");
        for (written, expected) in [
            ("bek620", vec![source("BEK nr 620 af 02/06/2025", act)]),
            (
                "bek620 par. 6(1); Reg. (EU) 2022/2554 art. 2",
                vec![
                    source("BEK nr 620 af 02/06/2025 par. 6(1)", act),
                    source("Reg. (EU) 2022/2554 art. 2", None),
                ],
            ),
            (
                "https://politi.dk (NSK established 2022-01-01)",
                vec![source("https://politi.dk (NSK established 2022-01-01)", Some("https://politi.dk"))],
            ),
            ("", vec![]),
        ] {
            assert_eq!(read(written, &acts), expected, "{written}");
        }
    }

    #[test]
    fn a_short_id_that_no_act_has_is_refused_where_it_is_written() {
        let says = "`sources` of sectors.yaml has no act `bek629`: did you mean `bek620`?";
        for (file, from, to) in [
            ("units.yaml", "source: bek620", "source: bek629"),
            ("sectors.yaml", "source: \"lov258; bek260;", "source: \"lov258; bek629;"),
        ] {
            let refused = changed::refusals(&[(file, from, to)]);
            let [only] = refused.as_slice() else { panic!("{file}: {refused:#?}") };
            assert!(only.starts_with(&format!("{file}:")) && only.ends_with(says), "{only}");
        }
    }

    #[test]
    fn only_what_looks_like_a_short_id_must_be_one() {
        for (word, expected) in [
            ("bek620", true),
            ("lov258", true),
            ("itchefer.dk", false),
            ("Reg.", false),
            ("620", false),
            ("annexes", false),
        ] {
            assert_eq!(is_short_id(word), expected, "{word}");
        }
    }
}
