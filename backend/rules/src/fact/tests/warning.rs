use serde_json::json;

use super::super::cpr;
use super::*;
use crate::{Notice, WarningCode};

/// Whether a CPR number is seen in `text`, and if so, whether it is certain.
fn cpr(text: &str) -> Option<bool> {
    let warnings = warned(text);
    let warning = warnings.iter().find(|warning| warning.code == WarningCode::CprNumber)?;
    assert_eq!((warning.notice, warning.fact.as_str()), (Notice::Confirm, "description"));
    assert!(!warning.message.en.chars().any(|c| c.is_ascii_digit()), "the number is not repeated");
    Some(warning.message.en.contains("seems to contain"))
}

#[test]
fn a_cpr_number_with_a_hyphen_or_its_name_nearby_is_certain() {
    for text in [
        "Data om 010170-1234 er lækket",
        "Data om 010170 - 1234 er lækket",
        "010170–1234",
        "CPR: 0101701234",
        "cpr0101701234",
        "Personnummer 010170 1234",
        "0101701234 (personnr.)",
        "Fødselsdag 610170-1234",
        "(290200-4321)",
        "Vi fandt 010170-1234.",
    ] {
        assert_eq!(cpr(text), Some(true), "{text}");
    }
}

#[test]
fn ten_digits_that_begin_with_a_date_may_be_one() {
    for text in [
        "Kunde 0101701234 ringede",
        "010170 1234",
        "3112991234",
        "91 er ikke 9112991234",
        "a, 0101701234, b",
        "id:nr.0101701234",
        "id:1r.0101701234",
    ] {
        assert_eq!(cpr(text), Some(false), "{text}");
    }
}

#[test]
fn other_numbers_are_left_alone() {
    for text in [
        "3202701234",
        "310270-1234",
        "920170-1234",
        "910270-1234",
        "290271-1234",
        "31.02.70-1234",
        "01.01/70-1234",
        "001270-1234",
        "530170-1234",
        "011370-1234",
        "+4512345678",
        "+310701234567",
        "+3107012345",
        "tlf. 0701123456",
        "Konto: 0101701234",
        "P-nummer 0101701234",
        "sag 0101701234",
        "DK5000400440116243",
        "10101701234",
        "01017012345",
        "192.0.2.1:0101701234",
        "010170-1234-55",
        "2026-010170-1234",
        "INC0101701234",
        "e3b0c442980101701234fc1c",
        "f_0101701234",
        "0101701234_a",
        "010170-123",
        "",
    ] {
        assert_eq!(cpr(text), None, "{text}");
    }
}

#[test]
fn a_pasted_list_is_seen_whatever_stands_between() {
    for mark in [",", ":", "/", ".", ";", "|", " ", "\n", "\t", ", ", "-"] {
        assert_eq!(cpr(&format!("010170-1234{mark}020270-2345")), Some(true), "{mark:?}");
        assert_eq!(cpr(&format!("0101701234{mark}0202702345")), Some(false), "{mark:?}");
    }
    for text in [
        "patient1:010170-1234",
        "1.010170-1234\n2.020270-2345",
        "7,010170-1234,9",
        "25-11-2026 12:34,010170-1234",
    ] {
        assert_eq!(cpr(text), Some(true), "{text}");
    }
    assert_eq!(cpr("01 01 70 1234 02 02 70 2345"), Some(false));
    assert_eq!(cpr("0101701234-020270-2345"), Some(true), "the second is a number of its own");
}

#[test]
fn a_cpr_number_is_seen_in_all_its_spellings() {
    for (text, certain) in [
        ("01.01.70-1234", true),
        ("01/01/70-1234", true),
        ("01 01 70-1234", true),
        ("01-01-70-1234", true),
        ("01.01.1970-1234", true),
        ("01011970-1234", true),
        ("19700101-1234", false),
        ("CPR 19700101-1234", true),
        ("CPR: 01.01.70 1234", true),
        ("01 01 70 1234", false),
        ("010170.1234", false),
        ("010170/1234", false),
        ("010170  1234", false),
        ("010170\t1234", false),
        ("010170\u{a0}\u{2009}1234", false),
        ("010170\u{2014}1234", true),
        ("010170 \u{2014}  1234", true),
        ("010170- 1234", true),
        ("010170\u{2212}1234", true),
        ("0101\u{ad}70-12\u{ad}34", true),
        ("010170\u{ad}1234", false),
        ("0101\u{200d}70\u{200c}-1234", true),
        ("\u{ff10}\u{ff11}\u{ff10}\u{ff11}\u{ff17}\u{ff10}\u{ff0d}\u{ff11}\u{ff12}\u{ff13}\u{ff14}", true),
    ] {
        assert_eq!(cpr(text), Some(certain), "{text:?}");
    }
    // Text that holds these is refused today; what was kept before that is still looked through.
    for invisible in ['\u{200b}', '\u{2060}', '\u{feff}', '\u{200e}'] {
        assert!(cpr::find(&format!("0101{invisible}70-1234")).is_some(), "{invisible:?}");
    }
}

#[test]
fn dates_times_and_addresses_are_no_cpr_numbers() {
    for text in [
        "01.01.2026 12.34",
        "01.01.2026 1234 brugere",
        "CPR-registret lukket 25.11.2026 - 1200 kunder ramt",
        "25.11.26 1200 kunder",
        "25.11.2026 – 1200 kunder",
        "01.01.2026-31.12.2026",
        "2026-11-25 12:34",
        "2026-11-25 1234",
        "2026-11-25T12:34:56Z",
        "2026-11-25T12:34:56.010170+01:00",
        "2026-11-25T12:34:56.010170-05:00",
        "2026-11-25 12:34:56.010170-0500",
        "2026-11-25T12:34:56.0101701234Z",
        "20261125T1234",
        "20261125 1234",
        "202611251234",
        "sag 20261125-1234",
        "18991301-1234",
        "01011857-1234",
        "192.01.01.70-1234",
        "10.12.20.1234",
        "version 10.12.20-1234",
        "10.0.0.1:8080",
        "http://10.12.20.1:0101/0101701234",
        "+45 12 10 70 12",
        "+45 01 01 70 1234",
        "01 01 70 1234 56",
        "tlf. 01 01 70 1234",
        "IBAN DK50 0040 0440 1162 43",
        "konto 1234-0101701234",
        "konto 010170.1234",
        "P-nr. 010170/1234",
        "20121970-1234-4abc-8def-0123456789ab",
        "010170\n1234",
        "010170. 1234 brugere",
    ] {
        assert_eq!(cpr(text), None, "{text}");
    }
}

#[test]
fn a_number_with_a_format_is_no_free_text() {
    let facts = read(&json!({ "org.cvr": "13748136", "entity_lei": "506700GE1G29325QX363" }));
    assert_eq!(warnings::warnings(&Catalogue::new(&super::facts()), &facts), []);
}

#[test]
fn an_option_is_no_free_text() {
    let option = with_options(fact("kind", FactType::Enum), &["<script>"]);
    let catalogue = [option, fact("said", FactType::Text)];
    let catalogue = Catalogue::new(&catalogue);
    let (facts, problems) = parse::parse(&catalogue, &json!({ "kind": "<script>", "said": "<script>" }));
    assert_eq!(problems, []);
    let warned: Vec<_> = warnings::warnings(&catalogue, &facts).into_iter().map(|it| it.fact).collect();
    assert_eq!(warned, ["said"]);
}

#[test]
fn the_surest_of_several_numbers_counts() {
    assert_eq!(cpr("0101701234 og 010170-1234"), Some(true));
    assert_eq!(cpr("tlf. 0701123456 eller 0101701234"), Some(false));
}

#[test]
fn text_that_looks_like_script_is_told_and_kept() {
    for text in ["<SCRIPT>alert(1)</script>", "see javascript:alert(1)", "<a onerror = x>", "<svg/onload=1>"]
    {
        let warnings = warned(text);
        assert_eq!(warnings.len(), 1, "{text}");
        assert_eq!((warnings[0].code, warnings[0].notice), (WarningCode::LooksLikeScript, Notice::Inform));
    }
    for text in ["The script ran on error = 5", "x < y, a > b", "JavaScript is off"] {
        assert_eq!(warned(text), [], "{text}");
    }
}
