use serde_json::json;

use super::*;

#[test]
fn text_is_kept_as_it_was_typed() {
    for typed in ["  Two  spaces\n\ttab ", "<script>alert(1)</script>", "Ærø 🔥 Δ", "null", "Unknown"] {
        assert_eq!(answer("description", &json!(typed)), FactValue::Text(typed.to_owned()));
    }
}

#[test]
fn the_invisible_characters_that_writing_needs_are_kept() {
    for typed in ["👩\u{200d}💻", "می\u{200c}خواهم", "Ransom\u{ad}ware", "a\u{a0}b", "❤\u{fe0f}"]
    {
        assert_eq!(answer("description", &json!(typed)), FactValue::Text(typed.to_owned()));
    }
}

#[test]
fn line_ends_of_forms_become_newlines() {
    assert_eq!(answer("description", &json!("one\r\ntwo")), FactValue::Text("one\ntwo".to_owned()));
}

#[test]
fn characters_that_disguise_a_text_are_refused_with_their_place() {
    for (typed, shown) in [
        ("ab\u{0}c", "U+0000"),
        ("ab\u{1b}[31m", "U+001B"),
        ("ab\rc", "U+000D"),
        ("ab\u{85}", "U+0085"),
        ("ab\u{202e}gpj.exe", "U+202E"),
        ("ab\u{2066}x", "U+2066"),
        ("ab\u{2069}x", "U+2069"),
        ("ab\u{61c}x", "U+061C"),
        ("ab\u{200b}x", "U+200B"),
        ("ab\u{200e}x", "U+200E"),
        ("ab\u{200f}x", "U+200F"),
        ("ab\u{2028}x", "U+2028"),
        ("ab\u{2029}x", "U+2029"),
        ("ab\u{2060}x", "U+2060"),
        ("ab\u{feff}x", "U+FEFF"),
        ("ab\u{e0001}x", "U+E0001"),
        ("ab\u{e0061}x", "U+E0061"),
        ("ab\u{e007f}x", "U+E007F"),
    ] {
        let problem = refused("description", &json!(typed));
        assert_eq!(problem.code, ProblemCode::ControlCharacters);
        assert!(
            problem.message.en.contains("Character 3") && problem.message.en.contains(shown),
            "{typed:?}"
        );
    }
}

#[test]
fn a_text_of_ten_thousand_characters_is_the_longest() {
    assert!(matches!(answer("description", &json!("ø".repeat(10_000))), FactValue::Text(_)));
    assert_eq!(code("description", &json!("ø".repeat(10_001))), ProblemCode::TooLong);
}

#[test]
fn a_refusal_never_shows_a_control_character() {
    let problem = refused("org.nis2_class", &json!("\u{202e}none\u{0}"));
    assert!(!problem.message.en.contains(['\u{202e}', '\u{0}']));
}

#[test]
fn cvr_numbers_are_read_with_their_ornaments() {
    for typed in ["13748136", "DK13748136", "dk 13 74 81 36", "13.74.81.36", " 13748136\n"] {
        assert_eq!(answer("org.cvr", &json!(typed)), FactValue::Text("13748136".to_owned()), "{typed}");
    }
    assert_eq!(answer("org.cvr", &json!("24256790")), FactValue::Text("24256790".to_owned()));
}

#[test]
fn a_cvr_number_with_a_typing_mistake_is_refused() {
    for (typed, expected) in [
        ("13748137", ProblemCode::BadCheckDigit),
        ("12345678", ProblemCode::BadCheckDigit),
        ("00000000", ProblemCode::BadCheckDigit),
        ("1374813", ProblemCode::BadFormat),
        ("137481360", ProblemCode::BadFormat),
        ("1374813O", ProblemCode::BadFormat),
        ("١٣٧٤٨١٣٦", ProblemCode::BadFormat),
        ("SE13748136", ProblemCode::BadFormat),
    ] {
        assert_eq!(code("org.cvr", &json!(typed)), expected, "{typed}");
    }
}

#[test]
fn any_mistyped_digit_of_a_cvr_number_is_seen() {
    for place in 0..8 {
        for digit in '0'..='9' {
            let mut typed: Vec<char> = "13748136".chars().collect();
            if std::mem::replace(&mut typed[place], digit) != digit {
                let typed: String = typed.into_iter().collect();
                assert_eq!(code("org.cvr", &json!(typed)), ProblemCode::BadCheckDigit, "{typed}");
            }
        }
    }
}

#[test]
fn lei_codes_carry_their_own_check() {
    // The code of the foundation that issues them.
    let lei = "506700GE1G29325QX363";
    assert_eq!(answer("entity_lei", &json!("5067 00ge 1g29 325q x363")), FactValue::Text(lei.to_owned()));
    // Another one, with the first of the letters in it.
    let other = "529900T8BM49AURSDO55";
    assert_eq!(answer("entity_lei", &json!(other)), FactValue::Text(other.to_owned()));
    assert_eq!(code("entity_lei", &json!("506700GE1G29325QX364")), ProblemCode::BadCheckDigit);
    assert_eq!(code("entity_lei", &json!("506700GE1G29325QX3")), ProblemCode::BadFormat);
    assert_eq!(code("entity_lei", &json!("506700GE1G29325QX3Æ")), ProblemCode::BadFormat);
}
