//! Sessions end by time or by the person, and a stolen database opens none.

use chrono::TimeDelta;
use varsel_domain::Role;
use varsel_domain::organisation::Language;
use varsel_services::session::{self, Claims};
use varsel_services::testing::{House, in_each_house};
use varsel_services::{Error, demo};

use crate::rows::count;

async fn sign_in(house: &House, handle: &str) -> String {
    let person = demo::find(&house.services, handle).await.unwrap();
    session::open(&house.services, person.id).await.unwrap()
}

fn claims(subject: &str) -> Claims {
    Claims {
        issuer: "https://id.example".to_owned(),
        subject: subject.to_owned(),
        name: "Ny Medarbejder".to_owned(),
        email: None,
        cvr: Some("99991003".to_owned()),
        organisation_name: Some("Havnebyens Forsyning A/S".to_owned()),
        unit: None,
        function: None,
        natural_person: None,
        language: Language::Da,
    }
}

#[tokio::test]
async fn a_session_lasts_eight_hours_unused_and_twelve_in_all() {
    in_each_house(async |house| {
        let services = &house.services;
        let unused = sign_in(&house, "duty-officer").await;
        let used = sign_in(&house, "coordinator").await;
        let is_known = async |token: &str| session::actor(services, token).await.unwrap().is_some();
        house.advance(TimeDelta::hours(7));
        assert!(is_known(&used).await);
        house.advance(TimeDelta::hours(1) - TimeDelta::microseconds(1));
        assert!(is_known(&unused).await, "a moment before");
        let unused = sign_in(&house, "duty-officer").await;
        house.advance(TimeDelta::microseconds(1));
        assert!(is_known(&used).await);
        house.advance(TimeDelta::hours(4) - TimeDelta::microseconds(1));
        assert!(is_known(&used).await);
        house.advance(TimeDelta::microseconds(1));
        assert!(!is_known(&used).await, "twelve hours in all");
        assert!(is_known(&unused).await);
        house.advance(TimeDelta::hours(8));
        assert!(!is_known(&unused).await, "eight hours unused");
    })
    .await;
}

#[tokio::test]
async fn a_session_that_was_ended_or_never_begun_belongs_to_nobody() {
    in_each_house(async |house| {
        let services = &house.services;
        let token = sign_in(&house, "duty-officer").await;
        let actor = session::actor(services, &token).await.unwrap().unwrap();
        assert_eq!(actor.name, "Thomas Vang");
        assert_eq!(actor.role, Role::Officer { unit: "csirt".into() });
        session::end(services, &token).await.unwrap();
        assert_eq!(session::actor(services, &token).await.unwrap(), None);
        session::end(services, &token).await.unwrap();
        for token in ["", "never-given-out", &token.to_uppercase()] {
            assert_eq!(session::actor(services, token).await.unwrap(), None);
        }
        let nobody = varsel_domain::PersonId(uuid::Uuid::from_u128(7));
        assert!(matches!(session::open(services, nobody).await, Err(Error::NotFound { kind: "person" })));
    })
    .await;
}

#[tokio::test]
async fn tokens_are_long_never_the_same_and_not_in_the_database() {
    use sea_orm::{ConnectionTrait, Statement};
    in_each_house(async |house| {
        let (one, other) = (sign_in(&house, "duty-officer").await, sign_in(&house, "duty-officer").await);
        assert_ne!(one, other);
        assert_eq!(one.len(), 43, "32 bytes in base64url");
        let connection = house.services.store.connection();
        let sql = "SELECT token_sha256 FROM session";
        let rows =
            connection.query_all_raw(Statement::from_string(connection.get_database_backend(), sql)).await;
        for row in rows.unwrap() {
            let stored: String = row.try_get("", "token_sha256").unwrap();
            assert!(stored.len() == 64 && stored != one && stored != other);
        }
    })
    .await;
}

#[tokio::test]
async fn a_first_sign_in_registers_the_person_and_the_organisation_and_a_second_finds_them() {
    in_each_house(async |house| {
        let services = &house.services;
        let (people, organisations) = (count(&house, "person").await, count(&house, "organisation").await);
        let mut roles = Vec::new();
        for subject in ["a", "b", "a"] {
            let token = session::open_for_claims(services, claims(subject)).await.unwrap();
            let actor = session::actor(services, &token).await.unwrap().unwrap();
            roles.push((actor.person, actor.organisation().unwrap()));
        }
        assert_eq!(roles[0], roles[2]);
        assert_ne!(roles[0].0, roles[1].0);
        assert_eq!(roles[0].1, roles[1].1, "one organisation by its CVR number");
        assert_eq!(count(&house, "person").await, people + 2);
        assert_eq!(count(&house, "organisation").await, organisations + 1);
    })
    .await;
}

#[tokio::test]
async fn ten_first_sign_ins_at_once_register_one_person() {
    in_each_house(async |house| {
        let people = count(&house, "person").await;
        let tasks: Vec<_> = (0..10)
            .map(|_| {
                let services = house.services.clone();
                tokio::spawn(async move { session::open_for_claims(&services, claims("a")).await })
            })
            .collect();
        for task in tasks {
            task.await.unwrap().unwrap();
        }
        assert_eq!(count(&house, "person").await, people + 1);
    })
    .await;
}

#[tokio::test]
async fn the_provider_says_which_function_somebody_has_now() {
    in_each_house(async |house| {
        let services = &house.services;
        let role = async |claims: Claims| {
            let token = session::open_for_claims(services, claims).await.unwrap();
            session::actor(services, &token).await.unwrap().unwrap().role
        };
        let in_unit = |unit: &str| Claims { unit: Some(unit.to_owned()), ..claims("a") };
        assert!(matches!(role(claims("a")).await, Role::Reporter { .. }));
        assert_eq!(role(in_unit("sektorcert")).await, Role::Officer { unit: "sektorcert".into() });
        assert_eq!(role(in_unit("spoc")).await, Role::Coordinator { unit: "spoc".into() });
        let of_the_platform = |function: &str| Claims {
            function: Some(function.to_owned()),
            unit: Some("sektorcert".to_owned()),
            ..claims("b")
        };
        assert_eq!(role(of_the_platform("administrator")).await, Role::Administrator);
        assert_eq!(role(of_the_platform("security_officer")).await, Role::SecurityOfficer);
        let refused = [
            (of_the_platform("Administrator"), "function"),
            (in_unit("no_such_unit"), "unit"),
            (Claims { cvr: None, ..claims("a") }, "cvr"),
            (Claims { cvr: Some("1234567".to_owned()), ..claims("a") }, "cvr"),
        ];
        for (claims, field) in refused {
            match session::open_for_claims(services, claims).await {
                Err(Error::Invalid { field: named, .. }) => assert_eq!(named, field),
                other => panic!("{other:?}"),
            }
        }
    })
    .await;
}
