//! What is found possible is what trying every value of every fact comes to, and what is too large to try is let be.

use proptest::prelude::*;

use super::*;
use crate::Answer;
use crate::condition::{Basis, Comparison, Lookup, Predicate};
use crate::pack::boundary::possible::{Possible, possible};
use crate::pack::boundary::{all, not};

const BOTH: Possible = Possible { yes: true, no: true };
const NEVER: Possible = Possible { yes: false, no: true };
const EVER: Possible = Possible { yes: true, no: false };

fn domains() -> Domains {
    let domain = |fact_type, options: &[&str], least: u32, most: Option<u32>| {
        let options = options.iter().map(|id| (*id).to_owned()).collect::<BTreeSet<_>>();
        let options = (!options.is_empty()).then_some(options);
        Domain { fact_type, options, least: least.into(), most: most.map(Decimal::from) }
    };
    let kinds: Vec<String> = (0..12).map(|number| format!("k{number}")).collect();
    let kinds: Vec<&str> = kinds.iter().map(String::as_str).collect();
    let mut of = BTreeMap::from([
        ("class".to_owned(), domain(FactType::Enum, &["a", "b", "c"], 0, None)),
        ("set".to_owned(), domain(FactType::Set, &["x", "y", "z"], 0, None)),
        ("kinds".to_owned(), domain(FactType::Set, &kinds, 0, None)),
        ("states".to_owned(), domain(FactType::Countries, &[], 0, None)),
        ("users".to_owned(), domain(FactType::Integer, &[], 0, None)),
        ("level".to_owned(), domain(FactType::Integer, &[], 1, Some(5))),
        ("share".to_owned(), domain(FactType::Percent, &[], 0, Some(100))),
        ("loss".to_owned(), domain(FactType::MoneyEur, &[], 0, None)),
        ("turnover".to_owned(), domain(FactType::MoneyEur, &[], 0, None)),
        ("name".to_owned(), domain(FactType::Text, &[], 0, None)),
    ]);
    of.extend((0..20).map(|number| (format!("b{number}"), domain(FactType::Bool, &[], 0, None))));
    Domains { of, tried: Cell::new(0) }
}

fn leaf(fact: &str, test: Test) -> Condition {
    let basis = Basis { text: None, otherwise: None, cite: "x".to_owned() };
    Condition::Leaf(Predicate { fact: fact.to_owned(), test, basis })
}

fn any_of(of: Vec<Condition>) -> Condition {
    Condition::Least { least: 1, of }
}

fn compared(fact: &str, comparison: Comparison, halves: i64) -> Condition {
    leaf(fact, Test::Compare(comparison, Threshold::Number(Decimal::new(halves * 5, 1))))
}

fn more(fact: &str, than: i64) -> Condition {
    compared(fact, Comparison::MoreThan, than * 2)
}

fn includes(fact: &str, option: &str) -> Condition {
    leaf(fact, Test::IncludesAny(vec![option.to_owned()]))
}

/// Of a fact, every value that any condition below tells from others.
fn every_value(fact: &str) -> Vec<FactValue> {
    let subsets = |options: &[&str]| {
        let chosen = |choice: usize| {
            let of = options.iter().enumerate().filter(|(place, _)| choice >> place & 1 == 1);
            FactValue::Set(of.map(|(_, option)| (*option).to_owned()).collect())
        };
        (0..1 << options.len()).map(chosen).collect::<Vec<_>>()
    };
    match fact {
        "class" => ["a", "b", "c"].map(|option| FactValue::Text(option.to_owned())).to_vec(),
        "set" => subsets(&["x", "y", "z"]),
        "states" => subsets(&["DK", "SE", "X1", "X2", "X3"]),
        "users" => (0..8).map(|number| FactValue::Number(number.into())).collect(),
        "level" => (1..=5).map(|number| FactValue::Number(number.into())).collect(),
        "share" => (0..=20)
            .chain(390..=400)
            .map(|quarters| FactValue::Number(Decimal::new(quarters * 25, 2)))
            .collect(),
        "name" => vec![FactValue::Text("Ransomware".to_owned())],
        _ => vec![FactValue::Bool(false), FactValue::Bool(true)],
    }
}

struct Known<'a>(BTreeMap<&'a str, FactValue>);

impl Lookup for Known<'_> {
    fn known(&self, fact: &str) -> Option<&FactValue> {
        self.0.get(fact)
    }
}

/// What `condition` comes to for all values of all its facts.
fn in_truth(condition: &Condition) -> Possible {
    let mut trials = vec![BTreeMap::new()];
    for fact in condition.facts() {
        let with = |trial: &BTreeMap<_, _>| {
            let trial = trial.clone();
            every_value(fact).into_iter().map(move |value| {
                let mut trial = trial.clone();
                trial.insert(fact, value);
                trial
            })
        };
        trials = trials.iter().flat_map(with).collect();
    }
    let answers: Vec<Answer> =
        trials.into_iter().map(|trial| condition.evaluate(&Known(trial)).answer).collect();
    Possible { yes: answers.contains(&Answer::Yes), no: answers.contains(&Answer::No) }
}

fn predicate() -> impl Strategy<Value = Condition> {
    use Comparison::{AtLeast, AtMost, LessThan, MoreThan};
    let comparison = prop::sample::select(vec![AtLeast, AtMost, LessThan, MoreThan]);
    let named = |options: [&str; 2]| prop::sample::subsequence(options.map(str::to_owned).to_vec(), 1..=2);
    prop_oneof![
        any::<bool>().prop_map(|wanted| leaf("b0", Test::IsBool(wanted))),
        named(["a", "b"]).prop_map(|options| leaf("class", Test::OneOf(options))),
        named(["x", "y"]).prop_map(|options| leaf("set", Test::IncludesAny(options))),
        named(["DK", "SE"]).prop_map(|options| leaf("states", Test::IncludesAny(options))),
        (prop::sample::select(vec!["set", "states"]), 0..4_usize)
            .prop_map(|(fact, least)| leaf(fact, Test::CountAtLeast(least))),
        (prop::sample::select(vec!["users", "level"]), comparison.clone(), 0..12_i64)
            .prop_map(|(fact, comparison, halves)| compared(fact, comparison, halves)),
        (comparison, prop::sample::select(vec![0, 1, 2, 199, 200]))
            .prop_map(|(comparison, halves)| compared("share", comparison, halves)),
        prop::sample::select(vec!["name", "class"]).prop_map(|fact| leaf(fact, Test::IsKnown)),
    ]
}

fn condition() -> impl Strategy<Value = Condition> {
    predicate().prop_recursive(4, 12, 4, |part| {
        prop_oneof![
            part.clone().prop_map(not),
            prop::collection::vec(part.clone(), 1..4).prop_map(all),
            prop::collection::vec(part.clone(), 1..4).prop_map(any_of),
            prop::collection::vec(part, 3..4).prop_map(|of| Condition::Least { least: 2, of }),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_found_possible_is_so_and_nothing_else(condition in condition()) {
        // More facts than that make more combinations than are tried.
        prop_assume!(condition.facts().len() <= 3);
        prop_assert_eq!(possible(&condition, &domains()), in_truth(&condition), "{:?}", condition);
    }
}

/// `first` and `last`, each within a group beside tests of eight facts that only this group has.
fn grouped(first: Condition, last: Condition, group: fn(Vec<Condition>) -> Condition) -> Vec<Condition> {
    let beside = |part: Condition, from: usize| {
        let tests = (from..from + 8).map(|number| leaf(&format!("b{number}"), Test::IsBool(true)));
        group(std::iter::once(part).chain(tests).collect())
    };
    vec![beside(first, 0), beside(last, 8)]
}

#[test]
fn groups_within_a_group_of_their_kind_are_taken_apart_however_they_are_written() {
    let (above, below) = (more("users", 5), not(more("users", 3)));
    let no_alternative = |of: Vec<Condition>| not(any_of(of.into_iter().map(not).collect()));
    let not_all = |of: Vec<Condition>| not(all(of.into_iter().map(not).collect()));
    let found = |condition: Condition| possible(&condition, &domains());
    let contradiction =
        |group: fn(Vec<Condition>) -> Condition| all(grouped(above.clone(), below.clone(), group));
    assert_eq!(found(contradiction(all)), NEVER);
    assert_eq!(found(contradiction(|of| not(not(all(of))))), NEVER);
    assert_eq!(found(contradiction(no_alternative)), NEVER);
    let covering =
        |group: fn(Vec<Condition>) -> Condition| any_of(grouped(below.clone(), more("users", 2), group));
    assert_eq!(found(covering(any_of)), EVER);
    assert_eq!(found(covering(|of| not(not(any_of(of))))), EVER);
    assert_eq!(found(covering(not_all)), EVER);
}

#[test]
fn groups_of_another_kind_stay_whole() {
    let (few, many) = (not(more("users", 3)), more("users", 3));
    let flag = |number: usize| leaf(&format!("b{number}"), Test::IsBool(true));
    let two_of = |of: Vec<Condition>| Condition::Least { least: 2, of };
    // One of the two always holds, and never both: the flags decide.
    for part in [
        any_of(vec![few.clone(), many.clone()]),
        not(all(vec![few.clone(), many.clone()])),
        two_of(vec![few.clone(), many.clone(), flag(1)]),
    ] {
        assert_eq!(possible(&all(vec![part.clone(), flag(0)]), &domains()), BOTH, "{part:?}");
    }
    for part in [
        all(vec![few.clone(), many.clone()]),
        not(any_of(vec![few.clone(), many.clone()])),
        two_of(vec![few.clone(), many.clone(), flag(1)]),
    ] {
        assert_eq!(possible(&any_of(vec![part.clone(), flag(0)]), &domains()), BOTH, "{part:?}");
    }
}

#[test]
fn every_choice_of_options_is_tried() {
    let part = |option: &str, chosen: bool| {
        let test = includes("set", option);
        if chosen { test } else { not(test) }
    };
    for (x, y) in [(true, true), (true, false), (false, true), (false, false)] {
        assert_eq!(possible(&all(vec![part("x", x), part("y", y)]), &domains()), BOTH, "{x} {y}");
    }
}

#[test]
fn each_stretch_between_two_thresholds_is_tried() {
    let between = |fact: &str, above: i64, below: i64| {
        let ends = [(Comparison::MoreThan, above), (Comparison::LessThan, below)];
        let parts = ends.map(|(comparison, halves)| compared(fact, comparison, halves)).to_vec();
        possible(&all(parts), &domains())
    };
    for (fact, above, below) in [("users", 6, 10), ("users", 5, 7), ("share", 2, 3), ("level", 8, 12)] {
        assert_eq!(between(fact, above, below), BOTH, "{fact} {above} {below}");
    }
    assert_eq!(between("users", 6, 8), NEVER, "no whole number is between three and four");
    assert_eq!(between("level", 10, 14), NEVER, "five is the most");
    assert_eq!(possible(&more("users", 2_000_000_000), &domains()), BOTH);
}

#[test]
fn a_share_is_tried_for_every_value_of_what_it_is_a_share_of() {
    let share = |comparison, percent: i64| {
        let threshold = Threshold::PercentOf { percent: percent.into(), fact: "turnover".to_owned() };
        leaf("loss", Test::Compare(comparison, Threshold::SmallestOf(vec![threshold])))
    };
    let found = |above, below| {
        let parts = vec![
            more("turnover", 10),
            share(Comparison::MoreThan, above),
            share(Comparison::LessThan, below),
        ];
        possible(&all(parts), &domains())
    };
    assert_eq!((found(5, 6), found(6, 5)), (BOTH, NEVER));
}

#[test]
fn what_the_law_decides_is_meant_so() {
    let basis = Basis { text: None, otherwise: None, cite: "x".to_owned() };
    let always = Condition::Always { value: true, basis };
    let parts = vec![always.clone(), always, leaf("b0", Test::IsBool(true))];
    assert_eq!(possible(&Condition::Least { least: 2, of: parts }, &domains()), BOTH);
}

#[test]
fn what_has_too_many_combinations_is_taken_to_be_possible() {
    // Two of three can never hold together, but they share no group that could be taken apart.
    let parts =
        |from: usize, to: usize| (from..to).map(|number| leaf(&format!("b{number}"), Test::IsBool(true)));
    let at = |level: i64, from: usize| {
        all(parts(from, from + 6)
            .chain([
                compared("level", Comparison::AtLeast, level * 2),
                compared("level", Comparison::AtMost, level * 2),
            ])
            .collect())
    };
    let large = Condition::Least { least: 2, of: vec![at(1, 0), at(3, 6), at(5, 12)] };
    let domains_of_large = domains();
    assert_eq!(possible(&large, &domains_of_large), BOTH);
    assert!(!domains_of_large.exhausted(), "nor are some of them tried for nothing");
    let small = Condition::Least { least: 2, of: vec![at(1, 0), at(3, 0), at(5, 0)] };
    assert_eq!(possible(&small, &domains()), NEVER);
}

#[test]
fn sets_are_tried_while_their_options_are_of_at_most_eight_kinds() {
    let contradiction = |named: usize| {
        let tests = (0..named).map(|number| includes("kinds", &format!("k{number}")));
        possible(&all(tests.chain([not(includes("kinds", "k0"))]).collect()), &domains())
    };
    assert_eq!(
        (contradiction(7), contradiction(8)),
        (NEVER, BOTH),
        "the options that no test names are a kind, too"
    );
}

#[test]
fn sets_are_tried_in_at_most_eight_sizes() {
    let contradiction = |counts: [usize; 4]| {
        let [fewest, more @ ..] = counts;
        let tests = more.map(|count| leaf("states", Test::CountAtLeast(count))).into_iter();
        let fewer = not(leaf("states", Test::CountAtLeast(fewest)));
        possible(&all(tests.chain([fewer]).collect()), &domains())
    };
    assert_eq!((contradiction([1, 3, 5, 7]), contradiction([2, 4, 6, 8])), (NEVER, BOTH));
}

#[test]
fn a_test_of_when_something_was_is_taken_to_go_either_way() {
    let mut domains = domains();
    let instant = Domain { fact_type: FactType::Instant, options: None, least: Decimal::ZERO, most: None };
    domains.of.insert("aware".to_owned(), instant);
    let date = chrono::NaiveDate::default();
    assert_eq!(possible(&leaf("aware", Test::NotBefore(date)), &domains), BOTH);
    assert_eq!(possible(&leaf("aware", Test::IsKnown), &domains), EVER, "that it is known never says no");
}

#[test]
fn as_many_tests_as_may_be_are_tried() {
    let domains = domains();
    domains.tried.set(MOST_TRIED - 1);
    assert!(domains.spend(1) && !domains.exhausted());
    assert!(!domains.spend(1) && domains.exhausted());
}

#[test]
fn a_number_is_tried_at_as_many_points_as_may_be() {
    let domain = Domain { fact_type: FactType::MoneyEur, options: None, least: Decimal::ZERO, most: None };
    let threshold = Threshold::PercentOf { percent: Decimal::ONE_HUNDRED, fact: "turnover".to_owned() };
    let share = Test::Compare(Comparison::MoreThan, threshold);
    // Three points are tried of every number.
    let tried = |turnovers: usize| {
        let known = (0..turnovers).map(|turnover| FactValue::Number(turnover.into())).collect();
        domain.numbers(&[&share], &BTreeMap::from([("turnover", known)])).is_some()
    };
    assert_eq!((tried(MOST_NUMBERS - 3), tried(MOST_NUMBERS - 2)), (true, false));
}
