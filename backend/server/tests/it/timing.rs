//! How long a refusal takes says nothing (attack D2): what is forbidden and what is not there, over HTTP, asked for in turn by
//! chance, are told apart by Welch's t-test only where |t| is more than 4.5. Never part of `make test`, whose machine is busy.

use std::time::Instant;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::json;
use uuid::Uuid;
use varsel_services::domain::authz::Scope;
use varsel_services::domain::{CaseId, IncidentId};
use varsel_storage::testing::{proved, scale, seed};
use varsel_storage::{case, incident};

use crate::harness::{App, Client, in_each_patient_app};

/// Beyond it, two samples are not taken to be one (dudect, and TVLA before it).
const BOUND: f64 = 4.5;

const OPERATIONS: [(&str, &str); 3] = [
    ("incident", "query($id: ID!) { incident(id: $id) { number } }"),
    ("case", "query($id: ID!) { case(id: $id) { id } }"),
    (
        "request",
        "mutation($id: ID!) { requestReport(input: { incident: $id, regime: \"nis2_energy_dk\", stage: \"intermediate_report\", due: \"2026-12-24T12:00:00Z\" }) { __typename } }",
    ),
];

/// Mean, variance and number of a sample.
struct Sample {
    mean: f64,
    variance: f64,
    count: f64,
}

impl Sample {
    /// Of those times that are no longer than `limit`: what a busy machine delays says nothing about us.
    fn of(times: &[f64], limit: f64) -> Self {
        let kept: Vec<f64> = times.iter().copied().filter(|time| *time <= limit).collect();
        let count = number(kept.len());
        let mean = kept.iter().sum::<f64>() / count;
        let variance = kept.iter().map(|time| (time - mean).powi(2)).sum::<f64>() / (count - 1.0);
        Self { mean, variance, count }
    }
}

fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap())
}

/// Welch's t of two samples of times: the one that tells most, of all times and of the fastest parts of them (as dudect has it), for
/// what is fast is least disturbed.
fn welch(one: &[f64], other: &[f64]) -> f64 {
    let mut all: Vec<f64> = one.iter().chain(other).copied().collect();
    all.sort_by(f64::total_cmp);
    let of_part = |percent: usize| {
        let limit = all[(all.len() - 1) * percent / 100];
        let (one, other) = (Sample::of(one, limit), Sample::of(other, limit));
        (one.mean - other.mean) / (one.variance / one.count + other.variance / other.count).sqrt()
    };
    let parts = [50, 75, 90, 100].map(of_part).into_iter().filter(|t| t.is_finite());
    parts.max_by(|one, other| one.abs().total_cmp(&other.abs())).unwrap()
}

/// What is asked, with an id that is forbidden and one of nothing.
struct Asked<'a> {
    document: &'a str,
    forbidden: String,
    missing: String,
}

/// So many times of each of the two, in turn by chance. `slow` is done besides for what is forbidden.
async fn times(
    client: &Client,
    asked: &Asked<'_>,
    each: usize,
    slow: impl AsyncFn(),
) -> (Vec<f64>, Vec<f64>) {
    let mut chance = StdRng::seed_from_u64(seed());
    let (mut forbidden, mut missing) = (Vec::new(), Vec::new());
    while forbidden.len() < each || missing.len() < each {
        let is_forbidden = chance.random_bool(0.5);
        let id = if is_forbidden { &asked.forbidden } else { &asked.missing };
        let begun = Instant::now();
        let answer = client.graphql(asked.document, json!({ "id": id })).await;
        if is_forbidden {
            slow().await;
        }
        let took = begun.elapsed().as_secs_f64();
        assert!(answer.get("errors").is_some() || answer["data"].to_string().contains("null"), "{answer}");
        if is_forbidden { forbidden.push(took) } else { missing.push(took) }
    }
    (forbidden, missing)
}

/// What a stranger asks for, of an incident that is not theirs.
async fn asked(app: &App) -> Vec<(&'static str, Asked<'static>)> {
    let (view, _) = app.house.file("reporter-energy", "timing-first").await;
    let none = Uuid::from_u128(0x0123_4567_89ab_7def_8123_4567_89ab_cdef);
    let all = OPERATIONS.into_iter().map(|(name, document)| {
        let (forbidden, missing) = match name {
            "case" => (view.cases[0].id.to_string(), CaseId(none).to_string()),
            _ => (view.id.to_string(), IncidentId(none).to_string()),
        };
        (name, Asked { document, forbidden, missing })
    });
    all.collect()
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "it measures time: make torture"]
async fn what_is_forbidden_takes_as_long_as_what_is_not_there() {
    in_each_patient_app(async |app| {
        let stranger = app.person("officer-dcis-sund").await;
        let database = if app.house.services.store.is_shared() { "PostgreSQL" } else { "SQLite" };
        for (name, asked) in asked(app).await {
            let each = scale(1_000, 20_000);
            // The first ones warm up what is cached.
            times(&stranger, &asked, 100, async || ()).await;
            let (forbidden, missing) = times(&stranger, &asked, each, async || ()).await;
            let t = welch(&forbidden, &missing);
            proved("D2", &format!("{database}: {name}, n = {each} of each: t = {t:.2}"));
            assert!(t.abs() <= BOUND, "{name}: t = {t}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "it measures time: make torture"]
async fn a_lookup_more_for_what_is_forbidden_is_noticed() {
    in_each_patient_app(async |app| {
        let stranger = app.person("officer-dcis-sund").await;
        let (_, asked) = asked(app).await.remove(0);
        let id: IncidentId = asked.forbidden.parse().unwrap();
        // Somebody looks once more, now without regard to who asks.
        let slow = async || {
            let scope = Scope::system();
            let tx = app.house.services.store.begin_snapshot(&scope).await.unwrap();
            assert!(incident::find(&tx, &scope, id).await.unwrap().is_some());
            assert!(!case::of_incident(&tx, &scope, id).await.unwrap().is_empty());
        };
        let each = scale(1_000, 20_000);
        let (forbidden, missing) = times(&stranger, &asked, each, slow).await;
        let t = welch(&forbidden, &missing);
        proved("D2", &format!("planted: one more lookup, n = {each} of each: t = {t:.2}"));
        assert!(t > BOUND, "{t}");
    })
    .await;
}

#[test]
fn the_t_test_tells_apart_what_differs_and_nothing_else() {
    let around = |middle: f64| (0..1_000_u32).map(|n| middle + f64::from(n % 97) / 97.0).collect::<Vec<_>>();
    assert!(welch(&around(1.0), &around(1.0)).abs() < 0.01);
    assert!(welch(&around(1.2), &around(1.0)) > BOUND);
    assert!(welch(&around(1.0), &around(1.2)) < -BOUND);
}
