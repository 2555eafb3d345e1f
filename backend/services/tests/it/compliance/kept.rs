//! Entries of the log of use that somebody keeps, or lets go of, in the tables behind everybody's back.

use chrono::TimeDelta;
use varsel_domain::change::{ChangeKind, Flaw};
use varsel_services::compliance::{Finding, OfDecision, Section};
use varsel_services::testing::in_each_house;

use super::world::{World, of, sound};
use crate::retention::kept::{keep, release};
use crate::rows::execute;

#[tokio::test]
async fn entries_that_are_kept_by_no_two_or_no_longer_although_two_decided_it_are_found() {
    in_each_house(async |house| {
        let world = World::new(house.clone(), &[]).await;
        let installation = sound(&world.house).await;
        let flaws = async || {
            world.house.advance(TimeDelta::minutes(1));
            let report = world.report(&installation, TimeDelta::days(1)).await;
            let flaw = |it: &&Finding| match it {
                Finding::Decision(OfDecision::Unguarded { kind: ChangeKind::KeepUses, flaw, .. }) => {
                    Some(*flaw)
                }
                _ => None,
            };
            let found: Vec<_> = of(&report, Section::Changes).iter().filter_map(flaw).collect();
            (found, report.retention.kept_uses.len())
        };
        let now = house.now();
        keep(&house, (now - TimeDelta::days(30), now), now + TimeDelta::days(90)).await;
        assert_eq!(flaws().await, (vec![], 1));
        execute(&house, "UPDATE use_hold SET to_at = from_at").await;
        assert_eq!(flaws().await, (vec![Flaw::OtherContent], 1));
        execute(&house, "UPDATE use_hold SET lifted_at = placed_at").await;
        assert_eq!(flaws().await, (vec![Flaw::Gone], 0));
        execute(&house, "DELETE FROM use_hold").await;
        assert_eq!(flaws().await, (vec![Flaw::Gone], 0));
        let again = house.now();
        keep(&house, (again - TimeDelta::days(30), again), again + TimeDelta::days(90)).await;
        release(&house).await;
        assert_eq!(flaws().await, (vec![], 0), "two have let go of all");
        // One who is alone keeps what nobody may.
        let forged = "INSERT INTO use_hold (change_id, person_id, from_at, to_at, placed_at, until) \
                      SELECT id, id, at, at, at, at FROM access_entry LIMIT 1";
        execute(&house, forged).await;
        execute(&house, "UPDATE use_hold SET until = (SELECT MAX(expires_at) FROM change_proposal)").await;
        assert_eq!(flaws().await.0, [Flaw::NoDecision]);
    })
    .await;
}
