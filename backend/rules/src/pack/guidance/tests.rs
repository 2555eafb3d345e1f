//! What a playbook says is read in both languages, and the two are one playbook.

use crate::pack::changed;
use crate::{Pack, Text};

fn both(da: &str, en: &str) -> Text {
    Text { da: da.to_owned(), en: en.to_owned() }
}

#[test]
fn a_playbook_is_read_in_both_languages_with_the_words_around_its_steps() {
    let pack = Pack::embedded("dk").unwrap();
    let ddos = pack.guidance("ddos").unwrap();
    assert_eq!(ddos.title, both("Overbelastningsangreb (DDoS)", "Denial-of-service attack (DDoS)"));
    assert_eq!((ddos.ask_first.len(), ddos.worse_if.len()), (3, 3));
    let asked =
        both("Er det et angreb, en fejl eller en spidsbelastning?", "Is it an attack, a fault or a peak?");
    assert_eq!(ddos.ask_first[0], asked);
    assert_eq!(ddos.worse_if[2], both("flere organisationer er ramt", "several organisations are hit"));
    let step = |id: &str| ddos.steps.iter().find(|step| step.id == id).unwrap();
    let first = step("ddos-1");
    assert_eq!(first.phase_name, both("Nu (den første time)", "Now (the first hour)"));
    assert_eq!(first.who, both("It-drift eller it-leverandør", "IT operations or IT supplier"));
    assert_eq!((&first.when, first.urgency), (&both("inden for få minutter", "within minutes"), 0));
    let tenth = step("ddos-10");
    assert_eq!(tenth.phase_name, both("Det første døgn", "The first 24 hours"));
    assert_eq!((&tenth.when, tenth.urgency), (&both("inden for 4 timer", "within 4 hours"), 2));
    assert_eq!((first.dont, tenth.dont), (false, true), "the tenth says what not to do");
}

#[test]
fn only_a_text_that_merges_something_is_kept_as_it_was_written() {
    let pack = Pack::embedded("dk").unwrap();
    let merged = |playbook: &str, step: &str| {
        let steps = &pack.guidance(playbook).unwrap().steps;
        steps.iter().find(|it| it.id == step).unwrap().template.is_some()
    };
    assert_eq!((merged("ddos", "ddos-1"), merged("common", "common-due")), (false, true));
}

#[test]
fn the_languages_of_a_playbook_have_one_version_and_the_same_steps_and_lists() {
    let file = "guidance/ddos.en.md";
    for (from, to) in [
        ("version: 2", "version: 3"),
        (
            "{id: ddos-1, phase: immediate, who: it, when: now,",
            "{id: ddos-1, phase: immediate, who: it, when: h1,",
        ),
        ("  - \"Is there an extortion message?\"\n", ""),
        ("  - \"several organisations are hit\"\n", ""),
    ] {
        let expected = format!("{file}:0: its version or its steps differ from those in Danish");
        assert_eq!(changed::refusals(&[(file, from, to)]), [expected], "{from}");
    }
}

#[test]
fn a_step_without_a_text_is_refused_at_its_line_of_the_front_matter() {
    let file = "guidance/ddos.da.md";
    let files = changed::files(&[]);
    let line = files.get(file).unwrap().lines().position(|line| line.contains("{id: ddos-1,")).unwrap() + 1;
    let said = changed::refusals(&[(file, "## ddos-1\n", "## ddos-one\n")]);
    let expected = format!("{file}:{line}: step `ddos-1` has no text: write a section `## ddos-1`");
    assert!(said.contains(&expected), "{expected} is not among {said:#?}");
}
