use serde_json::json;

use super::*;

#[test]
fn unknown_is_an_answer_to_every_fact() {
    for fact in facts() {
        assert_eq!(answer(&fact.id, &json!("unknown")), FactValue::Unknown, "{}", fact.id);
    }
}

#[test]
fn null_and_blank_text_are_no_answers() {
    let facts = read(&json!({ "description": " \n", "incident.cross_border": null, "org.cvr": "" }));
    assert_eq!(facts, Facts::default());
}

#[test]
fn each_type_reads_its_own_json() {
    assert_eq!(answer("incident.cross_border", &json!(false)), FactValue::Bool(false));
    assert_eq!(answer("org.nis2_class", &json!("none")), FactValue::Text("none".to_owned()));
    let instant = answer("incident.aware_at", &json!("2026-11-23T15:20:00+01:00"));
    assert_eq!(instant, FactValue::Instant("2026-11-23T15:20:00+01:00".parse().unwrap()));
}

#[test]
fn a_set_is_kept_sorted_and_each_member_once() {
    let kinds = answer("service.kinds", &json!(["tld", "dns", "tld"]));
    assert_eq!(kinds, FactValue::Set(vec!["dns".to_owned(), "tld".to_owned()]));
    assert_eq!(answer("service.kinds", &json!([])), FactValue::Set(Vec::new()));
}

#[test]
fn country_codes_are_kept_in_capitals() {
    let countries = answer("incident.member_states", &json!(["se", "DE"]));
    assert_eq!(countries, FactValue::Set(vec!["DE".to_owned(), "SE".to_owned()]));
}

#[test]
fn a_value_of_another_type_is_refused() {
    for (id, value) in [
        ("incident.cross_border", json!("yes")),
        ("incident.cross_border", json!(1)),
        ("impact.users_affected", json!(true)),
        ("impact.users_affected", json!("12")),
        ("org.nis2_class", json!(["none"])),
        ("service.kinds", json!("dns")),
        ("service.kinds", json!([1])),
        ("incident.member_states", json!("DE")),
        ("incident.aware_at", json!(1_764_000_000)),
        ("description", json!({ "text": "nested" })),
        ("org.cvr", json!(13_748_136)),
    ] {
        assert_eq!(code(id, &value), ProblemCode::WrongType, "{id} {value}");
    }
}

#[test]
fn a_number_sent_as_text_is_shown_as_a_number() {
    assert_eq!(refused("impact.users_affected", &json!("1200")).suggestion.as_deref(), Some("1200"));
    assert_eq!(refused("impact.users_affected", &json!("many")).suggestion, None);
}

#[test]
fn an_unknown_fact_is_refused_with_the_nearest_id() {
    for (wrong, near) in [
        ("impact.user_affected", Some("impact.users_affected")),
        ("Org.Cvr", Some("org.cvr")),
        ("users_affected", Some("impact.users_affected")),
        ("aware_at", Some("incident.aware_at")),
        ("detectd_at", Some("detected_at")),
        ("colour", None),
    ] {
        let problem = refused(wrong, &json!(1));
        assert_eq!(
            (problem.code, problem.suggestion.as_deref()),
            (ProblemCode::UnknownFact, near),
            "{wrong}"
        );
        assert!(
            near.is_none_or(|near| problem.message.da.contains(near) && problem.message.en.contains(near))
        );
    }
}

#[test]
fn a_time_without_offset_is_told_from_what_is_no_time() {
    let message = |typed: &str| refused("incident.aware_at", &json!(typed)).message.en;
    assert!(message("2026-11-23T15:20:00").contains("The time lacks its offset"));
    assert!(message("yesterday").contains("That is not a valid time"));
    let long = format!("2026-11-23T15:20:00.{}", "0".repeat(60));
    assert!(message(&long).contains("That is not a valid time"));
}

#[test]
fn a_refusal_shows_the_beginning_of_what_was_sent_and_nothing_that_hides() {
    let shown = |sent: &str| {
        let message = refused(sent, &json!(1)).message;
        (message.da, message.en)
    };
    let (da, en) = shown("colour");
    assert!(da.contains("»colour«") && en.contains("“colour”"), "{da} {en}");
    let forty = "x".repeat(40);
    assert!(shown(&forty).1.contains(&format!("“{forty}”")));
    assert!(shown(&format!("{forty}y")).1.contains(&format!("“{forty}…”")));
    assert!(shown("a\nb\u{202e}c").1.contains("“a\u{FFFD}b\u{FFFD}c”"));
}

#[test]
fn an_unknown_option_is_refused_with_the_nearest_option() {
    let problem = refused("org.nis2_class", &json!("esential"));
    assert_eq!(
        (problem.code, problem.suggestion.as_deref()),
        (ProblemCode::UnknownOption, Some("essential"))
    );
    let problem = refused("service.kinds", &json!(["dns", "datacentre"]));
    assert_eq!(
        (problem.code, problem.suggestion.as_deref()),
        (ProblemCode::UnknownOption, Some("data_centre"))
    );
    for (usual, code) in [("UK", "GB"), ("el", "GR")] {
        let problem = refused("incident.member_states", &json!([usual]));
        assert_eq!((problem.code, problem.suggestion.as_deref()), (ProblemCode::UnknownOption, Some(code)));
    }
    assert_eq!(code("incident.member_states", &json!(["XX"])), ProblemCode::UnknownOption);
}

#[test]
fn unknown_does_not_stand_beside_other_options() {
    let problem = refused("service.kinds", &json!(["dns", "unknown"]));
    assert_eq!(problem.code, ProblemCode::UnknownOption);
    assert!(problem.message.en.contains("in place of the list"));
}

#[test]
fn every_wrong_member_of_a_set_is_named() {
    let (_, problems) = lenient(&json!({ "service.kinds": ["dms", "tld", "clout"] }));
    let suggested: Vec<_> = problems.iter().map(|problem| problem.suggestion.as_deref()).collect();
    assert_eq!(suggested, [Some("dns"), Some("cloud")]);
}

#[test]
fn an_instant_needs_its_offset() {
    let problem = refused("incident.aware_at", &json!("2026-11-23T15:20:00"));
    assert_eq!(problem.code, ProblemCode::BadFormat);
    assert!(problem.message.en.contains("lacks its offset") && problem.message.en.contains("+01:00"));
    for wrong in ["yesterday", "2026-02-30T10:00:00+01:00", "2026-11-23", "23/11/2026 15:20"] {
        assert_eq!(code("incident.aware_at", &json!(wrong)), ProblemCode::BadFormat, "{wrong}");
    }
}

#[test]
fn instants_are_kept_to_the_microsecond_with_their_offset() {
    for (sent, kept) in [
        ("2026-11-23T15:20:00.123456789+01:00", "2026-11-23T15:20:00.123456+01:00"),
        ("2026-11-23t15:20:00.5z", "2026-11-23T15:20:00.500+00:00"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:60+00:00"),
        ("2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+02:00"),
    ] {
        assert_eq!(
            read(&json!({ "incident.aware_at": sent })).to_json(),
            json!({ "incident.aware_at": kept })
        );
    }
}

#[test]
fn an_alias_is_read_as_the_fact() {
    let facts = read(&json!({ "detected_at": "2026-11-23T15:20:00+01:00" }));
    assert_eq!(facts.iter().map(|(id, _)| id).collect::<Vec<_>>(), ["incident.aware_at"]);
    let problem = lenient(&json!({ "detected_at": 1 })).1.remove(0);
    assert_eq!(problem.fact, "detected_at", "it is named as it was sent");
}

#[test]
fn two_names_of_one_fact_may_agree_but_not_differ() {
    let (one, other) = ("2026-11-23T15:20:00+01:00", "2026-11-23T15:21:00+01:00");
    let both = |alias: &str| lenient(&json!({ "detected_at": alias, "incident.aware_at": one }));
    assert_eq!(both(one).1, []);
    let (facts, problems) = both(other);
    assert_eq!((problems.len(), problems[0].code), (1, ProblemCode::Contradiction));
    assert_eq!(problems[0].fact, "detected_at");
    assert_eq!(facts.to_json(), json!({ "incident.aware_at": one }));
    let not_answered = read(&json!({ "detected_at": one, "incident.aware_at": null }));
    assert_eq!(not_answered.to_json(), json!({ "incident.aware_at": one }));
}

#[test]
fn what_can_be_read_is_kept_beside_what_cannot() {
    let (facts, problems) = lenient(&json!({ "description": "Ransomware", "org.nis2_class": "huge" }));
    assert_eq!(facts.to_json(), json!({ "description": "Ransomware" }));
    assert_eq!(problems.len(), 1);
}

#[test]
fn facts_are_one_object() {
    for other in [json!([]), json!("facts"), json!(null), json!(7)] {
        let (facts, problems) = lenient(&other);
        assert_eq!(facts, Facts::default());
        assert_eq!((problems.len(), problems[0].code), (1, ProblemCode::NotAnObject));
    }
}

/// So many answers under names that no fact has, all like one.
fn flood(size: usize) -> Value {
    Value::Object((0..size).map(|n| (format!("impact.users_affected{n}"), json!(n))).collect())
}

#[test]
fn more_than_four_hundred_answers_are_refused_as_a_whole() {
    let mut answers = flood(400);
    assert!(lenient(&answers).1.iter().all(|problem| problem.code == ProblemCode::UnknownFact));
    answers["description"] = json!("Ransomware");
    let (facts, problems) = lenient(&answers);
    assert_eq!(facts, Facts::default(), "none of them is read");
    assert_eq!(problems.len(), 1);
    let problem = &problems[0];
    assert_eq!((problem.code, problem.fact.as_str()), (ProblemCode::TooLong, ""));
    assert!(
        [&problem.message.da, &problem.message.en]
            .iter()
            .all(|text| text.contains("401") && text.contains("400"))
    );
    assert_eq!(lenient(&flood(50_000)).1.len(), 1);
}

#[test]
fn only_the_first_five_unknown_names_come_with_the_nearest_id() {
    let mut answers = flood(7);
    // Another problem before them takes no suggestion away.
    answers["description"] = json!(1);
    let (_, problems) = lenient(&answers);
    let unknown = problems.iter().filter(|problem| problem.code == ProblemCode::UnknownFact);
    let suggested: Vec<bool> = unknown.map(|problem| problem.suggestion.is_some()).collect();
    assert_eq!(suggested, [true, true, true, true, true, false, false]);
}

#[test]
fn a_flood_of_wrong_names_is_answered_with_a_hundred_problems() {
    let (_, problems) = lenient(&flood(400));
    assert_eq!(problems.len(), 100);
    let long = "x".repeat(1_000_000);
    let problem = refused(&long, &json!(1));
    assert!(problem.message.en.len() < 200);
    let most = json!(vec!["dns"; 1000]);
    assert_eq!(answer("service.kinds", &most), FactValue::Set(vec!["dns".to_owned()]));
    let list = json!(vec!["dns"; 1001]);
    assert_eq!(code("service.kinds", &list), ProblemCode::TooLong);
}

#[test]
fn later_facts_replace_earlier_ones_and_keep_the_rest() {
    let earlier = read(&json!({ "description": "Slow", "impact.users_affected": "unknown" }));
    let later = read(&json!({ "impact.users_affected": 12 }));
    let expected = json!({ "description": "Slow", "impact.users_affected": 12 });
    assert_eq!(earlier.updated_with(&later).to_json(), expected);
}
