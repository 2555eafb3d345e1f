//! Tokens of programs: whose they are, how long they hold, and that they are known only by their hash.

use chrono::TimeDelta;
use varsel_services::testing::in_each_house;
use varsel_services::{Error, api_token, incident};

use crate::rows::{execute, uses};

#[tokio::test]
async fn a_token_acts_as_its_person_until_it_ends() {
    in_each_house(async |house| {
        let services = &house.services;
        let (token, person, secret) =
            api_token::create(services, "reporter-energy", " ticket system ", 30).await.unwrap();
        assert_eq!((token.name.as_str(), token.person), ("ticket system", person.id));
        assert!(secret.starts_with("varsel_") && secret.len() == 7 + 43, "{secret}");
        let (actor, id) = api_token::actor(services, &secret, None).await.unwrap().unwrap();
        assert_eq!((actor.person, id), (person.id, token.id));

        house.advance(TimeDelta::days(30) - TimeDelta::seconds(1));
        assert!(api_token::actor(services, &secret, None).await.unwrap().is_some());
        house.advance(TimeDelta::seconds(1));
        assert_eq!(api_token::actor(services, &secret, None).await.unwrap(), None);
        let (listed, _) = api_token::list(services).await.unwrap().remove(0);
        assert_eq!(listed.last_used_at, Some(house.now() - TimeDelta::seconds(1)));
    })
    .await;
}

#[tokio::test]
async fn a_revoked_token_and_one_that_nobody_made_are_nobody() {
    in_each_house(async |house| {
        let services = &house.services;
        let (token, _, secret) = api_token::create(services, "duty-officer", "feed", 1).await.unwrap();
        let first = api_token::revoke(services, token.id).await.unwrap().revoked_at;
        assert_eq!(first, Some(house.now()));
        house.advance(TimeDelta::minutes(5));
        assert_eq!(api_token::revoke(services, token.id).await.unwrap().revoked_at, first);
        let logged = uses(&house).await.into_iter().filter(|it| it.kind == "token_revoked").count();
        assert_eq!(logged, 1, "what had ended was not ended again");
        for wrong in [
            secret.as_str(),
            "",
            "varsel_",
            secret.trim_start_matches("varsel_"),
            &secret.to_uppercase(),
            &token.token_sha256,
        ] {
            assert_eq!(api_token::actor(services, wrong, None).await.unwrap(), None, "{wrong}");
        }
        let none = "token_00000000000000000000000000000000".parse().unwrap();
        let unknown = api_token::revoke(services, none).await;
        assert!(matches!(unknown, Err(Error::NotFound { kind: "token" })), "{unknown:?}");
    })
    .await;
}

#[tokio::test]
async fn the_holder_is_named_by_address_id_or_handle_and_must_be_one() {
    in_each_house(async |house| {
        let services = &house.services;
        let id = house.request("reporter-energy").await.actor.unwrap().person;
        execute(&house, "UPDATE person SET email = 'Karen@Example.dk' WHERE demo_handle = 'reporter-energy'")
            .await;
        for named in ["karen@example.DK", &id.to_string(), "reporter-energy"] {
            let (_, person, _) = api_token::create(services, named, "x", 1).await.unwrap();
            assert_eq!(person.id, id, "{named}");
        }
        for (named, name, days, field) in [
            ("nobody@example.dk", "x", 1, "person"),
            ("reporter-energi", "x", 1, "person"),
            ("reporter-energy", " ", 1, "name"),
            ("reporter-energy", "two\nlines", 1, "name"),
            ("reporter-energy", "x", 0, "days"),
            ("reporter-energy", "x", 367, "days"),
        ] {
            let refused = api_token::create(services, named, name, days).await;
            assert!(
                matches!(refused, Err(Error::Invalid { field: wrong, .. }) if wrong == field),
                "{named} {name}"
            );
        }
        execute(&house, "UPDATE person SET email = 'karen@example.dk' WHERE demo_handle = 'reporter-bank'")
            .await;
        let two = api_token::create(services, "karen@example.dk", "x", 1).await.err().unwrap().to_string();
        assert!(two.contains("Several people") && two.contains(&id.to_string()), "{two}");
    })
    .await;
}

#[tokio::test]
async fn what_a_program_reads_is_logged_with_its_token() {
    in_each_house(async |house| {
        let (own, _) = house.file("reporter-energy", "first-report").await;
        let (token, ..) = api_token::create(&house.services, "reporter-energy", "x", 1).await.unwrap();
        let mut request = house.request("reporter-energy").await;
        request.token = Some(token.id);
        incident::open(&house.services, &request, own.id).await.unwrap().unwrap();
        let last = uses(&house).await.pop().unwrap();
        assert_eq!(last.detail["token"], token.id.to_string());
    })
    .await;
}
