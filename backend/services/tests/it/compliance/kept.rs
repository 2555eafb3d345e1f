//! Entries of the log of use that somebody keeps, or lets go of, behind everybody's back.

use chrono::TimeDelta;
use varsel_domain::change::{ChangeKind, Flaw};
use varsel_services::compliance::{Finding, Installation, OfDecision, Section};
use varsel_services::retention::{Keep, propose_keeping, propose_releasing};
use varsel_services::testing::in_each_house;
use varsel_services::{authorisation, demo};

use super::world::{REASON, World, of, sound};
use crate::retention::kept::{keep, release};
use crate::rows::execute;

/// What is wrong with what is kept, and how much the report says is kept, of the day.
async fn told(world: &World, installation: &Installation) -> (Vec<Flaw>, usize) {
    world.house.advance(TimeDelta::minutes(1));
    let report = world.report(installation, TimeDelta::days(1)).await;
    let flaw = |it: &&Finding| match it {
        Finding::Decision(OfDecision::Unguarded { kind: ChangeKind::KeepUses, flaw, .. }) => Some(*flaw),
        _ => None,
    };
    let found = of(&report, Section::Changes).iter().filter_map(flaw).collect();
    (found, report.retention.kept_uses.len())
}

#[tokio::test]
async fn entries_that_are_no_longer_kept_although_two_decided_it_are_found() {
    in_each_house(async |house| {
        let world = World::new(house.clone(), &[]).await;
        let installation = sound(&world.house).await;
        let flaws = async || told(&world, &installation).await;
        let now = house.now();
        keep(&house, (now - TimeDelta::days(30), now), now + TimeDelta::days(90)).await;
        assert_eq!(flaws().await, (vec![], 1));
        let by = house.request("administrator").await;
        let whose = demo::find(&house.services, "officer-sektorcert").await.unwrap().id;
        propose_releasing(&house.services, &by, whose, REASON).await.unwrap().unwrap();
        for (alter, flaw) in [
            ("UPDATE use_hold SET to_at = from_at", Flaw::OtherContent),
            ("UPDATE use_hold SET lifted_at = placed_at", Flaw::Gone),
            ("DELETE FROM use_hold", Flaw::Gone),
            // Nor can it be made to look as if two had let go, or as if nobody had decided.
            (
                "UPDATE change_proposal SET status = 'executed', decider_id = proposer_id, decided_at = proposed_at \
                 WHERE kind = 'release_uses'",
                Flaw::Gone,
            ),
            ("UPDATE change_proposal SET payload = payload || ' ' WHERE kind = 'keep_uses'", Flaw::Altered),
            ("UPDATE change_proposal SET status = 'rejected' WHERE kind = 'keep_uses'", Flaw::Gone),
            ("DELETE FROM change_proposal WHERE kind = 'keep_uses'", Flaw::Gone),
        ] {
            execute(&house, alter).await;
            assert_eq!(flaws().await.0, [flaw], "{alter}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_two_let_go_of_is_right_and_what_no_two_keep_is_not() {
    in_each_house(async |house| {
        let world = World::new(house.clone(), &[]).await;
        let installation = sound(&world.house).await;
        let now = house.now();
        keep(&house, (now - TimeDelta::days(30), now), now + TimeDelta::days(90)).await;
        house.advance(TimeDelta::minutes(1));
        release(&house).await;
        assert_eq!(told(&world, &installation).await, (vec![], 0));
        let forged = "INSERT INTO use_hold (change_id, person_id, from_at, to_at, placed_at, until) \
                      SELECT id, id, at, at, at, at FROM access_entry LIMIT 1";
        execute(&house, forged).await;
        execute(&house, "UPDATE use_hold SET until = (SELECT MAX(expires_at) FROM change_proposal)").await;
        assert_eq!(told(&world, &installation).await.0, [Flaw::NoDecision]);
    })
    .await;
}

/// Whoever proposed has left, says the administrator whose acts were to be kept.
#[tokio::test]
async fn a_proposal_that_the_person_it_concerns_put_an_end_to_is_found_and_their_name_is_not_in_the_report() {
    in_each_house(async |house| {
        let world = World::new(house.clone(), &[]).await;
        let installation = sound(&world.house).await;
        let (now, first) = (house.now(), house.request("administrator").await);
        let person = demo::find(&house.services, "administrator-second").await.unwrap().id;
        let keep = Keep { person, from: now - TimeDelta::days(1), to: now, until: now + TimeDelta::days(9) };
        propose_keeping(&house.services, &first, keep, "A colleague is looked into.").await.unwrap().unwrap();
        house.advance(TimeDelta::minutes(1));
        let report = world.report(&installation, TimeDelta::days(1)).await;
        let titles: Vec<_> = report.changes.list.iter().map(|it| it.title.en.clone()).collect();
        assert!(titles.iter().any(|title| title == "Log entries kept beyond the deadline"), "{titles:?}");
        assert!(!titles.iter().any(|title| title.contains("Henrik Rask")), "{titles:?}");
        let second = house.request("administrator-second").await;
        let proposer = demo::find(&house.services, "administrator").await.unwrap().id;
        authorisation::left(&house.services, &second, proposer, "They have left us.").await.unwrap();
        assert_eq!(told(&world, &installation).await.0, [Flaw::OwnRight]);
    })
    .await;
}
