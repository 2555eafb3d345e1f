//! Sessions end by time or by the person, and a stolen database opens none.

use chrono::TimeDelta;
use varsel_domain::Actor;
use varsel_domain::Role;
use varsel_domain::organisation::Language;
use varsel_services::attempt::Trail;
use varsel_services::authorisation::Grants;
use varsel_services::session::{self, Browser, Claims, Invitation, Limits, Logout, LogoutOutcome, Voucher};
use varsel_services::testing::{House, in_each_house};
use varsel_services::{Error, Request, demo};

use crate::rows::{count, uses};

async fn sign_in(house: &House, handle: &str) -> String {
    sign_in_at(house, handle, &Browser::default()).await
}

async fn sign_in_at(house: &House, handle: &str, browser: &Browser) -> String {
    let person = demo::find(&house.services, handle).await.unwrap();
    session::open(&house.services, person.id, browser).await.unwrap()
}

async fn actor(house: &House, token: &str) -> Option<Actor> {
    session::find(&house.services, token, None).await.unwrap().map(|(actor, _)| actor)
}

/// A request in the session of `token`, which must run.
async fn request_in(house: &House, token: &str) -> Request {
    let (actor, session) = session::find(&house.services, token, None).await.unwrap().unwrap();
    let nobody = Request::by_nobody(Trail::default(), "test");
    Request { actor: Some(actor), session: Some(session), ..nobody }
}

async fn sign_in_with(house: &House, claims: Claims) -> String {
    session::open_for_claims(&house.services, claims, &Browser::default()).await.unwrap()
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
        grants: Grants::Claims,
        voucher: Voucher {
            provider: Some("mitid".to_owned()),
            provider_session: Some(format!("sid-of-{subject}")),
            ..Voucher::default()
        },
    }
}

#[tokio::test]
async fn a_session_lasts_as_long_as_its_function_allows_unused_and_twelve_hours_in_all() {
    in_each_house(async |house| {
        let moment = TimeDelta::microseconds(1);
        for (handle, idle) in [
            ("duty-officer", TimeDelta::minutes(15)),
            ("coordinator", TimeDelta::minutes(15)),
            ("security-officer", TimeDelta::minutes(15)),
            ("administrator", TimeDelta::minutes(15)),
            ("reporter-energy", TimeDelta::hours(2)),
        ] {
            let unused = sign_in(&house, handle).await;
            house.advance(idle - moment);
            assert!(actor(&house, &unused).await.is_some(), "{handle}, a moment before");
            house.advance(idle);
            assert_eq!(actor(&house, &unused).await, None, "{handle}");
            let used = sign_in(&house, handle).await;
            let begun = house.now();
            while house.now() - begun < TimeDelta::hours(12) - idle {
                house.advance(idle - TimeDelta::minutes(1));
                assert!(actor(&house, &used).await.is_some(), "{handle} after {}", house.now() - begun);
            }
            house.advance(TimeDelta::hours(12) - (house.now() - begun) - moment);
            assert!(actor(&house, &used).await.is_some(), "{handle}, a moment before the twelve hours");
            house.advance(moment);
            assert_eq!(actor(&house, &used).await, None, "{handle} after twelve hours");
        }
    })
    .await;
}

#[tokio::test]
async fn a_session_that_was_ended_or_never_begun_belongs_to_nobody() {
    in_each_house(async |house| {
        let services = &house.services;
        let token = sign_in(&house, "duty-officer").await;
        let before = actor(&house, &token).await.unwrap();
        assert_eq!(before.name, "Thomas Vang");
        assert_eq!(before.role, Role::Officer { unit: "csirt".into() });
        session::end(services, &token).await.unwrap();
        assert_eq!(actor(&house, &token).await, None);
        session::end(services, &token).await.unwrap();
        for token in ["", "never-given-out", &token.to_uppercase()] {
            assert_eq!(actor(&house, token).await, None);
        }
        let nobody = varsel_domain::PersonId(uuid::Uuid::from_u128(7));
        let refused = session::open(services, nobody, &Browser::default()).await;
        assert!(matches!(refused, Err(Error::NotFound { kind: "person" })));
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
            assert_eq!(actor(&house, &stored).await, None, "what a stolen table holds opens nothing");
        }
    })
    .await;
}

#[tokio::test]
async fn a_first_sign_in_registers_the_person_and_the_organisation_and_a_second_finds_them() {
    in_each_house(async |house| {
        let (people, organisations) = (count(&house, "person").await, count(&house, "organisation").await);
        let mut roles = Vec::new();
        for subject in ["a", "b", "a"] {
            let token = sign_in_with(&house, claims(subject)).await;
            let actor = actor(&house, &token).await.unwrap();
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
                tokio::spawn(async move {
                    session::open_for_claims(&services, claims("a"), &Browser::default()).await
                })
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
            let token = sign_in_with(&house, claims).await;
            actor(&house, &token).await.unwrap().role
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
            match session::open_for_claims(services, claims, &Browser::default()).await {
                Err(Error::Invalid { field: named, .. }) => assert_eq!(named, field),
                other => panic!("{other:?}"),
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_new_sign_in_ends_the_session_that_the_browser_had() {
    in_each_house(async |house| {
        let (first, elsewhere) =
            (sign_in(&house, "duty-officer").await, sign_in(&house, "duty-officer").await);
        let previous = request_in(&house, &first).await.session.map(|session| session.id);
        let second = sign_in_at(&house, "coordinator", &Browser { previous, ..Browser::default() }).await;
        assert_ne!(first, second);
        assert_eq!(actor(&house, &first).await, None);
        assert!(actor(&house, &second).await.is_some() && actor(&house, &elsewhere).await.is_some());
    })
    .await;
}

#[tokio::test]
async fn a_sixth_session_ends_the_one_used_longest_ago() {
    in_each_house(async |house| {
        let parallel = Limits::default().parallel;
        let mut tokens = Vec::new();
        for _ in 0..parallel {
            tokens.push(sign_in(&house, "duty-officer").await);
            house.advance(TimeDelta::minutes(1));
        }
        // The first is used once more: now the second is the one used longest ago.
        assert!(actor(&house, &tokens[0]).await.is_some());
        let other = sign_in(&house, "coordinator").await;
        tokens.push(sign_in(&house, "duty-officer").await);
        for (number, token) in tokens.iter().enumerate() {
            assert_eq!(actor(&house, token).await.is_some(), number != 1, "{number}");
        }
        assert!(actor(&house, &other).await.is_some(), "of another person");
    })
    .await;
}

#[tokio::test]
async fn one_sees_and_ends_ones_own_sessions_and_nobody_elses() {
    in_each_house(async |house| {
        let services = &house.services;
        let firefox = Browser { device: Some("Firefox, Windows".to_owned()), ..Browser::default() };
        let (here, there) =
            (sign_in_at(&house, "duty-officer", &firefox).await, sign_in(&house, "duty-officer").await);
        let (third, stranger) = (sign_in(&house, "duty-officer").await, sign_in(&house, "coordinator").await);
        let (request, strange) = (request_in(&house, &here).await, request_in(&house, &stranger).await);
        let own = session::list_own(services, &request).await.unwrap();
        assert_eq!(own.len(), 3);
        let current: Vec<_> = own.iter().filter(|session| session.current).collect();
        assert_eq!(current.len(), 1);
        assert_eq!(current[0].device.as_deref(), Some("Firefox, Windows"));
        assert_eq!(current[0].begun_at, house.now());

        let id = request_in(&house, &there).await.session.unwrap().id;
        let refused = session::end_own(services, &strange, id).await;
        assert!(matches!(refused, Err(Error::NotFound { kind: "session" })));
        assert!(actor(&house, &there).await.is_some());
        session::end_own(services, &request, id).await.unwrap();
        assert_eq!(actor(&house, &there).await, None);
        let again = session::end_own(services, &request, id).await;
        assert!(matches!(again, Err(Error::NotFound { kind: "session" })));

        session::end_others(services, &request).await.unwrap();
        assert_eq!(actor(&house, &third).await, None);
        assert!(actor(&house, &here).await.is_some() && actor(&house, &stranger).await.is_some());

        let all = session::end_all_of(services, &strange, request.actor().unwrap().person).await;
        assert!(matches!(all, Err(Error::NotFound { kind: "person" })), "an officer may not");
        assert!(actor(&house, &here).await.is_some());
    })
    .await;
}

#[tokio::test]
async fn a_request_whose_session_or_function_has_gone_no_longer_holds() {
    in_each_house(async |house| {
        let services = &house.services;
        let is_gone = async |request: &Request| {
            matches!(session::still_holds(services, request).await, Err(Error::SignInRequired))
        };
        let token = sign_in_with(&house, claims("a")).await;
        let request = request_in(&house, &token).await;
        session::still_holds(services, &request).await.unwrap();
        // In another browser the provider says that the person now works for a unit.
        let officer =
            sign_in_with(&house, Claims { unit: Some("sektorcert".to_owned()), ..claims("a") }).await;
        assert!(is_gone(&request).await, "another function");
        let request = request_in(&house, &officer).await;
        // Watching is no use: the session runs out although it is looked at again and again.
        for _ in 0..14 {
            house.advance(TimeDelta::minutes(1));
            session::still_holds(services, &request).await.unwrap();
        }
        house.advance(TimeDelta::minutes(1));
        assert!(is_gone(&request).await, "unused for a quarter of an hour");
        assert!(is_gone(&house.request("duty-officer").await).await, "never stored");
    })
    .await;
}

#[tokio::test]
async fn a_sensitive_act_asks_for_a_recent_sign_in() {
    in_each_house(async |house| {
        let services = &house.services;
        let fresh = |request: &Request| session::require_fresh(services, request, 5);
        let token = sign_in(&house, "duty-officer").await;
        let request = request_in(&house, &token).await;
        house.advance(TimeDelta::minutes(5));
        fresh(&request).unwrap();
        house.advance(TimeDelta::microseconds(1));
        assert!(matches!(fresh(&request), Err(Error::StepUpRequired)));
        // A provider that does not say when has not shown that it was now.
        let silent = sign_in_with(&house, claims("a")).await;
        assert!(matches!(fresh(&request_in(&house, &silent).await), Err(Error::StepUpRequired)));
        let nobody = Request::by_nobody(Trail::default(), "test");
        assert!(matches!(fresh(&nobody), Err(Error::SignInRequired)));
    })
    .await;
}

#[tokio::test]
async fn a_sign_out_at_the_provider_ends_the_sessions_it_names_and_no_others_and_counts_once() {
    in_each_house(async |house| {
        let services = &house.services;
        let logout = |jti: &str, subject: Option<&str>, sid: Option<&str>| Logout {
            provider: "mitid".to_owned(),
            issuer: "https://id.example".to_owned(),
            jti: jti.to_owned(),
            subject: subject.map(str::to_owned),
            provider_session: sid.map(str::to_owned),
            expires_at: house.now() + TimeDelta::minutes(10),
        };
        let tell = async |logout: &Logout| session::provider_logout(services, logout).await.unwrap();
        let with_sid = |sid: &str| {
            let mut claims = claims("a");
            claims.voucher.provider_session = Some(sid.to_owned());
            claims
        };
        let (one, two) =
            (sign_in_with(&house, with_sid("1")).await, sign_in_with(&house, with_sid("2")).await);
        let other = sign_in_with(&house, claims("b")).await;
        let demo = sign_in(&house, "duty-officer").await;

        assert_eq!(
            tell(&logout("1", Some("b"), Some("1"))).await,
            LogoutOutcome::Ended(0),
            "not that person's"
        );
        assert_eq!(tell(&logout("2", Some("nobody"), None)).await, LogoutOutcome::Ended(0));
        let elsewhere = Logout { provider: "authority".to_owned(), ..logout("3", None, Some("1")) };
        assert_eq!(tell(&elsewhere).await, LogoutOutcome::Ended(0), "a session of another provider");
        assert!(actor(&house, &one).await.is_some());

        assert_eq!(tell(&logout("4", None, Some("1"))).await, LogoutOutcome::Ended(1));
        assert_eq!(actor(&house, &one).await, None);
        assert!(actor(&house, &two).await.is_some());
        assert_eq!(tell(&logout("4", Some("a"), None)).await, LogoutOutcome::Replayed);
        assert!(actor(&house, &two).await.is_some(), "a token that was taken ends nothing more");
        assert_eq!(tell(&logout("5", Some("a"), None)).await, LogoutOutcome::Ended(1));
        assert_eq!(actor(&house, &two).await, None);
        assert!(actor(&house, &other).await.is_some() && actor(&house, &demo).await.is_some());

        house.advance(TimeDelta::minutes(10));
        assert_eq!(tell(&logout("6", None, Some("1"))).await, LogoutOutcome::Ended(0));
        assert_eq!(count(&house, "logout_token").await, 1, "expired ones are forgotten");
    })
    .await;
}

#[tokio::test]
async fn an_invited_administrator_comes_once_within_half_an_hour_and_can_end_anybodys_sessions() {
    in_each_house(async |house| {
        let services = &house.services;
        let invite = async |reason: Option<&str>| match session::invite_administrator(
            &services.store,
            &*services.ids,
            house.now(),
            reason,
        )
        .await
        {
            Ok(Invitation::Made(token)) => Some(token),
            Ok(Invitation::NotNeeded) => None,
            Err(error) => panic!("{error:?}"),
        };
        assert_eq!(invite(None).await, None, "the demo has one");
        let late = invite(Some("she has left")).await.unwrap();
        house.advance(TimeDelta::minutes(30));
        let person = sign_in(&house, "officer-sektorcert").await;
        let request = request_in(&house, &person).await;
        let refused = session::become_administrator(services, &request, &late).await;
        assert!(matches!(refused, Err(Error::Invalid { field: "token", .. })));
        let token = invite(Some("she has left")).await.unwrap();
        let named = session::become_administrator(services, &request, &format!(" {token}\n")).await.unwrap();
        assert_eq!(named.role, Role::Administrator);
        assert_eq!(actor(&house, &person).await.unwrap().role, Role::Administrator);
        let again = session::become_administrator(services, &request_in(&house, &person).await, &token).await;
        assert!(matches!(again, Err(Error::Invalid { .. })));

        let victims = [sign_in(&house, "duty-officer").await, sign_in(&house, "duty-officer").await];
        let request = request_in(&house, &person).await;
        let duty = actor(&house, &victims[0]).await.unwrap().person;
        assert_eq!(session::end_all_of(services, &request, duty).await.unwrap(), 2);
        for victim in &victims {
            assert_eq!(actor(&house, victim).await, None);
        }
        let nobody = varsel_domain::PersonId(uuid::Uuid::from_u128(7));
        assert!(matches!(session::end_all_of(services, &request, nobody).await, Err(Error::NotFound { .. })));
        let logged: Vec<_> = uses(&house).await.into_iter().map(|entry| entry.kind).collect();
        assert_eq!(
            logged,
            ["administrator_invited", "administrator_invited", "administrator_named", "sessions_ended"]
        );
    })
    .await;
}
