//! Laws that every condition obeys, held to random conditions and facts.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::tests::{Known, vocabulary};
use super::{Basis, Comparison, Condition, Predicate, Test, Threshold};
use crate::{Answer, FactType, FactValue};

fn leaf(fact: &str, test: Test) -> Condition {
    let basis = Basis { text: None, otherwise: None, cite: format!("law on {fact}") };
    Condition::Leaf(Predicate { fact: fact.to_owned(), test, basis })
}

fn options() -> impl Strategy<Value = Vec<String>> {
    prop::sample::subsequence(vec!["dns".to_owned(), "cloud".to_owned()], 1..=2)
}

fn threshold() -> impl Strategy<Value = Threshold> {
    let number = (0..6i64).prop_map(|number| Threshold::Number(number.into()));
    let share = (0..=100i64)
        .prop_map(|percent| Threshold::PercentOf { percent: percent.into(), fact: "turnover".to_owned() });
    let part = prop_oneof![number, share];
    prop_oneof![part.clone(), prop::collection::vec(part, 1..4).prop_map(Threshold::SmallestOf)]
}

fn predicate() -> impl Strategy<Value = Condition> {
    let comparison = prop::sample::select(vec![
        Comparison::AtLeast,
        Comparison::MoreThan,
        Comparison::AtMost,
        Comparison::LessThan,
    ]);
    prop_oneof![
        (prop::sample::select(vec!["malicious", "disrupted"]), any::<bool>())
            .prop_map(|(fact, wanted)| leaf(fact, Test::IsBool(wanted))),
        (prop::sample::select(vec!["loss", "minutes"]), comparison, threshold())
            .prop_map(|(fact, comparison, threshold)| leaf(fact, Test::Compare(comparison, threshold))),
        options().prop_map(|options| leaf("kinds", Test::IncludesAny(options))),
        (0..3usize).prop_map(|least| leaf("kinds", Test::CountAtLeast(least))),
        prop::sample::subsequence(vec!["unlikely".to_owned(), "high".to_owned()], 1..=2)
            .prop_map(|options| leaf("risk", Test::OneOf(options))),
        prop::sample::select(vec!["malicious", "loss", "risk"]).prop_map(|fact| leaf(fact, Test::IsKnown)),
        any::<bool>().prop_map(|value| Condition::Always {
            value,
            basis: Basis { text: None, otherwise: None, cite: "always".to_owned() },
        }),
    ]
}

fn condition() -> impl Strategy<Value = Condition> {
    predicate().prop_recursive(4, 24, 4, |part| {
        prop_oneof![
            part.clone().prop_map(|part| Condition::Not(Box::new(part))),
            (prop::collection::vec(part, 1..4), any::<prop::sample::Index>())
                .prop_map(|(of, least)| { Condition::Least { least: least.index(of.len()) + 1, of } }),
        ]
    })
}

fn value(fact_type: FactType) -> BoxedStrategy<FactValue> {
    match fact_type {
        FactType::Bool => any::<bool>().prop_map(FactValue::Bool).boxed(),
        FactType::Set => prop::sample::subsequence(vec!["cloud".to_owned(), "dns".to_owned()], 0..=2)
            .prop_map(FactValue::Set)
            .boxed(),
        FactType::Enum => prop::sample::select(vec!["unlikely", "high"])
            .prop_map(|id| FactValue::Text(id.to_owned()))
            .boxed(),
        _ => (0..6i64).prop_map(|number| FactValue::Number(number.into())).boxed(),
    }
}

/// All facts answered, and for each whether the answer is known yet.
fn facts() -> impl Strategy<Value = BTreeMap<String, (FactValue, bool)>> {
    let facts = vocabulary().facts.into_iter().filter(|(_, (fact_type, _))| *fact_type != FactType::Instant);
    let answers: Vec<_> =
        facts.map(|(fact, (fact_type, _))| (Just(fact), (value(fact_type), any::<bool>()))).collect();
    answers.prop_map(|answers| answers.into_iter().collect())
}

fn known(facts: &BTreeMap<String, (FactValue, bool)>) -> Known {
    let known = facts.iter().filter(|(_, (_, known))| *known);
    Known(known.map(|(fact, (value, _))| (fact.clone(), value.clone())).collect())
}

fn not(part: Condition) -> Condition {
    Condition::Not(Box::new(part))
}

fn all(of: Vec<Condition>) -> Condition {
    Condition::Least { least: of.len(), of }
}

fn any_of(of: Vec<Condition>) -> Condition {
    Condition::Least { least: 1, of }
}

proptest! {
    #[test]
    fn learning_a_fact_only_refines(
        condition in condition(), facts in facts(), learnt in any::<prop::sample::Index>()
    ) {
        let before = condition.evaluate(&known(&facts)).answer;
        let mut facts = facts;
        let index = learnt.index(facts.len());
        if let Some((_, is_known)) = facts.values_mut().nth(index) {
            *is_known = true;
        }
        let after = condition.evaluate(&known(&facts)).answer;
        prop_assert!(before == Answer::CannotTell || before == after, "{before:?} became {after:?}");
    }

    #[test]
    fn with_every_fact_known_everything_is_decided(condition in condition(), facts in facts()) {
        let every: BTreeMap<_, _> = facts.into_iter().map(|(fact, (value, _))| (fact, (value, true))).collect();
        prop_assert_ne!(condition.evaluate(&known(&every)).answer, Answer::CannotTell);
    }

    #[test]
    fn not_not_is_nothing(condition in condition(), facts in facts()) {
        let twice = not(not(condition.clone()));
        prop_assert_eq!(twice.evaluate(&known(&facts)), condition.evaluate(&known(&facts)));
    }

    #[test]
    fn de_morgan(parts in prop::collection::vec(condition(), 1..4), facts in facts()) {
        let facts = known(&facts);
        let negated: Vec<_> = parts.iter().cloned().map(not).collect();
        let none = not(any_of(parts.clone())).evaluate(&facts).answer;
        prop_assert_eq!(none, all(negated.clone()).evaluate(&facts).answer);
        let not_all = not(all(parts)).evaluate(&facts).answer;
        prop_assert_eq!(not_all, any_of(negated).evaluate(&facts).answer);
    }

    #[test]
    fn the_order_of_parts_does_not_matter_to_the_value(
        parts in prop::collection::vec(condition(), 1..5), least in any::<prop::sample::Index>(), facts in facts()
    ) {
        let least = least.index(parts.len()) + 1;
        let reversed = Condition::Least { least, of: parts.iter().rev().cloned().collect() };
        let given = Condition::Least { least, of: parts };
        prop_assert_eq!(given.evaluate(&known(&facts)).answer, reversed.evaluate(&known(&facts)).answer);
    }

    #[test]
    fn every_yes_and_no_is_cited(condition in condition(), facts in facts()) {
        let facts = known(&facts);
        let finding = condition.evaluate(&facts);
        prop_assert!(!finding.marks.is_empty());
        prop_assert!(finding.marks.iter().all(|mark| !mark.basis.cite.is_empty()));
    }

    #[test]
    fn what_cannot_be_told_says_what_to_ask_and_asking_comes_to_an_end(condition in condition(), facts in facts()) {
        let mut facts = facts;
        for _ in 0..=facts.len() {
            let known = known(&facts);
            let finding = condition.evaluate(&known);
            if finding.answer != Answer::CannotTell {
                return Ok(());
            }
            let ask: BTreeSet<String> =
                finding.marks.iter().flat_map(|mark| &mark.unknown).map(|fact| (*fact).to_owned()).collect();
            prop_assert!(!ask.is_empty(), "undecided, and nothing to ask");
            for fact in ask {
                let answer = facts.get_mut(&fact).unwrap();
                prop_assert!(!answer.1, "{fact} is known and asked for");
                answer.1 = true;
            }
        }
        prop_assert!(false, "asked for everything and still undecided");
    }
}
