//! Conditions that could as well not stand there are refused, with their place and what to write instead.

#![expect(clippy::unwrap_used, reason = "a test says what went wrong by panicking")]

mod danish;

use varsel_rules::{Pack, PackFiles};

/// Refusals of the Danish pack with one text of one file replaced, and the line on which the new text begins.
fn broken(file: &str, from: &str, to: &str) -> (Vec<String>, usize) {
    let mut files = PackFiles::embedded("dk");
    let text = files.get(file).unwrap().to_owned();
    let at =
        text.find(from).unwrap_or_else(|| panic!("{file} no longer says `{from}`: this test must follow it"));
    files.insert(file, text.replacen(from, to, 1));
    let refusals = Pack::from_files(&files).err().unwrap_or_default();
    assert!(refusals.iter().all(|refusal| danish::is_danish(&refusal.danish)), "{refusals:#?}");
    (refusals.iter().map(ToString::to_string).collect(), text.split_at(at).0.matches('\n').count() + 1)
}

/// Expects the replaced text to be refused, at a line so far below where it begins, and nothing else.
fn refused(file: &str, [from, to]: [&str; 2], below: usize, says: &str) {
    let (refusals, line) = broken(file, from, to);
    let [only] = refusals.as_slice() else { panic!("one refusal expected, not {refusals:#?}") };
    assert!(
        only.starts_with(&format!("{file}:{}: ", line + below)),
        "{only} is not about line {}",
        line + below
    );
    assert!(only.contains(says), "{only} does not say `{says}`");
}

#[test]
fn a_threshold_beyond_what_the_fact_can_be() {
    let from = "fact: impact.users_affected_pct, more_than: 5,";
    let to = "fact: impact.users_affected_pct, more_than: 100,";
    refused(
        "terms.yaml",
        [from, to],
        0,
        "`impact.users_affected_pct` goes from 0 to 100; write a threshold within",
    );
}

#[test]
fn a_threshold_that_everything_reaches() {
    let change = ["fact: org.employees, at_least: 250", "fact: org.employees, at_least: 0"];
    refused("terms.yaml", change, 0, "this condition always holds: `org.employees` is never below 0");
}

#[test]
fn a_level_beyond_the_scale() {
    let change = ["at_least: 2\n", "more_than: 5\n"];
    let (refusals, _) = broken("regimes/nis2_energy_dk.yaml", change[0], change[1]);
    assert!(
        refusals.iter().any(|refusal| refusal.contains("`org.energy_level` goes from 1 to 5")),
        "{refusals:#?}"
    );
}

#[test]
fn a_severity_beyond_the_scale() {
    let change = ["{fact: assessment.severity, at_least: 4}", "{fact: assessment.severity, at_least: 6}"];
    refused("routing.yaml", change, 0, "`assessment.severity` goes from 0 to 5; write a threshold within");
}

#[test]
fn a_mistake_is_named_where_it_stands_and_not_again_for_what_is_around_it() {
    let says = "`impact.users_affected_pct` goes from 0 to 100; write a threshold within";
    let from = "    when: {fact: impact.users_affected, more_than: 10000}";
    let to = "    when:\n      any:\n        - {fact: impact.users_affected, more_than: 10000}\n        - {fact: impact.users_affected_pct, more_than: 100}";
    refused("severity.yaml", [from, to], 3, says);
    // Nobody would have the duty: that follows from the mistake, and is no second one.
    let change = [
        "  fact: org.data_role\n  is: controller\n",
        "  fact: impact.users_affected_pct\n  more_than: 100\n",
    ];
    refused("regimes/gdpr_33.yaml", change, 0, says);
}

#[test]
fn contradictory_thresholds() {
    let from = "        - {fact: impact.slow_minutes, more_than: 60,";
    let to = "        - {fact: impact.response_time_s, at_most: 10}\n        - {fact: impact.slow_minutes, more_than: 60,";
    let (refusals, line) = broken("terms.yaml", from, to);
    let [only] = refusals.as_slice() else { panic!("one refusal expected, not {refusals:#?}") };
    assert!(
        only.starts_with(&format!("terms.yaml:{}: this condition can never hold: no values of", line - 3)),
        "{only}"
    );
    assert!(only.contains("write `any` where one part is enough"), "{only}");
}

#[test]
fn thresholds_that_meet_are_no_contradiction() {
    let from = "        - {fact: impact.slow_minutes, more_than: 60,";
    let to = "        - {fact: impact.response_time_s, at_most: 10.000001}\n        - {fact: impact.slow_minutes, more_than: 60,";
    assert_eq!(broken("terms.yaml", from, to).0, Vec::<String>::new());
}

#[test]
fn thresholds_that_leave_no_gap() {
    let from = "    when: {fact: impact.users_affected, more_than: 10000}";
    let to = "    when:\n      any:\n        - {fact: impact.users_affected, more_than: 10000}\n        - {fact: impact.users_affected, at_most: 10000}";
    refused("severity.yaml", [from, to], 1, "its parts cover every value of `impact.users_affected`");
}

#[test]
fn an_alternative_that_another_one_covers() {
    let from = "        - {fact: impact.users_affected, more_than: 1000000,";
    let to = "        - {fact: impact.users_affected, at_least: 2000000}\n        - {fact: impact.users_affected, more_than: 1000000,";
    refused("terms.yaml", [from, to], 0, "wherever it holds, another alternative holds, too");
}

#[test]
fn a_requirement_that_follows_from_another() {
    let from = "        - {fact: impact.slow_minutes, more_than: 60,";
    let to = "        - {fact: impact.response_time_s, at_least: 10}\n        - {fact: impact.slow_minutes, more_than: 60,";
    refused("terms.yaml", [from, to], 0, "wherever the others hold, it holds, too");
}

#[test]
fn a_share_is_tried_with_the_number_that_it_is_a_share_of() {
    let from = "fact: impact.financial_loss_eur\n          more_than: {smallest_of: [500000, {percent: 5, of: org.turnover_eur}]}";
    let to = "fact: impact.financial_loss_eur\n          less_than: {smallest_of: [0, {percent: 5, of: org.turnover_eur}]}";
    refused("terms.yaml", [from, to], 0, "`impact.financial_loss_eur` is never below 0");
}

#[test]
fn an_option_that_no_sector_gives() {
    let from = "{fact: sector.annexes, includes: I,";
    let (refusals, line) = broken("terms.yaml", from, "{fact: sector.annexes, includes: III,");
    let expected = format!("terms.yaml:{line}: ");
    assert!(
        refusals.iter().any(|refusal| refusal.starts_with(&expected)),
        "{expected}… is not in {refusals:#?}"
    );
}

#[test]
fn what_waits_for_an_answer_is_no_condition_that_always_holds() {
    let from = "    when: {fact: impact.users_affected, more_than: 10000}";
    let to = "    when: {fact: impact.users_affected, is_known: true}";
    assert_eq!(broken("severity.yaml", from, to).0, Vec::<String>::new());
}

#[test]
fn what_counts_while_another_answer_is_waited_for_makes_a_difference() {
    let from = "    when: {fact: impact.users_affected, more_than: 10000}";
    let waits = "    when: {any: [{fact: impact.serious_disruption, is_known: true}, {fact: impact.users_affected, more_than: 10000}]}";
    let (refusals, _) = broken("severity.yaml", from, waits);
    assert_eq!(refusals, [""; 0]);
}

#[test]
fn a_duty_that_nobody_can_have() {
    let from = "    - fact: personal_data.involved\n      is: true\n";
    let to =
        "    - {fact: org.data_role, is: processor}\n    - fact: personal_data.involved\n      is: true\n";
    let (refusals, _) = broken("regimes/gdpr_33.yaml", from, to);
    assert!(
        refusals.iter().any(|refusal| refusal.contains("`triggered` never holds where `applies` does")),
        "{refusals:#?}"
    );
}

#[test]
fn a_period_that_an_earlier_one_forestalls() {
    let from = "          cite: \"LOV 434/2025 par. 13(2); NIS2 art. 23(4), second subparagraph\"\n";
    let to = format!(
        "{from}        - when: {{fact: org.trust, is: qualified}}\n          period: {{count: 12, unit: hour}}\n          cite: \"X\"\n"
    );
    refused("regimes/nis2_dk.yaml", [from, &to], 1, "write the narrower condition first");
}
