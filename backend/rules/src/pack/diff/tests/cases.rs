//! How past incidents come out differently, and how that is written.

use super::*;
use crate::pack::diff::{RegimeAnswer, diff_assessments, diff_case};
use crate::{Facts, Part, Route, Text, assess};

fn both<T>(old: T, new: T) -> Differs<T> {
    Differs { old: Some(old), new: Some(new) }
}

#[test]
fn one_incident_is_compared_as_all_are() {
    let old = Pack::embedded("dk").unwrap();
    let new = next(&[("severity.yaml", "more_than: 10000", "more_than: 1000")]);
    let mut important = hospital();
    important.facts["org.nis2_class"] = json!("important");
    let found = diff_case(&old, &new, &important).unwrap();
    assert_eq!((found.name.as_str(), found.severity.is_some()), ("hospital", true));
    assert_eq!(diff(&old, &new, std::slice::from_ref(&important)).cases, [found]);
    assert_eq!(diff_case(&old, &old, &important), None);
}

#[test]
fn two_assessments_of_one_incident_are_compared_as_its_cases_are() {
    let pack = Pack::embedded("dk").unwrap();
    let assessed = |class: &str| {
        let mut facts = hospital().facts;
        facts["org.nis2_class"] = json!(class);
        assess(&pack, &Facts::parse(&pack, &facts).unwrap(), &[], hospital().now)
    };
    let found = diff_assessments("hospital", &assessed("essential"), &assessed("none")).unwrap();
    let nis2 = found.regimes.iter().find(|regime| regime.old.as_ref().is_some_and(|old| old.id == "nis2_dk"));
    assert_eq!((found.name.as_str(), nis2.is_some()), ("hospital", true), "{found}");
    assert_eq!(diff_assessments("hospital", &assessed("essential"), &assessed("essential")), None);
}

#[test]
fn where_the_law_says_it_is_a_matter_of_the_pack_and_not_of_a_case() {
    let change = ("regimes/gdpr_34.yaml", "    cite: \"GDPR art. 34(1)-(2)\"", "    cite: \"GDPR art. 34\"");
    let mut breach = hospital();
    for (fact, value) in [("personal_data.involved", json!(true)), ("personal_data.risk", json!("high"))] {
        breach.facts[fact] = value;
    }
    breach.facts["org.data_role"] = json!("controller");
    let pack = Pack::embedded("dk").unwrap();
    let facts = Facts::parse(&pack, &breach.facts).unwrap();
    let duties = assess(&pack, &facts, &[], breach.now).obligations;
    assert!(duties.iter().any(|duty| duty.regime == "gdpr_34"), "{duties:#?}");
    let found = differences(&[change], &[breach]);
    assert_eq!(names(&found), ["Stage gdpr_34/communication"]);
    assert!(found.cases.is_empty(), "{found}");
}

#[test]
fn a_case_is_written_with_what_either_version_says_of_laws_and_units() {
    let law = |applies, triggered| RegimeAnswer { id: "gdpr_33".to_owned(), applies, triggered };
    let because = crate::Reason { text: Text::default(), cite: String::new(), facts: Vec::new() };
    let (unit, role) = ("samsik".to_owned(), "csirt".to_owned());
    let lead = Route { unit, role, part: Part::Lead, because };
    let route = |part| Route { part, ..lead.clone() };
    let case = CaseChange {
        name: "x".to_owned(),
        unreadable: None,
        regimes: vec![both(law(Answer::Yes, Answer::No), law(Answer::CannotTell, Answer::Yes))],
        obligations: Vec::new(),
        routes: vec![
            both(route(Part::Support), route(Part::Lead)),
            Differs { old: None, new: Some(route(Part::Inform)) },
        ],
        severity: None,
        guidance: Vec::new(),
    };
    let expected = "~ x\n    ~ regime gdpr_33: applies yes, triggered no\n        \
                    -> gdpr_33: applies cannot tell, triggered yes\n    \
                    ~ unit samsik supports as csirt\n        -> samsik leads as csirt\n    \
                    + unit samsik is told as csirt\n";
    assert_eq!(case.to_string(), expected);
}
