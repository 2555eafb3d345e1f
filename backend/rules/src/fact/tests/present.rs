use chrono::{DateTime, Utc};
use serde_json::json;

use super::*;

fn codes(aware_at: &str, now: &str) -> Vec<ProblemCode> {
    let facts = read(&json!({ "incident.aware_at": aware_at }));
    let now: DateTime<Utc> = now.parse().unwrap();
    let problems = crate::fact::present::problems(&Catalogue::new(&super::facts()), &facts, now);
    assert!(problems.iter().all(|problem| problem.fact == "incident.aware_at"));
    problems.into_iter().map(|problem| problem.code).collect()
}

#[test]
fn an_instant_in_the_future_is_refused_but_for_the_difference_of_two_clocks() {
    let now = "2026-11-23T15:20:00+01:00";
    assert_eq!(codes("2026-11-23T15:25:00+01:00", now), []);
    assert_eq!(codes("2026-11-23T15:25:01+01:00", now), [ProblemCode::InFuture]);
    assert_eq!(codes("2026-11-23T15:25:01+02:00", now), [], "an instant, not a time of day, is compared");
}

#[test]
fn an_instant_before_the_year_2000_is_refused() {
    let now = "2026-11-23T15:20:00+01:00";
    assert_eq!(codes("1999-12-31T23:59:59Z", now), [ProblemCode::TooEarly]);
    assert_eq!(codes("2000-01-01T00:00:00Z", now), []);
    assert_eq!(codes("0026-11-23T15:20:00+01:00", now), [ProblemCode::TooEarly]);
}
