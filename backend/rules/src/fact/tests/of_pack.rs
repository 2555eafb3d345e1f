//! Facts are read, and looked at, with the catalogue of a pack.

use serde_json::json;

use crate::{FactValue, Facts, Pack, ProblemCode, WarningCode};

#[test]
fn facts_are_those_of_the_pack() {
    let pack = Pack::embedded("dk").unwrap();
    let sent = json!({ "impact.users_affected": 12, "incident.cyber": "perhaps" });
    let (facts, problems) = Facts::parse_lenient(&pack, &sent);
    assert_eq!(facts.get("impact.users_affected"), Some(&FactValue::Number(12.into())));
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!((problems[0].fact.as_str(), problems[0].code), ("incident.cyber", ProblemCode::WrongType));
    assert_eq!(Facts::parse(&pack, &sent), Err(problems), "unless all of it can be read");
    let read = Facts::parse(&pack, &json!({ "impact.users_affected": 12 }));
    assert_eq!(read, Ok(facts));
}

#[test]
fn facts_of_the_pack_are_looked_at_before_they_are_sent() {
    let pack = Pack::embedded("dk").unwrap();
    let sent = json!({ "incident.aware_at": "2026-11-25T15:20:00+01:00", "description": "010170-1234" });
    let facts = Facts::parse(&pack, &sent).unwrap();
    let at = |now: &str| facts.problems_at(&pack, now.parse().unwrap());
    assert_eq!(at("2026-11-26T00:00:00Z"), []);
    let early = at("2026-11-24T00:00:00Z");
    assert_eq!(early.iter().map(|problem| problem.fact.as_str()).collect::<Vec<_>>(), ["incident.aware_at"]);
    let warnings = facts.warnings(&pack);
    let seen: Vec<_> = warnings.iter().map(|warning| (warning.fact.as_str(), warning.code)).collect();
    assert_eq!(seen, [("description", WarningCode::CprNumber)]);
}
