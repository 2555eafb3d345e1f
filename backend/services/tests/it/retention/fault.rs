//! Faults that are planted, each of which the oracle must find: an oracle that finds nothing proves nothing.

use chrono::{Months, TimeDelta};
use sea_orm::DatabaseBackend;
use varsel_domain::retention::Settings;
use varsel_services::testing::{House, in_each_house, in_each_separated_house};

use super::kept::keep;
use super::oracle::World;
use super::years::decide;
use crate::rows::execute;

/// A month with its canaries, and no fault so far.
async fn month(house: &House) -> World {
    let mut world = World::new(house.clone()).await;
    world.make(0).await;
    world.pass(TimeDelta::days(1)).await;
    assert_eq!(world.faults().await, [""; 0]);
    world
}

#[tokio::test]
async fn what_goes_too_early_is_noticed() {
    in_each_house(async |house| {
        let world = month(&house).await;
        for (table, canary) in [("attempt", "attempt"), ("api_token", "token")] {
            execute(&house, &format!("DELETE FROM {table}")).await;
            let found = world.faults().await;
            assert!(found.iter().any(|fault| fault.contains(&format!("{canary}-000. is gone"))), "{found:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_stays_too_long_is_noticed() {
    in_each_house(async |mut house| {
        // An installation that keeps sessions longer than the oracle was told.
        house.services.configured.retention = Settings { sign_in_days: 40, ..Settings::default() };
        let world = month(&house).await;
        world.pass(TimeDelta::days(31)).await;
        let found = world.faults().await;
        for canary in ["session", "sign-in"] {
            assert!(
                found.iter().any(|fault| fault.contains(&format!("{canary}-000. is there"))),
                "{found:?}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_hold_that_is_passed_over_is_noticed() {
    in_each_house(async |house| {
        let mut world = World::new(house.clone()).await;
        let number = world.make(0).await.number;
        let until = house.now() + TimeDelta::days(5 * 365);
        decide(&house, &number, Some(until)).await;
        world.hold("kanarie-use-000.", until);
        house.advance(TimeDelta::days(200));
        world.pass(TimeDelta::days(1)).await;
        let early = |faults: Vec<String>| faults.iter().any(|fault| fault.contains("use-000. is gone"));
        assert!(!early(world.faults().await), "the hold is respected");
        execute(&house, "UPDATE legal_hold SET until = placed_at").await;
        world.pass(TimeDelta::days(1)).await;
        assert!(early(world.faults().await), "somebody took it away");
    })
    .await;
}

#[tokio::test]
async fn entries_that_are_kept_and_go_all_the_same_are_noticed() {
    in_each_separated_house(async |house| {
        let mut world = World::new(house.clone()).await;
        world.make(0).await;
        let (now, until) = (house.now(), house.now() + TimeDelta::days(365));
        keep(&house, (now, now + TimeDelta::hours(1)), until).await;
        world.hold("kanarie-use-000.", until);
        house.advance(TimeDelta::days(200));
        world.pass(TimeDelta::days(1)).await;
        assert_eq!(world.faults().await, [""; 0]);
        execute(&house, "UPDATE use_hold SET from_at = to_at").await;
        world.pass(TimeDelta::days(1)).await;
        assert!(world.faults().await.iter().any(|fault| fault.contains("use-000. is gone")));
    })
    .await;
}

#[tokio::test]
async fn bytes_that_a_deletion_leaves_behind_are_noticed() {
    in_each_house(async |house| {
        if house.services.store.connection().get_database_backend() != DatabaseBackend::Sqlite {
            return;
        }
        let world = month(&house).await;
        let backup = world.backup().await.unwrap();
        assert_eq!(world.readable(&backup).await, ["kanarie-incident-000."], "as long as its key is there");
        house.advance(TimeDelta::days(35));
        // As a database would that does not overwrite.
        let connection = house.services.store.connection();
        for sql in ["PRAGMA secure_delete = OFF", "DELETE FROM session"] {
            use sea_orm::ConnectionTrait as _;
            connection.execute_unprepared(sql).await.unwrap();
        }
        let faults = world.remains().await;
        assert!(faults.iter().any(|fault| fault.contains("bytes of kanarie-session-000.")), "{faults:?}");
        world.pass(TimeDelta::days(1)).await;
        assert_eq!(world.remains().await, [""; 0], "the next run scrubs");
    })
    .await;
}

#[tokio::test]
async fn what_the_calendar_says_is_what_is_erased() {
    in_each_house(async |house| {
        let mut world = World::new(house.clone()).await;
        world.make(0).await;
        let deadline = house.now() + Months::new(6);
        house.advance(deadline - house.now() - TimeDelta::seconds(1));
        world.pass(TimeDelta::zero()).await;
        assert_eq!(world.faults().await, [""; 0], "a second before");
        world.pass(TimeDelta::hours(24)).await;
        world.pass(TimeDelta::seconds(1)).await;
        assert_eq!(world.faults().await, [""; 0], "a day after");
    })
    .await;
}
