//! What conditions come to, by example, and what is refused.

use std::collections::BTreeMap;

use serde_saphyr::Spanned;

use super::compile::{Context, Vocabulary};
use super::{Condition, Lookup};
use crate::pack::refusal::Refusals;
use crate::{Answer, FactOption, FactType, FactValue, Text};

/// Known facts, by id.
pub(super) struct Known(pub(super) BTreeMap<String, FactValue>);

impl Lookup for Known {
    fn known(&self, fact: &str) -> Option<&FactValue> {
        self.0.get(fact)
    }
}

pub(super) fn vocabulary() -> Vocabulary {
    let option = |id: &str| FactOption {
        id: id.to_owned(),
        label: Text::default(),
        group: None,
        also_called: Vec::new(),
    };
    let facts = [
        ("malicious", FactType::Bool, vec![]),
        ("disrupted", FactType::Bool, vec![]),
        ("loss", FactType::MoneyEur, vec![]),
        ("turnover", FactType::MoneyEur, vec![]),
        ("minutes", FactType::Minutes, vec![]),
        ("kinds", FactType::Set, vec![option("dns"), option("cloud")]),
        ("risk", FactType::Enum, vec![option("unlikely"), option("high")]),
        ("aware_at", FactType::Instant, vec![]),
    ];
    let facts = facts.map(|(id, fact_type, options)| (id.to_owned(), (fact_type, options)));
    Vocabulary { facts: facts.into(), terms: BTreeMap::new() }
}

fn compile(yaml: &str) -> Result<Condition, Vec<String>> {
    let doc: Spanned<_> = serde_saphyr::from_str(yaml).unwrap();
    let (vocabulary, mut refusals) = (vocabulary(), Refusals::default());
    let mut context = Context { vocabulary: &vocabulary, file: "test.yaml", refusals: &mut refusals };
    let condition = context.compile(&doc, None);
    let said = |errors: Vec<crate::PackError>| errors.iter().map(ToString::to_string).collect::<Vec<_>>();
    refusals.check().map_err(said)?;
    Ok(condition.unwrap())
}

fn facts(known: &[(&str, FactValue)]) -> Known {
    Known(known.iter().map(|(fact, value)| ((*fact).to_owned(), value.clone())).collect())
}

fn number(value: i64) -> FactValue {
    FactValue::Number(value.into())
}

fn answer(yaml: &str, known: &[(&str, FactValue)]) -> Answer {
    compile(yaml).unwrap().evaluate(&facts(known)).answer
}

#[test]
fn more_than_is_not_at_least() {
    let over = "{fact: minutes, more_than: 30, cite: art. 5}";
    assert_eq!(answer(over, &[("minutes", number(30))]), Answer::No);
    assert_eq!(answer(over, &[("minutes", number(31))]), Answer::Yes);
    let at_least = "{fact: minutes, at_least: 30, cite: art. 5}";
    assert_eq!(answer(at_least, &[("minutes", number(30))]), Answer::Yes);
    assert_eq!(answer("{fact: minutes, at_most: 30, cite: x}", &[("minutes", number(30))]), Answer::Yes);
    assert_eq!(answer("{fact: minutes, less_than: 30, cite: x}", &[("minutes", number(30))]), Answer::No);
}

#[test]
fn a_relative_threshold_decides_as_soon_as_it_can() {
    let loss = "{fact: loss, more_than: {smallest_of: [500000, {percent: 5, of: turnover}]}, cite: art. 3}";
    // Above the fixed part: more than the smaller of the two, whatever the turnover.
    assert_eq!(answer(loss, &[("loss", number(500_001))]), Answer::Yes);
    // Nothing is never more than a threshold that is not below zero.
    assert_eq!(answer(loss, &[("loss", number(0))]), Answer::No);
    assert_eq!(answer(loss, &[("loss", number(60_000))]), Answer::CannotTell);
    assert_eq!(answer(loss, &[("loss", number(60_000)), ("turnover", number(1_000_000))]), Answer::Yes);
    assert_eq!(answer(loss, &[("loss", number(50_000)), ("turnover", number(1_000_000))]), Answer::No);

    let condition = compile(loss).unwrap();
    let finding = condition.evaluate(&facts(&[("loss", number(60_000))]));
    assert_eq!(finding.marks[0].unknown, ["turnover"]);
}

#[test]
fn two_of_three_need_two() {
    let two = "{least: 2, cite: x, of: [{fact: malicious, is: true}, {fact: disrupted, is: true}, {fact: minutes, more_than: 5}]}";
    let yes = || FactValue::Bool(true);
    let no = || FactValue::Bool(false);
    assert_eq!(answer(two, &[("malicious", yes()), ("minutes", number(6))]), Answer::Yes);
    assert_eq!(answer(two, &[("malicious", no()), ("disrupted", no())]), Answer::No);
    assert_eq!(answer(two, &[("malicious", yes()), ("disrupted", no())]), Answer::CannotTell);
}

#[test]
fn the_trace_names_what_decided_and_what_to_ask() {
    let condition = compile(
        "{cite: par. 12, any: [{fact: malicious, is: true}, {all: [{fact: disrupted, is: true}, {fact: loss, more_than: 0, cite: par. 13}]}]}",
    )
    .unwrap();
    let known = facts(&[("malicious", FactValue::Bool(false)), ("disrupted", FactValue::Bool(true))]);
    let finding = condition.evaluate(&known);
    assert_eq!(finding.answer, Answer::CannotTell);
    assert_eq!(finding.marks.len(), 1, "only what is still open is asked for");
    assert_eq!(finding.marks[0].unknown, ["loss"]);

    let finding = condition.evaluate(&facts(&[("malicious", FactValue::Bool(true))]));
    assert_eq!(finding.answer, Answer::Yes);
    assert_eq!((finding.marks.len(), finding.marks[0].basis.cite.as_str()), (1, "par. 12"));
}

#[test]
fn what_must_all_hold_is_asked_in_order() {
    let condition =
        compile("{cite: x, all: [{fact: malicious, is: true}, {fact: disrupted, is: true}]}").unwrap();
    let finding = condition.evaluate(&facts(&[]));
    assert_eq!(finding.marks[0].unknown, ["malicious"]);
    assert_eq!(finding.marks.len(), 1, "a no to the first settles the rest");
}

#[test]
fn refusals_name_the_place_and_the_way_out() {
    let refused = |yaml: &str| compile(yaml).unwrap_err().join("\n");
    assert_eq!(
        refused("cite: x\nall:\n  - {fact: malicous, is: true}"),
        "test.yaml:3: unknown fact `malicous`: did you mean `malicious`?"
    );
    assert!(refused("{fact: malicious, is: true}").contains("no citation"));
    assert!(refused("{fact: malicious, more_than: 3, cite: x}").contains("does not fit `malicious`"));
    assert!(refused("{fact: loss, is: true, cite: x}").contains("does not fit `loss`"));
    assert!(
        refused("{fact: kinds, includes: dsn, cite: x}").contains("has no option `dsn`: did you mean `dns`?")
    );
    assert!(refused("{fact: risk, is: medium, cite: x}").contains("has no option `medium`"));
    assert!(
        refused("{fact: loss, more_than: {percent: 5, of: risk}, cite: x}")
            .contains("needs a fact that is a number")
    );
    assert!(refused("{fact: minutes, more_than: 3, less_than: 5, cite: x}").contains("one fact, one test"));
    assert!(refused("{fact: minutes, cite: x}").contains("needs a test"));
    assert!(refused("{fact: minutes, more_than: 3, always: true, cite: x}").contains("exactly one of"));
    assert!(refused("{cite: x, all: []}").contains("at least one"));
    assert!(refused("{cite: x, least: 3, of: [{always: true}]}").contains("3 of 1 conditions"));
    assert!(refused("{term: nothing}").contains("unknown term `nothing`"));
}
