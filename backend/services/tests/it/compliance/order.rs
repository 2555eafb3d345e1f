//! A year in which everybody did what they had to.

use chrono::TimeDelta;
use varsel_domain::authorisation::{Function, Reach};
use varsel_domain::authz::Scope;
use varsel_domain::organisation::Language;
use varsel_services::compliance::{Finding, OfDecision, Standing, document, html, text};
use varsel_services::review::ItemCriteria;
use varsel_services::testing::{House, in_each_separated_house};
use varsel_services::view::PageRequest;
use varsel_services::{attempt, log, provider, review};
use varsel_storage::{authorisation, authorisation_use, review as stored};

use super::world::{REASON, World, sound};
use crate::attempt::{person, try_in};

fn all() -> PageRequest {
    PageRequest { first: 100, after: None }
}

/// Two administrators confirm what is up for review; neither their own.
async fn confirm(house: &House) {
    let tx = house.services.store.begin(&Scope::nothing()).await.unwrap();
    let open = stored::open(&tx).await.unwrap();
    tx.commit().await.unwrap();
    if open.is_empty() {
        return;
    }
    for handle in ["administrator", "administrator-second"] {
        let by = house.request(handle).await;
        for (_, view) in review::list(&house.services, &by, all()).await.unwrap().rows {
            let id = view.review.id;
            let undecided = ItemCriteria { decided: Some(false), unused: false };
            let open = view.review.closed_at.is_none();
            let items = review::items(&house.services, &by, (id, undecided), all()).await.unwrap().rows;
            let ids: Vec<_> = items.iter().map(|(_, seen)| seen.item.authorisation).collect();
            if open && !ids.is_empty() {
                review::decide(&house.services, &by, (id, &ids), (true, REASON)).await.unwrap();
            }
        }
    }
}

/// Everybody uses what they have.
async fn work(house: &House) {
    let tx = house.services.store.begin(&Scope::system()).await.unwrap();
    let held = authorisation::live_everywhere(&tx, house.now()).await.unwrap();
    let used = held.iter().flat_map(|held| held.functions.iter().map(|function| (held.id, *function)));
    authorisation_use::append(&tx, &used.map(|used| (used, house.now())).collect::<Vec<_>>()).await.unwrap();
    tx.commit().await.unwrap();
}

/// Somebody guesses passwords, and the security officer finds out who.
async fn follow_up(house: &House) {
    let who = person(house, "reporter-bank").await;
    for attempt in 0..5 {
        try_in(&house.services, who, &format!("192.0.2.{attempt}"), false).await;
    }
    let by = house.request("security-officer").await;
    let blocks = attempt::blocks(&house.services, &by, true, all()).await.unwrap().rows;
    let ids: Vec<_> = blocks.iter().map(|(_, view)| view.block.id).collect();
    assert_eq!(ids.len(), 1);
    attempt::close(&house.services, &by, &ids, "A new telephone, he says.").await.unwrap();
}

/// A server that runs: something is logged and sealed, again and again.
async fn run(house: &House, minutes: i64) {
    for _ in 0..minutes / 2 {
        house.advance(TimeDelta::minutes(2));
        provider::list(&house.services, &house.request("administrator").await).await.unwrap();
        log::seal_waiting(&house.services).await.unwrap();
    }
}

#[tokio::test]
async fn after_a_year_in_which_all_was_done_nothing_needs_attention() {
    in_each_separated_house(async |house| {
        let world = World::new(house.clone(), &["substantial"]).await;
        house.file("reporter-energy", "one-report").await;
        let asked = world.ask("duty-officer", &[Function::Read], Reach::Unit("sektorcert".into())).await;
        world.approve("administrator", &asked).await;
        for round in 0..61 {
            world.pass(TimeDelta::days(6)).await;
            confirm(&house).await;
            if round % 15 == 10 {
                work(&house).await;
            }
        }
        follow_up(&house).await;
        work(&house).await;
        run(&house, 70).await;
        let report = world.report(&sound(&house).await, TimeDelta::hours(1)).await;
        assert_eq!(report.findings, []);
        assert!(report.authorisations.list.iter().all(|held| held.standing == Standing::Active));
        assert_eq!(report.authorisations.active, 13);
        assert!(report.log.checkpoints >= 29 && report.log.gap_count == 0);
        assert!(report.reviews.missing.is_empty());
        for (language, words) in
            [(Language::Da, "Intet kræver handling."), (Language::En, "Nothing needs attention.")]
        {
            let document = document(&report, language);
            assert!(document.in_order && document.attention == [words]);
            assert!(text(&document).contains(words) && html(&document).unwrap().contains(words));
        }
        // The reviews of the whole year were done, and say so.
        let year = world.report(&sound(&house).await, TimeDelta::days(366)).await;
        let done: Vec<_> = year.reviews.campaigns.iter().filter(|it| it.confirmed == it.items).collect();
        assert!(done.len() >= 20 && done.len() == year.reviews.campaigns.len(), "{:#?}", year.reviews);
    })
    .await;
}

#[tokio::test]
async fn a_new_installation_is_not_told_that_nothing_is_erased_before_the_first_erasure_is_due() {
    in_each_separated_house(async |house| {
        let world = World::new(house.clone(), &["substantial"]).await;
        let told = async || {
            let report = world.report(&sound(&house).await, TimeDelta::hours(1)).await;
            let none = |it: &Finding| matches!(it, Finding::Decision(OfDecision::NoErasure { last: None }));
            report.findings.iter().any(|told| none(&told.finding))
        };
        assert!(!told().await);
        // No runner runs: then the first never comes.
        house.advance(TimeDelta::hours(13));
        assert!(told().await);
    })
    .await;
}
