//! Whatever stands in a pack or in facts, reading it ends, without a panic, in an answer or in refusals that say where.
//!
//! `fuzz/` does the same for longer, guided by coverage; what it finds is added to the packs and facts here.

#![expect(clippy::unwrap_used, reason = "a test says what went wrong by panicking")]

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::FileFailurePersistence;
use serde_json::{Map, Value, json};
use varsel_rules::{Facts, Pack, PackFiles, assess, missing, read_json};

static PACK: LazyLock<Pack> = LazyLock::new(|| Pack::embedded("dk").unwrap());
static FILES: LazyLock<PackFiles> = LazyLock::new(|| PackFiles::embedded("dk"));
/// Files that the engine turns on, and a playbook.
const FUZZED: &[&str] = &[
    "pack.yaml",
    "calendar.yaml",
    "catalogue.yaml",
    "sectors.yaml",
    "units.yaml",
    "taxonomy.yaml",
    "terms.yaml",
    "routing.yaml",
    "severity.yaml",
    "projection.yaml",
    "regimes/nis2_dk.yaml",
    "regimes/dora_19.yaml",
    "regimes/tele_dk.yaml",
    "regimes/gdpr_33.yaml",
    "guidance/words.yaml",
    "guidance/ddos.da.md",
];

fn cases(cases: u32) -> ProptestConfig {
    let regressions = FileFailurePersistence::Direct("proptest-regressions/fuzz.txt");
    ProptestConfig { cases, failure_persistence: Some(Box::new(regressions)), ..ProptestConfig::default() }
}

fn now() -> DateTime<Utc> {
    "2026-03-06T16:00:00+01:00".parse().unwrap()
}

/// One thing that goes wrong in a file.
#[derive(Debug, Clone)]
enum Slip {
    Letter(Index, char),
    LinesSwapped(Index, Index),
    LineTwice(Index),
    LineLost(Index),
    Key(Index, String),
    Nested(Index, u16),
    Number(Index, String),
    Inserted(Index, String),
    Cut(Index),
}

fn slips() -> impl Strategy<Value = Slip> {
    let at = any::<Index>;
    const NUMBERS: &[&str] = &[
        "1e308",
        "-1",
        "99999999999999999999",
        "0",
        "0x7fffffffffffffff",
        ".nan",
        "-9223372036854775808",
        "65535",
    ];
    const INSERTS: &[&str] = &[
        "&a",
        "*a",
        "<<: *a",
        "!!binary x",
        "- ",
        "{",
        "}",
        "[",
        "\"",
        "'",
        "|\n",
        "? ",
        ": ",
        "---\n",
        "\t",
        "#",
        "%YAML 9\n",
        "~",
    ];
    prop_oneof![
        (at(), any::<char>()).prop_map(|(at, to)| Slip::Letter(at, to)),
        (at(), at()).prop_map(|(a, b)| Slip::LinesSwapped(a, b)),
        at().prop_map(Slip::LineTwice),
        at().prop_map(Slip::LineLost),
        (at(), "[a-z_]{1,12}").prop_map(|(at, key)| Slip::Key(at, key)),
        (at(), 1_u16..2000).prop_map(|(at, levels)| Slip::Nested(at, levels)),
        (at(), select(NUMBERS)).prop_map(|(at, number)| Slip::Number(at, number.to_owned())),
        (at(), prop_oneof![select(INSERTS).prop_map(str::to_owned), any::<String>()])
            .prop_map(|(at, text)| Slip::Inserted(at, text)),
        at().prop_map(Slip::Cut),
    ]
}

fn is_break(c: char) -> bool {
    !c.is_ascii_alphanumeric() && c != '_'
}

/// The text with one of its words that `fits` replaced.
fn with_word(text: &str, at: Index, fits: impl Fn(&str, &str) -> bool, to: &str) -> String {
    let words: Vec<usize> = text
        .match_indices(|c: char| !is_break(c))
        .map(|(start, _)| start)
        .filter(|start| text.get(..*start).is_some_and(|before| before.chars().last().is_none_or(is_break)))
        .filter(|start| {
            let rest = text.get(*start..).unwrap_or_default();
            let (word, after) = rest.split_at(rest.find(is_break).unwrap_or(rest.len()));
            fits(word, after)
        })
        .collect();
    if words.is_empty() {
        return text.to_owned();
    }
    let (before, rest) = text.split_at(*at.get(&words));
    let after = rest.find(is_break).and_then(|end| rest.get(end..)).unwrap_or_default();
    format!("{before}{to}{after}")
}

impl Slip {
    fn made_in(&self, text: &str) -> String {
        let mut letters: Vec<char> = text.chars().collect();
        let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
        if letters.is_empty() {
            return text.to_owned();
        }
        match self {
            Self::Letter(at, to) => {
                *letters.get_mut(at.index(text.chars().count())).unwrap() = *to;
                return letters.into_iter().collect();
            }
            Self::LinesSwapped(a, b) => {
                let count = lines.len();
                lines.swap(a.index(count), b.index(count));
            }
            Self::LineTwice(at) => {
                let at = at.index(lines.len());
                lines.insert(at, lines.get(at).copied().unwrap());
            }
            Self::LineLost(at) => {
                lines.remove(at.index(lines.len()));
            }
            Self::Key(at, key) => return with_word(text, *at, |_, after| after.starts_with(':'), key),
            Self::Number(at, number) => {
                return with_word(
                    text,
                    *at,
                    |word, _| word.bytes().all(|byte| byte.is_ascii_digit()),
                    number,
                );
            }
            Self::Nested(at, levels) => {
                let nested = "[".repeat((*levels).into());
                return with_word(text, *at, |_, after| after.starts_with(','), &nested);
            }
            Self::Inserted(at, inserted) => {
                let at = at.index(letters.len());
                letters.splice(at..at, inserted.chars());
                return letters.into_iter().collect();
            }
            Self::Cut(at) => letters.truncate(at.index(text.chars().count())),
        }
        if matches!(self, Self::Cut(_)) { letters.into_iter().collect() } else { lines.concat() }
    }
}

/// Refusals that say where, or a pack that can be used.
fn read(files: &PackFiles) {
    match Pack::from_files(files) {
        Err(errors) => {
            assert!(!errors.is_empty() && errors.len() <= 500, "{} refusals", errors.len());
            for error in errors {
                assert!(!error.file.is_empty() && !error.message.trim().is_empty(), "{error:?}");
                let lines = files.get(&error.file).map_or(0, |text| text.lines().count());
                assert!(error.line <= lines + 2, "{error:?} of {lines} lines");
            }
        }
        Ok(pack) => {
            let facts = Facts::parse(&pack, &incident()).unwrap_or_default();
            assess(&pack, &facts, &[], now());
            missing(&pack, &facts, &[], now());
        }
    }
}

fn incident() -> Value {
    json!({
        "incident.kind": "ransomware", "incident.cyber": true, "incident.aware_at": "2026-03-06T15:20:00+01:00",
        "service.sectors": ["health.providers", "energy.electricity"], "impact.users_affected": 1200,
        "impact.serious_disruption": true, "incident.cross_border": "unknown", "org.data_role": "controller",
        "personal_data.involved": true, "personal_data.risk": "high", "impact.financial_loss_eur": 12.5,
    })
}

/// Any JSON, with the names and options of facts among its strings.
fn values() -> impl Strategy<Value = Value> {
    let words = || {
        prop_oneof![
            select(vec!["unknown", "ransomware", "DK", "high", "2026-03-06T15:20:00Z"])
                .prop_map(str::to_owned),
            any::<String>()
        ]
    };
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        words().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::from),
            vec((words(), inner), 0..6).prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

fn facts() -> impl Strategy<Value = Value> {
    let known: Vec<String> = PACK.facts().iter().map(|fact| fact.id.clone()).collect();
    let names = prop_oneof![4 => select(known), 1 => any::<String>()];
    let answered = vec((names, values()), 0..40).prop_map(|answers| {
        let mut all = incident();
        let known: Map<String, Value> = answers.into_iter().collect();
        all.as_object_mut().unwrap().extend(known);
        all
    });
    prop_oneof![4 => answered, 1 => values()]
}

fn take(json: &Value) {
    match Facts::parse(&PACK, json) {
        Ok(facts) => {
            facts.problems_at(&PACK, now());
            facts.warnings(&PACK);
            assess(&PACK, &facts, &[], now());
            missing(&PACK, &facts, &[], now());
        }
        Err(problems) => {
            assert!(!problems.is_empty() && problems.len() <= 100);
            for problem in problems {
                assert!(!problem.message.da.is_empty() && !problem.message.en.is_empty(), "{problem:?}");
                assert!(problem.message.en.len() < 2000, "{problem:?}");
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn a_pack_with_slips_is_refused_or_used(file in select(FUZZED), slips in vec(slips(), 1..4)) {
        let mut files = FILES.clone();
        let text = slips.iter().fold(files.get(file).unwrap().to_owned(), |text, slip| slip.made_in(&text));
        files.insert(file, text);
        read(&files);
    }

    #[test]
    fn any_text_for_a_file_is_refused_or_used(file in select(FUZZED), text in "([a-z_]{1,6}: |- |\\[|\\]|\\{|\\}|, |\n|  |&a |\\*a|[0-9.e+-]{1,6}|\"|'|\\|\n|!!str |[a-z]{1,6}){0,120}") {
        let mut files = FILES.clone();
        files.insert(file, text);
        read(&files);
    }
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn any_facts_are_refused_by_name_or_assessed(json in facts()) {
        take(&json);
    }

    #[test]
    fn facts_with_slips_are_refused_or_assessed(slips in vec(slips(), 1..4)) {
        let text = slips.iter().fold(incident().to_string(), |text, slip| slip.made_in(&text));
        match read_json(text.as_bytes()) {
            Ok(json) => take(&json),
            Err(error) => prop_assert!(error.line() > 0 && !error.to_string().is_empty()),
        }
    }
}
