//! An erasure that ends before it can say what it did: nothing of it is off the record.

use chrono::TimeDelta;
use sea_orm::ConnectionTrait as _;
use varsel_domain::authz::Scope;
use varsel_domain::retention::Kind;
use varsel_services::retention::erase;
use varsel_services::testing::in_each_house;
use varsel_storage::person;

use super::oracle::World;
use crate::rows::{break_table, count, mend_table};

#[tokio::test]
async fn what_an_erasure_took_that_was_broken_off_is_told_by_the_next() {
    in_each_house(async |house| {
        let mut world = World::new(house.clone()).await;
        world.make(0).await;
        house.advance(TimeDelta::days(366 * 6));
        let before = count(&house, "incident").await;
        break_table(&house, "retention_run").await;
        assert!(erase(&house.services, "broken off").await.is_err());
        assert_eq!(count(&house, "retention_run").await, 0);
        let erased = before - count(&house, "incident").await;
        assert!(erased > 0, "it had erased before it failed");
        assert!(count(&house, "erasure_under_way").await > 1);
        mend_table(&house, "retention_run").await;
        let run = erase(&house.services, "the next").await.unwrap();
        assert_eq!(run.erased.get(&Kind::Incidents).copied(), u64::try_from(erased).ok());
        assert_eq!(count(&house, "erasure_under_way").await, 0, "on record, and out of the files");
        let again = erase(&house.services, "once more").await.unwrap();
        assert!(!again.erased.contains_key(&Kind::Incidents), "and told once");
    })
    .await;
}

#[tokio::test]
async fn bytes_that_somebody_still_reads_are_taken_out_of_the_files_later() {
    in_each_house(async |house| {
        let store = &house.services.store;
        if store.is_shared() {
            return;
        }
        let mut world = World::new(house.clone()).await;
        world.make(0).await;
        house.advance(TimeDelta::days(366 * 6));
        // The checkpoint waits for readers for some seconds; here it need not.
        store.connection().execute_unprepared("PRAGMA busy_timeout = 0").await.unwrap();
        let reader = store.begin_reading(&Scope::nothing()).await.unwrap();
        assert!(person::list_demo(&reader).await.is_ok(), "it reads from before");
        assert!(erase(&house.services, "beside a reader").await.is_err());
        assert_eq!(count(&house, "erasure_under_way").await, 1, "on record, and still in the files");
        assert!(count(&house, "retention_run").await > 0);
        reader.commit().await.unwrap();
        erase(&house.services, "the next").await.unwrap();
        assert_eq!(count(&house, "erasure_under_way").await, 0);
    })
    .await;
}
