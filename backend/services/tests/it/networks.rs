//! An account, or a token of a program, that is in use from two networks at once alarms; somebody who moves does not.

use chrono::{DateTime, TimeDelta, Utc};
use varsel_domain::attempt::{Attempt, Cause, Client, Who};
use varsel_services::attempt::{self, Origin};
use varsel_services::job::run_due;
use varsel_services::session::{self, Browser};
use varsel_services::testing::{House, in_each_house, mails_in};
use varsel_services::view::PageRequest;
use varsel_services::{Sender, Services, api_token, review};

use crate::attempt::mails_of;
use crate::authorisation::id_of;
use crate::rows::count;

const OFFICE: &str = "192.0.2.7";
const BESIDE: &str = "192.0.2.200";
const MOBILE: &str = "198.51.100.9";
const HOTEL: &str = "2001:db8:7::1";

async fn sign_in(house: &House, handle: &str) -> String {
    session::open(&house.services, id_of(house, handle).await, &Browser::default()).await.unwrap()
}

/// Uses a session or a token from there.
async fn use_from(services: &Services, secret: &str, address: &str) {
    let client = Client::of(address.parse().unwrap());
    let origin = Origin { client, device: Some("Firefox, Windows".to_owned()) };
    let from = Some(Sender { origin: &origin, request_id: "test" });
    let known = if secret.starts_with(api_token::PREFIX) {
        api_token::actor(services, secret, from).await.unwrap().is_some()
    } else {
        session::find(services, secret, from).await.unwrap().is_some()
    };
    assert!(known, "nothing is refused");
}

/// Uses these from there in turn, so many minutes after one another.
async fn in_turn(house: &House, minutes: i64, uses: &[(&str, &str)]) {
    for (secret, address) in uses {
        use_from(&house.services, secret, address).await;
        house.advance(TimeDelta::minutes(minutes));
    }
}

/// How many people were told.
async fn told(house: &House) -> (i64, i64) {
    let watchers = "job WHERE kind = 'attempts_alarm'";
    (count(house, "job WHERE kind = 'two_networks'").await, count(house, watchers).await)
}

async fn seen(house: &House) -> Vec<Attempt> {
    let officer = house.request("security-officer").await;
    let page = PageRequest { first: 100, after: None };
    let kept = attempt::latest(&house.services, &officer, page).await.unwrap();
    kept.rows.into_iter().map(|(_, view)| view.attempt).filter(|it| it.cause == Cause::TwoNetworks).collect()
}

#[tokio::test]
async fn a_session_that_two_use_at_once_alarms_the_person_and_the_watchers_once_a_day() {
    in_each_house(async |house| {
        let stolen = sign_in(&house, "duty-officer").await;
        in_turn(&house, 1, &[(&stolen, OFFICE), (&stolen, MOBILE)]).await;
        assert_eq!(told(&house).await, (0, 0), "somebody who left the office");
        in_turn(&house, 1, &[(&stolen, OFFICE)]).await;
        assert_eq!(told(&house).await, (1, 3), "the person, two administrators and a security officer");
        for _ in 0..5 {
            in_turn(&house, 1, &[(&stolen, MOBILE), (&stolen, OFFICE)]).await;
        }
        assert_eq!((told(&house).await, seen(&house).await.len()), ((1, 3), 1), "once a day");

        let victim = id_of(&house, "duty-officer").await;
        let found = seen(&house).await.remove(0);
        assert_eq!((found.client.0.as_str(), found.who), (OFFICE, Who::Person(victim)));
        assert_eq!(found.code, "SESSIONS_IN_TWO_NETWORKS");
        let own = house.request("duty-officer").await;
        assert_eq!(attempt::on_own_account(&house.services, &own).await.unwrap(), seen(&house).await);

        let mails = tempfile::tempdir().unwrap();
        run_due(&house.services, &mails_in(mails.path())).await.unwrap();
        let mails = mails_of(mails.path());
        let about = |what: &str| mails.iter().filter(|mail| mail.contains(what)).count();
        assert_eq!((about("/account"), about("/attempts")), (1, 3), "{mails:?}");
        assert_eq!((about("192.0.2"), about("198.51.100")), (0, 0), "{mails:?}");
        let alarms = mails.iter().filter(|mail| mail.contains("/attempts"));
        assert_eq!(alarms.filter(|mail| mail.contains("Thomas Vang")).count(), 0, "an alarm names nobody");

        house.advance(TimeDelta::days(1));
        let next = sign_in(&house, "duty-officer").await;
        in_turn(&house, 1, &[(&next, OFFICE), (&next, MOBILE), (&next, OFFICE)]).await;
        assert_eq!((told(&house).await, seen(&house).await.len()), ((2, 6), 2), "the next day");
    })
    .await;
}

#[tokio::test]
async fn whoever_moves_alarms_nobody() {
    in_each_house(async |house| {
        let one = sign_in(&house, "reporter-energy").await;
        let phone = sign_in(&house, "reporter-energy").await;
        // From the office to the train, and on to a hotel; an hour later back.
        in_turn(&house, 2, &[(&one, OFFICE), (&one, BESIDE), (&phone, MOBILE), (&phone, HOTEL)]).await;
        house.advance(TimeDelta::hours(1));
        in_turn(&house, 2, &[(&one, OFFICE)]).await;
        // Two people of one organisation, each in a place of their own.
        let other = sign_in(&house, "reporter-bank").await;
        in_turn(&house, 1, &[(&one, OFFICE), (&other, MOBILE), (&one, OFFICE), (&other, MOBILE)]).await;
        // Between two uses there lie more than ten minutes.
        house.advance(TimeDelta::hours(1));
        in_turn(&house, 6, &[(&one, OFFICE), (&one, MOBILE), (&one, OFFICE)]).await;
        assert_eq!((told(&house).await, seen(&house).await.len()), ((0, 0), 0));
        in_turn(&house, 4, &[(&one, MOBILE)]).await;
        assert_eq!(told(&house).await, (0, 0));
        in_turn(&house, 4, &[(&one, OFFICE)]).await;
        assert_eq!(told(&house).await, (1, 3), "ten minutes apart, with the other network between");
    })
    .await;
}

#[tokio::test]
async fn two_sessions_of_one_person_count_together_and_each_token_alone() {
    in_each_house(async |house| {
        let services = &house.services;
        let (desk, phone) = (sign_in(&house, "duty-officer").await, sign_in(&house, "duty-officer").await);
        let token = async |name| api_token::create(services, "duty-officer", name, 30).await.unwrap().2;
        let (program, another) = (token("ticket system").await, token("archive").await);
        // Programs are elsewhere than the person, and than each other.
        for _ in 0..3 {
            in_turn(&house, 1, &[(&desk, OFFICE), (&program, MOBILE), (&another, HOTEL)]).await;
        }
        assert_eq!(told(&house).await, (0, 0));
        in_turn(&house, 1, &[(&desk, OFFICE), (&phone, MOBILE), (&desk, OFFICE)]).await;
        assert_eq!(told(&house).await, (1, 3), "two who share a sign-in");
        in_turn(&house, 1, &[(&program, MOBILE), (&program, OFFICE), (&program, MOBILE)]).await;
        assert_eq!(told(&house).await, (2, 6), "a token is on its own");
        let codes: Vec<_> = seen(&house).await.into_iter().map(|it| it.code).collect();
        assert_eq!(codes, ["TOKEN_IN_TWO_NETWORKS", "SESSIONS_IN_TWO_NETWORKS"]);
    })
    .await;
}

#[tokio::test]
async fn a_request_costs_no_write_and_a_network_is_kept_as_a_digest_until_the_next_night() {
    in_each_house(async |house| {
        let services = &house.services;
        review::schedule(services).await.unwrap();
        let token = sign_in(&house, "duty-officer").await;
        use_from(services, &token, OFFICE).await;
        let first = house.now();
        let used_at = async |at: DateTime<Utc>| {
            let own = house.request("duty-officer").await;
            session::list_own(services, &own).await.unwrap().iter().any(|it| it.last_used_at == at)
        };
        house.advance(TimeDelta::seconds(50));
        use_from(services, &token, BESIDE).await;
        assert!(used_at(first).await, "in the same network, within the minute: no write");
        use_from(services, &token, MOBILE).await;
        assert!(used_at(house.now()).await, "in another: a write");
        assert_eq!(count(&house, "network_in_use").await, 2);
        let readable = "network_in_use WHERE network LIKE '%192.0%' OR LENGTH(network) <> 43";
        assert_eq!(count(&house, readable).await, 0);

        let mails = tempfile::tempdir().unwrap();
        house.advance(TimeDelta::days(1));
        run_due(services, &mails_in(mails.path())).await.unwrap();
        assert_eq!(count(&house, "network_in_use").await, 0);
    })
    .await;
}
