use serde_json::json;

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
    for text in
        ["Kunde 0101701234 ringede", "010170 1234", "3112991234", "91 er ikke 9112991234", "a, 0101701234, b"]
    {
        assert_eq!(cpr(text), Some(false), "{text}");
    }
}

#[test]
fn other_numbers_are_left_alone() {
    for text in [
        "3202701234",
        "310270-1234",
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
        "5.010170-1234",
        "010170-1234-55",
        "2026-010170-1234",
        "INC0101701234",
        "e3b0c442980101701234fc1c",
        "f_0101701234",
        "0101701234_a",
        "010170  1234",
        "010170-123",
        "",
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
