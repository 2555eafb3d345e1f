//! Administration, one's own ways in, and people of a provider.

use chrono::TimeDelta;
use varsel_domain::PersonId;
use varsel_services::local::{self, Entry, Home, Local, Settings, code_at};
use varsel_services::testing::House;
use varsel_services::{Error, Services, api_token, session};

use super::nobody;
use super::{LOGIN, PASSWORD, enrol, in_each_house, invitee, link, member, request_in, sign_in, token};
use crate::rows::count;

/// Somebody who is invited by an administrator and has not answered: id and login.
pub(crate) async fn invite_another(house: &House) -> (PersonId, String) {
    let administrator = house.request("administrator").await;
    let home = Home::Organisation { cvr: "99991003".to_owned(), name: Some("Kystens Vand A/S".to_owned()) };
    let login = "eva@vand.example".to_owned();
    let person = local::invite(&house.services, &administrator, invitee(&login, home)).await.unwrap();
    (person, login)
}

#[tokio::test]
async fn only_an_administrator_who_has_just_signed_in_keeps_accounts() {
    in_each_house(async |house| {
        let services = &house.services;
        let (person, _) = invite_another(&house).await;
        for handle in ["reporter-energy", "officer-sektorcert", "coordinator", "security-officer"] {
            let request = house.request(handle).await;
            let home = Home::Unit("sektorcert".to_owned());
            let invited = local::invite(services, &request, invitee("x@y.example", home)).await;
            assert!(matches!(invited, Err(Error::NotFound { .. })), "{handle}");
            assert!(matches!(local::list(services, &request).await, Err(Error::NotFound { .. })), "{handle}");
            assert!(matches!(local::reset(services, &request, person).await, Err(Error::NotFound { .. })));
            assert!(matches!(local::close(services, &request, person).await, Err(Error::NotFound { .. })));
        }
        let administrator = house.request("administrator").await;
        let alone = Home::Platform("administrator".to_owned());
        let named = local::invite(services, &administrator, invitee("x@y.example", alone)).await;
        assert!(matches!(named, Err(Error::Invalid { field: "home", .. })), "not alone: {named:?}");
        let listed = local::list(services, &administrator).await.unwrap();
        assert_eq!(listed.len(), 1);
        assert_eq!(listed[0].organisation.as_deref(), Some("Kystens Vand A/S"));
        assert!(listed[0].link_until.is_some() && !listed[0].password && listed[0].passkeys == 0);
        house.advance(TimeDelta::minutes(11));
        let late = local::reset(services, &administrator, person).await;
        assert!(matches!(late, Err(Error::StepUpRequired)), "{late:?}");
    })
    .await;
}

#[tokio::test]
async fn whom_the_command_line_gives_a_right_is_told_of_it() {
    in_each_house(async |house| {
        let told = "job WHERE kind = 'tell_holder'";
        link(&house).await;
        assert_eq!(count(&house, told).await, 0, "an officer is given none");
        let home = Home::Platform("administrator".to_owned());
        let invitee = invitee("eva@varsel.example", home);
        local::invite_from_terminal(&house.services, invitee, Some("Birgit is ill.")).await.unwrap();
        assert_eq!(count(&house, told).await, 1);
    })
    .await;
}

#[tokio::test]
async fn closing_an_account_ends_sessions_at_once_and_its_password_opens_nothing() {
    in_each_house(async |house| {
        let services = &house.services;
        let (person, link) = link(&house).await;
        let member = enrol(&house, &link, PASSWORD).await.unwrap();
        let administrator = house.request("administrator").await;
        let (.., token) = api_token::create(services, &person.to_string(), "reports", 30).await.unwrap();
        assert!(api_token::actor(services, &token, None).await.unwrap().is_some());
        local::close(services, &administrator, person).await.unwrap();
        assert_eq!(api_token::actor(services, &token, None).await.unwrap(), None);
        assert_eq!(session::find(services, &member.enrolment.token, None).await.unwrap(), None);
        house.advance(TimeDelta::seconds(30));
        let code = code_at(&member.secret, house.now());
        assert_eq!(sign_in(&house, LOGIN, PASSWORD, &code).await, Entry::Refused);
        assert_eq!(
            sign_in(&house, LOGIN, PASSWORD, &member.enrolment.recovery_codes[0]).await,
            Entry::Refused
        );
    })
    .await;
}

#[tokio::test]
async fn the_last_way_in_cannot_be_removed_and_changes_need_a_fresh_sign_in() {
    in_each_house(async |house| {
        let services = &house.services;
        let member = member(&house).await;
        let request = request_in(&house, &member.enrolment.token).await;
        let removed = local::remove_password(services, &request).await;
        assert!(matches!(removed, Err(Error::Invalid { field: "way", .. })), "{removed:?}");
        let setup = local::begin_password(services, &request).await.unwrap();
        let code = code_at(&setup.secret, house.now());
        let other = sign_in(&house, LOGIN, PASSWORD, &code_at(&member.secret, house.now())).await;
        let chosen = (setup.ceremony, "fire gule kaniner løber", code.as_str());
        local::set_password(services, &request, chosen).await.unwrap();
        assert_eq!(session::find(services, token(&other), None).await.unwrap(), None, "other sessions end");
        assert!(session::find(services, &member.enrolment.token, None).await.unwrap().is_some());
        house.advance(TimeDelta::minutes(11));
        let late = local::begin_password(services, &request).await;
        assert!(matches!(late, Err(Error::StepUpRequired)), "{late:?}");
    })
    .await;
}

#[tokio::test]
async fn somebody_of_a_provider_has_a_way_of_their_own_only_where_the_settings_say_so() {
    in_each_house(async |house| {
        let services = &house.services;
        let request = house.request("officer-sektorcert").await;
        let setup = local::begin_password(services, &request).await.unwrap();
        let code = code_at(&setup.secret, house.now());
        let codes = local::set_password(services, &request, (setup.ceremony, PASSWORD, &code)).await.unwrap();
        let own = local::look(services, &request).await.unwrap();
        assert!(own.possible && !own.only_way);
        let login = own.login.unwrap();
        token(&sign_in(&house, &login, PASSWORD, &codes[0]).await);
        let url = "https://varsel.example".parse().unwrap();
        let local = Local::on(Settings::default(), local::Hasher::new(8, 4).unwrap(), &url);
        let without = Services { local: local.into(), ..services.clone() };
        let attempt =
            local::PasswordAttempt { login: &login, password: PASSWORD, code: &codes[1], new_password: None };
        let entered = local::with_password(&without, attempt, &session::Browser::default(), &nobody()).await;
        assert_eq!(entered.unwrap(), Entry::Refused);
        assert!(matches!(local::begin_password(&without, &request).await, Err(Error::NotFound { .. })));
        // They may do without: their provider is another way.
        local::remove_password(services, &request).await.unwrap();
    })
    .await;
}
