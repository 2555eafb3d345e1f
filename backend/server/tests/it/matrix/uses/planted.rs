//! Faults that are planted in the log of use: each is noticed.

use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::IteratorRandom;
use serde_json::{Value, json};
use varsel_services::domain::access::AccessEntry;
use varsel_storage::testing::seed;

use super::oracle::{Canary, Left, Log, PARTS, Record};
use super::people::People;

/// A fault in the entries of a request.
struct Fault {
    what: &'static str,
    /// In what shows this,
    shown: fn(&Record) -> bool,
    /// by these operations,
    by: &'static [&'static str],
    /// this is done to each entry.
    done: fn(AccessEntry) -> Option<AccessEntry>,
}

const FAULTS: [Fault; 8] = [
    Fault { what: "answers, no entry", shown: is_fact, by: &["Query.", "Mutation."], done: |_| None },
    Fault {
        what: "answers, unnamed",
        shown: is_fact,
        by: &["Query.", "Mutation."],
        done: |entry| Some(without_answers(entry)),
    },
    Fault {
        what: "a number, its incident unnamed",
        shown: is_number,
        by: &["Query.incident", "Query.case", "Mutation.submitReport", "Mutation.confirmSeverity"],
        done: |entry| Some(AccessEntry { incident: None, ..entry }),
    },
    Fault {
        what: "a person, unnamed",
        shown: is_person,
        by: &[
            "Query.people",
            "Query.person",
            "Query.authorisation",
            "Query.review",
            "Query.change",
            "Mutation.",
        ],
        done: |entry| Some(AccessEntry { detail: json!({}), ..entry }),
    },
    Fault {
        what: "a person, in an incident of which another part is named",
        shown: is_person,
        by: &["Query.incident"],
        done: |entry| Some(AccessEntry { detail: json!({ "parts": ["number"] }), ..entry }),
    },
    Fault { what: "a file, no entry", shown: |_| true, by: &["/"], done: |_| None },
    Fault { what: "a mail, no entry", shown: is_number, by: &["mail"], done: |_| None },
    Fault {
        what: "a mail, said to be to another",
        shown: is_number,
        by: &["mail"],
        done: |entry| Some(to_another(entry)),
    },
];

fn is_fact(record: &Record) -> bool {
    matches!(record, Record::Fact(..))
}

fn is_number(record: &Record) -> bool {
    matches!(record, Record::Number(_))
}

fn is_person(record: &Record) -> bool {
    matches!(record, Record::Person(_))
}

fn without_answers(mut entry: AccessEntry) -> AccessEntry {
    if let Some(facts) = entry.detail.get_mut("facts") {
        *facts = json!([]);
    }
    entry
}

fn to_another(mut entry: AccessEntry) -> AccessEntry {
    entry.detail["to"] = json!("somebody_else");
    entry
}

fn without_part(mut entry: AccessEntry, part: &str) -> AccessEntry {
    if let Some(parts) = entry.detail.get_mut("parts").and_then(Value::as_array_mut) {
        parts.retain(|it| it != part);
    }
    entry
}

/// Each fault is noticed wherever it is planted.
pub(super) fn are_noticed(left: &[Left], (entries, people): (&[AccessEntry], &People), canaries: &[Canary]) {
    let mut chance = StdRng::seed_from_u64(seed());
    for fault in &FAULTS {
        let asked = |it: &&Left| fault.by.iter().any(|operation| it.operation.starts_with(operation));
        let shows = |it: &&Left| {
            let of_others = canaries.iter().filter(|canary| !it.is_of_oneself(&canary.of));
            of_others.filter(|canary| (fault.shown)(&canary.of)).any(|canary| it.text.contains(&canary.text))
        };
        let some = left.iter().filter(asked).filter(shows).sample(&mut chance, 20);
        assert!(!some.is_empty(), "{}: shown by nothing", fault.what);
        for it in some {
            let own = entries.iter().filter(|entry| entry.request_id == it.request).cloned();
            let spoiled = Log::of(own.filter_map(fault.done), people);
            assert!(!spoiled.missing(it, canaries).is_empty(), "{}: {}", fault.what, it.operation);
        }
    }
    parts_that_are_left_out(left, (entries, people), &mut chance);
}

/// Of each field that was shown, its part is left out of what the entries say.
fn parts_that_are_left_out(left: &[Left], (entries, people): (&[AccessEntry], &People), chance: &mut StdRng) {
    // Nobody files something else here under a key that was used before.
    let told = PARTS.iter().filter(|(field, _)| !field.starts_with("ReportKeyUsed."));
    for (field, part) in told.filter_map(|(field, part)| part.map(|part| (*field, part))) {
        let some = left.iter().filter(|it| it.fields.contains(field)).sample(chance, 5);
        assert!(!some.is_empty(), "{field}: shown by nothing");
        for it in some {
            let own = entries.iter().filter(|entry| entry.request_id == it.request).cloned();
            let spoiled = Log::of(own.map(|entry| without_part(entry, part)), people);
            // Whatever else it shows: the part alone is missed.
            assert!(!spoiled.missing(it, &[]).is_empty(), "{field}: {}", it.operation);
        }
    }
}
