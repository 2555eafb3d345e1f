//! Regimes in words, as an authority's lawyer reads them.

use super::{Language, Speaker, UnknownRegime, explain};
use crate::Pack;
use crate::assess::view::{DUTIES, POSSIBLE_DUTIES, SEVERITY};
use crate::condition::{Basis, Condition, Predicate, Test};
use crate::pack::law::{Cell, Code};

fn pack() -> Pack {
    Pack::embedded("dk").unwrap()
}

#[test]
fn nis_2_in_danish_and_english() {
    let text = explain(&pack(), "nis2_dk").unwrap();
    insta::assert_snapshot!("nis2_dk.da", text.da);
    insta::assert_snapshot!("nis2_dk.en", text.en);
}

#[test]
fn gdpr_33_in_danish_and_english() {
    let text = explain(&pack(), "gdpr_33").unwrap();
    insta::assert_snapshot!("gdpr_33.da", text.da);
    insta::assert_snapshot!("gdpr_33.en", text.en);
}

#[test]
fn every_regime_says_something_under_every_heading() {
    let pack = pack();
    for regime in &pack.regimes {
        for language in [Language::Danish, Language::English] {
            let sections = Speaker { pack: &pack, language }.sections(regime);
            assert!(sections.len() > 4 + regime.stages.len(), "{} says too little", regime.id);
            for section in &sections {
                let said = section.lines.iter().any(|line| line.chars().any(char::is_alphanumeric));
                assert!(said && !section.heading.trim().is_empty(), "{}: {section:?}", regime.id);
            }
        }
    }
}

#[test]
fn every_regime_is_explained_with_citations_and_without_gaps() {
    let pack = pack();
    for regime in pack.regime_ids() {
        let text = explain(&pack, regime).unwrap();
        for page in [&text.da, &text.en] {
            for gap in ["{sectors}", "{law}", "[]", "»«", "“”", "()"] {
                assert!(!page.contains(gap), "{regime} has `{gap}`:\n{page}");
            }
            for fact in pack.facts().iter().filter(|fact| fact.id.contains('.')) {
                assert!(!page.contains(&format!("»{}«", fact.id)), "{regime} names {} by its id", fact.id);
            }
        }
        assert_ne!(text.da, text.en);
    }
}

#[test]
fn an_unknown_regime_names_the_nearest() {
    let error = explain(&pack(), "gdpr33").unwrap_err();
    assert_eq!(error, UnknownRegime { id: "gdpr33".to_owned(), nearest: Some("gdpr_33".to_owned()) });
    assert_eq!(error.to_string(), "unknown regime `gdpr33`: did you mean `gdpr_33`?");
    assert_eq!(explain(&pack(), "zzz").unwrap_err().to_string(), "unknown regime `zzz`");
}

#[test]
fn what_the_engine_works_out_itself_is_named_in_words() {
    let pack = pack();
    let said = |id: &str| {
        [Language::Danish, Language::English].map(|language| Speaker { pack: &pack, language }.fact(id))
    };
    assert_eq!(said(DUTIES), ["»Regler, der forpligter«", "“Rules that oblige”"]);
    assert_eq!(said(POSSIBLE_DUTIES), ["»Regler, der kan forpligte«", "“Rules that may oblige”"]);
    assert_eq!(said(SEVERITY), ["»Foreslået alvor«", "“Proposed severity”"]);
}

#[test]
fn a_regime_is_an_option_only_of_what_nobody_is_asked() {
    let pack = pack();
    let speaker = Speaker { pack: &pack, language: Language::English };
    let law = speaker.quoted(&pack.regime_info("gdpr_33").unwrap().law.en);
    assert_eq!(speaker.option(DUTIES, "gdpr_33"), law);
    assert_eq!(speaker.option("org.nis2_class", "gdpr_33"), "`gdpr_33`");
}

#[test]
fn one_minute_is_no_minutes() {
    let pack = pack();
    let english = Speaker { pack: &pack, language: Language::English };
    let danish = Speaker { pack: &pack, language: Language::Danish };
    let fact = "impact.unavailable_minutes";
    assert_eq!(
        (english.amount(fact, 1.into()), danish.amount(fact, 1.into())),
        ("1 minute".into(), "1 minut".into())
    );
    assert_eq!(english.amount(fact, 60.into()), "60 minutes");
}

#[test]
fn a_group_says_how_many_of_its_parts_must_hold() {
    let pack = pack();
    let part = |cite: &str| {
        let basis = Basis { text: None, otherwise: None, cite: cite.to_owned() };
        let fact = "incident.cyber".to_owned();
        Condition::Leaf(Predicate { fact, test: Test::IsKnown, basis })
    };
    let said = |least: usize, cites: &[&str]| {
        let of = cites.iter().map(|cite| part(cite)).collect();
        let speaker = Speaker { pack: &pack, language: Language::English };
        speaker.condition(&Condition::Least { least, of })
    };
    let asked = &pack.fact("incident.cyber").unwrap().label.en;
    let line = |cite: &str| format!("“{asked}” has been answered [{cite}]");
    assert_eq!(said(1, &["a"]), [format!("- {}", line("a"))], "one part alone needs no heading");
    let of = |heading: &str, cites: &[&str]| {
        let parts = cites.iter().map(|cite| format!("  - {}", line(cite)));
        std::iter::once(format!("- **{heading}:**")).chain(parts).collect::<Vec<_>>()
    };
    assert_eq!(said(1, &["a", "b"]), of("at least one of these", &["a", "b"]));
    assert_eq!(said(2, &["a", "b", "c"]), of("at least 2 of these", &["a", "b", "c"]));
    assert_eq!(said(3, &["a", "b", "c"]), of("all of these", &["a", "b", "c"]));
}

#[test]
fn a_required_fact_that_must_be_known_is_marked() {
    let mark = |code, unknown_ok| Cell { fact: "ioc".to_owned(), code, unknown_ok }.mark();
    assert_eq!((mark(Code::Required, true), mark(Code::Required, false)), ("X", "X!"));
    assert_eq!(
        [Code::Carried, Code::Optional, Code::IfAvailable].map(|code| mark(code, true)),
        ["C", "O", "I"]
    );
}
