//! What cannot be undone, or shuts somebody out, is done by whoever has just shown who they are: no forgotten screen and no
//! stolen token does it.

use chrono::TimeDelta;
use varsel_services::session::{self, Browser};
use varsel_services::testing::in_each_house;
use varsel_services::view::PageRequest;
use varsel_services::{Error, Request, Result, attempt, authorisation, retention};

use crate::attempt::{person, try_in};
use crate::authorisation::{REASON, id_of};
use crate::rows::count;

fn asks_again<T: std::fmt::Debug>(what: &str, outcome: &Result<T>) {
    assert!(matches!(outcome, Err(Error::StepUpRequired)), "{what}: {outcome:?}");
}

#[tokio::test]
async fn neither_a_session_of_a_while_ago_nor_a_token_does_what_is_sensitive() {
    in_each_house(async |house| {
        let (services, officer) = (&house.services, id_of(&house, "duty-officer").await);
        let earlier = house.request("administrator").await;
        house.advance(TimeDelta::minutes(11));
        session::open(services, officer, &Browser::default()).await.unwrap();
        for n in 0..5 {
            try_in(services, person(&house, "reporter-energy").await, &format!("192.0.2.{n}"), false).await;
        }
        let fresh = house.request("administrator").await;
        let page = PageRequest { first: 100, after: None };
        let block = attempt::blocks(services, &fresh, true, page).await.unwrap().rows[0].1.block.id;
        let program = Request { session: None, ..house.request("administrator").await };
        for (who, by) in [("a while ago", &earlier), ("a program", &program)] {
            asks_again(who, &session::end_all_of(services, by, officer).await);
            asks_again(who, &authorisation::left(services, by, officer, REASON).await);
            asks_again(who, &attempt::lift(services, by, block).await);
            asks_again(who, &retention::propose_erasure(services, by, None, REASON).await);
        }
        // Whoever may not is told nothing of that.
        let stranger = Request { session: None, ..house.request("coordinator").await };
        let refused = session::end_all_of(services, &stranger, officer).await;
        assert!(matches!(refused, Err(Error::NotFound { .. })), "{refused:?}");
        assert_eq!(count(&house, "change_proposal").await, 0);
        assert!(attempt::lift(services, &fresh, block).await.unwrap().block.lifted_at.is_some());
        assert_eq!(session::end_all_of(services, &fresh, officer).await.unwrap(), 1);
        retention::propose_erasure(services, &fresh, None, REASON).await.unwrap().unwrap();
        assert_eq!(authorisation::left(services, &fresh, officer, REASON).await.unwrap().authorisations, 1);
    })
    .await;
}
