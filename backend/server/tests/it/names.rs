//! How long a wrong password takes does not say whether anybody has the name (attack G2): the medians of both, asked for in turn by
//! chance over HTTP, are less than 2 ms apart. Never part of `make test`, whose machine is busy.

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::json;
use tokio::sync::Mutex;
use varsel_server::http::Door;
use varsel_services::local::{Hasher, Local, Settings};
use varsel_services::testing::{House, in_each_house};
use varsel_storage::testing::{proved, scale, seed};

use crate::harness::{App, patient, with_door};
use crate::local::{LOGIN, enrol};

/// How far apart the medians may be.
const BOUND: Duration = Duration::from_millis(2);

/// Two that measure at once would measure each other.
static ALONE: Mutex<()> = Mutex::const_new(());

/// After so many of them a window of the counters has passed, as it has for somebody who does not want to be noticed.
const WINDOW: usize = 50;

/// The house with accounts of its own whose passwords are hashed in full strength: where that takes no time, that it is left out
/// does not show.
fn strong(mut house: House) -> House {
    let (settings, url) = (Settings { fallback: true, ..Settings::default() }, "https://varsel.example");
    let local = Local::on(settings, Hasher::strong().unwrap(), &url.parse().unwrap());
    house.services.local = Arc::new(local);
    house
}

/// How far apart the medians are of so many wrong passwords under each name.
async fn apart(app: &App, each: usize) -> Duration {
    let (mut chance, client) = (StdRng::seed_from_u64(seed()), app.nobody());
    let (mut known, mut unknown, mut answers) = (Vec::new(), Vec::new(), Vec::new());
    while known.len() < each || unknown.len() < each {
        let is_known = chance.random_bool(0.5);
        let login = if is_known { LOGIN } else { "nobody@kyst.example" };
        let guess = json!({ "login": login, "password": "a guess of some length", "code": "123456" });
        let begun = Instant::now();
        let answer = client.post("/local/sign-in").json(&guess).send().await.unwrap();
        let told = (answer.status().as_u16(), answer.text().await.unwrap());
        let took = begun.elapsed();
        if is_known {
            known.push(took);
        } else {
            unknown.push(took);
        }
        answers.push(told);
        answers.dedup();
        assert!(answers.len() == 1 && answers[0].0 == 401, "one answer for both: {answers:?}");
        if (known.len() + unknown.len()) % WINDOW == 0 {
            app.house.advance(TimeDelta::minutes(16));
        }
    }
    median(known).abs_diff(median(unknown))
}

fn median(mut all: Vec<Duration>) -> Duration {
    all.sort();
    all[all.len() / 2]
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "it measures time: make torture"]
async fn a_name_that_somebody_has_takes_as_long_as_one_that_nobody_has() {
    let _alone = ALONE.lock().await;
    in_each_house(async |house| {
        with_door(
            strong(patient(house)),
            |_| Door::Demo,
            async |app| {
                enrol(app, &app.nobody()).await;
                let each = scale(200, 10_000);
                // The first ones warm up what is cached.
                apart(app, 10).await;
                let apart = apart(app, each).await;
                let database = if app.house.services.store.is_shared() { "PostgreSQL" } else { "SQLite" };
                proved("G2", &format!("{database}: n = {each} of each: medians {apart:.2?} apart"));
                assert!(apart < BOUND, "{apart:?}");
            },
        )
        .await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "it measures time: make torture"]
async fn a_password_that_is_hashed_with_less_work_than_nobodys_is_noticed() {
    let _alone = ALONE.lock().await;
    in_each_house(async |house| {
        let house = patient(house.with_local());
        with_door(house.clone(), |_| Door::Demo, async |app| drop(enrol(app, &app.nobody()).await)).await;
        with_door(
            strong(house),
            |_| Door::Demo,
            async |app| {
                let apart = apart(app, 50).await;
                proved(
                    "G2",
                    &format!("planted: less work for a name that somebody has: medians {apart:.2?} apart"),
                );
                assert!(apart > BOUND, "{apart:?}");
            },
        )
        .await;
    })
    .await;
}
