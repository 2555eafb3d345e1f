//! What conditions come to, by example, and what is refused.

use std::collections::BTreeMap;

use serde_saphyr::Spanned;

use super::compile::{Context, Vocabulary};
use super::doc::ConditionDoc;
use super::{Condition, Lookup};
use crate::pack::refusal::Refusals;
use crate::pack::said::danish::is_danish;
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
    compile_with(&vocabulary(), yaml)
}

fn compile_with(vocabulary: &Vocabulary, yaml: &str) -> Result<Condition, Vec<String>> {
    let doc: Spanned<_> = serde_saphyr::from_str(yaml).unwrap();
    let mut refusals = Refusals::default();
    let mut context = Context { vocabulary, file: "test.yaml", refusals: &mut refusals };
    let condition = context.compile(&doc, None);
    let said = |errors: Vec<crate::PackError>| {
        assert!(errors.iter().all(|error| is_danish(&error.danish)), "{errors:?}");
        errors.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
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
    assert_eq!(answer("{fact: minutes, at_most: 30, cite: x}", &[("minutes", number(31))]), Answer::No);
    assert_eq!(answer("{fact: minutes, less_than: 30, cite: x}", &[("minutes", number(30))]), Answer::No);
    assert_eq!(answer("{fact: minutes, less_than: 30, cite: x}", &[("minutes", number(29))]), Answer::Yes);
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
fn a_share_of_what_is_not_known_is_anything_from_nothing() {
    let compared = |test: &str, loss| {
        answer(
            &format!("{{fact: loss, {test}: {{percent: 5, of: turnover}}, cite: x}}"),
            &[("loss", number(loss))],
        )
    };
    assert_eq!(
        ["more_than", "at_least", "at_most", "less_than"].map(|test| compared(test, 5)),
        [Answer::CannotTell; 4]
    );
    assert_eq!(compared("more_than", 0), Answer::No);
    assert_eq!(compared("at_least", 0), Answer::CannotTell);
    assert_eq!(compared("at_most", 0), Answer::Yes);
    assert_eq!(compared("less_than", 0), Answer::CannotTell);
}

#[test]
fn chosen_options_are_counted() {
    let two = |chosen: &[&str]| {
        let chosen = chosen.iter().map(|option| (*option).to_owned()).collect();
        answer("{fact: kinds, count_at_least: 2, cite: x}", &[("kinds", FactValue::Set(chosen))])
    };
    assert_eq!(two(&["dns"]), Answer::No);
    assert_eq!(two(&["cloud", "dns"]), Answer::Yes);
}

/// Some kinds of service are known, and one more may come.
struct KnownInPart(FactValue, [String; 1]);

impl Lookup for KnownInPart {
    fn known(&self, fact: &str) -> Option<&FactValue> {
        (fact == "kinds").then_some(&self.0)
    }

    fn open_in(&self, set: &str) -> &[String] {
        if set == "kinds" { &self.1 } else { &[] }
    }
}

#[test]
fn a_set_that_is_known_in_part_says_yes_and_not_yet_no() {
    let known = |chosen: &[&str]| {
        let chosen = chosen.iter().map(|option| (*option).to_owned()).collect();
        KnownInPart(FactValue::Set(chosen), ["cloud".to_owned()])
    };
    let found = |test: &str, chosen: &[&str]| {
        let condition = compile(&format!("{{fact: kinds, {test}, cite: x}}")).unwrap();
        let known = known(chosen);
        let finding = condition.evaluate(&known);
        (finding.answer, finding.marks[0].unknown.iter().map(|open| (*open).to_owned()).collect::<Vec<_>>())
    };
    let ask = |open: &str| (Answer::CannotTell, vec![open.to_owned()]);
    let decided = |answer| (answer, Vec::new());
    assert_eq!(found("includes: dns", &["dns"]), decided(Answer::Yes));
    assert_eq!(found("includes_any: [cloud, dns]", &["dns"]), decided(Answer::Yes));
    assert_eq!(found("includes: dns", &[]), decided(Answer::No), "what may come is another");
    assert_eq!(found("includes_any: [cloud, dns]", &[]), ask("cloud"));
    assert_eq!(found("count_at_least: 2", &["dns"]), ask("kinds"));
    assert_eq!(found("count_at_least: 1", &["dns"]), decided(Answer::Yes));
}

#[test]
fn an_instant_is_on_a_date_where_it_was_given() {
    let on = |at: &str| {
        let at = FactValue::Instant(at.parse().unwrap());
        answer("{fact: aware_at, not_before: 2026-09-11, cite: x}", &[("aware_at", at)])
    };
    assert_eq!(on("2026-09-10T23:59:59+02:00"), Answer::No);
    assert_eq!(on("2026-09-11T00:00:00+02:00"), Answer::Yes, "the tenth in UTC");
}

#[test]
fn a_period_since_an_event_is_over_at_its_end() {
    let over = |count, unit: &str, at: &str| {
        let mut vocabulary = vocabulary();
        vocabulary.facts.insert("told_at".to_owned(), (FactType::Instant, vec![]));
        let yaml = format!(
            "{{fact: aware_at, since: {{event: told_at, period: {{count: {count}, unit: {unit}}}}}, cite: x}}"
        );
        let instant = |text: &str| FactValue::Instant(text.parse().unwrap());
        let known = [("aware_at", instant(at)), ("told_at", instant("2026-01-31T10:00:00+01:00"))];
        compile_with(&vocabulary, &yaml).unwrap().evaluate(&facts(&known)).answer
    };
    for (count, unit, end) in [
        (36, "hour", "2026-02-01T22:00:00+01:00"),
        (3, "day", "2026-02-03T10:00:00+01:00"),
        (2, "week", "2026-02-14T10:00:00+01:00"),
        (1, "month", "2026-02-28T10:00:00+01:00"),
    ] {
        assert_eq!(over(count, unit, end), Answer::Yes, "{unit}");
        assert_eq!(over(count, unit, &end.replace(":00:00+01", ":59:59+02")), Answer::No, "{unit}");
    }
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
fn a_trace_has_all_that_was_needed_and_no_more() {
    let marks =
        |yaml: &str, known: &[(&str, FactValue)]| compile(yaml).unwrap().evaluate(&facts(known)).marks.len();
    let both = [("malicious", FactValue::Bool(true)), ("disrupted", FactValue::Bool(true))];
    let parts = "[{fact: malicious, is: true}, {fact: disrupted, is: true}]";
    assert_eq!(marks(&format!("{{cite: x, all: {parts}}}"), &both), 2);
    assert_eq!(marks(&format!("{{cite: x, any: {parts}}}"), &[]), 2, "each alternative that is open");
}

#[test]
fn a_term_is_cited_where_it_is_used_and_keeps_its_words() {
    let mut vocabulary = vocabulary();
    let text = "text: {da: Ond hensigt., en: Malice.}";
    let term = format!(
        "{{cite: art. 1, any: [{{not: {{fact: malicious, is: true, {text}}}}}, {{always: false}}, {{fact: minutes, more_than: 5}}]}}"
    );
    let term = compile_with(&vocabulary, &term).unwrap();
    vocabulary.terms.insert("harm".to_owned(), term);
    let cites = |yaml: &str| {
        let condition = compile_with(&vocabulary, yaml).unwrap();
        let known = facts(&[("malicious", FactValue::Bool(true)), ("minutes", number(5))]);
        let marks = condition.evaluate(&known).marks;
        assert_eq!(marks[0].basis.text.as_ref().unwrap().en, "Malice.");
        marks.iter().map(|mark| mark.basis.cite.clone()).collect::<Vec<_>>()
    };
    assert_eq!(cites("{term: harm}"), ["art. 1"; 3]);
    assert_eq!(cites("{term: harm, cite: par. 2}"), ["par. 2"; 3]);
    assert_eq!(
        cites("{cite: par. 2, all: [{term: harm}]}"),
        ["art. 1"; 3],
        "what stands around it is no citation of its own"
    );
}

#[test]
fn a_condition_knows_the_facts_that_it_may_look_at() {
    let condition = compile(
        "{cite: x, any: [{not: {fact: malicious, is: true}}, {always: false}, {fact: loss, more_than: {smallest_of: [5, {percent: 5, of: turnover}]}}]}",
    );
    assert_eq!(condition.unwrap().facts().into_iter().collect::<Vec<_>>(), ["loss", "malicious", "turnover"]);
}

#[test]
fn both_hold_where_both_do() {
    use Answer::{CannotTell, No, Yes};
    let table = [Yes, No, CannotTell].map(|one| [Yes, No, CannotTell].map(|other| one.and(other)));
    assert_eq!(table, [[Yes, No, CannotTell], [No, No, No], [CannotTell, No, CannotTell]]);
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
    assert!(refused("{cite: x, of: [{always: true}]}").contains("0 of 1 conditions"));
    assert!(refused("{cite: x, least: 1}").contains("1 of 0 conditions"));
    assert!(refused("{fact: loss, not_before: 2026-09-11, cite: x}").contains("does not fit `loss`"));
    for day in ["2026-13-40", "11/9", "soon", "2026-09-11T12:00:00Z"] {
        let read = serde_saphyr::from_str::<ConditionDoc>(&format!("{{fact: aware_at, not_before: {day}}}"));
        let said = read.unwrap_err().to_string();
        assert!(said.contains("write a day like 2026-09-11"), "{day}: {said}");
    }
    let since = |event: &str| {
        format!("{{fact: aware_at, since: {{event: {event}, period: {{count: 1, unit: day}}}}, cite: x}}")
    };
    assert!(compile(&since("aware_at")).is_ok());
    assert!(refused(&since("loss")).contains("`loss` is no fact that gives an instant"));
    assert!(refused(&since("nothing")).contains("`nothing` is no fact that gives an instant"));
    assert!(refused("{term: nothing}").contains("unknown term `nothing`"));
}
