use serde_json::json;

use super::*;

fn number(id: &str, json: &str) -> String {
    let facts = read(&serde_json::from_str(&format!("{{\"{id}\": {json}}}")).unwrap());
    facts.to_json()[id].to_string()
}

#[test]
fn numbers_are_kept_exactly_and_written_shortly() {
    for (sent, kept) in [
        ("0.1", "0.1"),
        ("12.50", "12.5"),
        ("1200", "1200"),
        ("3.0", "3"),
        ("-0.0", "0"),
        ("1e3", "1000"),
        ("2.5E-3", "0.0025"),
        ("1234567890.12345", "1234567890.12345"),
        ("999999999999.999", "999999999999.999"),
        ("1000000000000", "1000000000000"),
    ] {
        assert_eq!(number("impact.response_time_s", sent), kept);
    }
}

#[test]
fn an_impossible_number_is_refused() {
    for (id, sent) in [
        ("impact.users_affected", json!(-1)),
        ("impact.users_affected", json!(1.5)),
        ("impact.users_affected", json!(1_000_000_000_001_u64)),
        ("impact.users_affected", json!(u64::MAX)),
        ("impact.users_affected", json!(1e300)),
        ("impact.users_affected_pct", json!(100.01)),
        ("impact.users_affected_pct", json!(-0.5)),
        ("impact.financial_loss_eur", json!(-100)),
        ("impact.unavailable_minutes", json!(-1e-300)),
        ("org.energy_level", json!(0)),
        ("org.energy_level", json!(6)),
    ] {
        assert_eq!(code(id, &sent), ProblemCode::OutOfRange, "{id} {sent}");
    }
}

#[test]
fn a_number_finer_than_what_is_kept_is_refused_rather_than_rounded() {
    for sent in
        [json!(0.300_000_000_000_000_04), json!(0.000_000_1), json!(1e-300), json!(99_999_999_999.123_45)]
    {
        let problem = refused("impact.response_time_s", &sent);
        assert_eq!(problem.code, ProblemCode::OutOfRange);
        assert!(problem.message.en.contains("Round it"), "{sent}: {}", problem.message.en);
    }
}

#[test]
fn the_way_out_says_the_bounds() {
    let message = refused("org.energy_level", &json!(6)).message;
    assert!(message.da.contains("fra 1 til 5") && message.en.contains("from 1 to 5"), "{message:?}");
    let message = refused("impact.users_affected_pct", &json!(101)).message.en;
    assert!(message.contains("from 0 to 100."), "{message:?}");
    for great in [json!(u64::MAX), json!(1e300)] {
        let message = refused("impact.users_affected", &great).message.en;
        assert!(message.contains("from 0 to"), "what is too great need not be rounded: {message}");
    }
    let message = refused("impact.financial_loss_eur", &json!(-1)).message;
    assert!(message.da.contains("fra 0 til 1.000.000.000.000"), "{message:?}");
    assert!(message.en.contains("from 0 to 1,000,000,000,000"), "{message:?}");
}
