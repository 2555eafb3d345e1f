//! Regimes in words, as an authority's lawyer reads them.

use super::{Language, Speaker, UnknownRegime, explain};
use crate::Pack;

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
