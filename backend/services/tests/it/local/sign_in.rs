//! Guesses, enumeration, replay, recovery, rotation.

use chrono::TimeDelta;
use futures_util::future::join_all;
use url::Url;
use varsel_domain::authz::Scope;
use varsel_services::local::{self, Entry, Hasher, Local, PasswordAttempt, Settings, code_at};
use varsel_services::session::{self, Browser};
use varsel_services::{Error, Services};

use super::nobody;
use super::{LOGIN, PASSWORD, enrol, in_each_house, link, member, request_in, sign_in, token};
use crate::rows::count;

#[tokio::test]
async fn a_session_needs_both_factors_and_says_how_the_person_showed_who_they_are() {
    in_each_house(async |house| {
        let member = member(&house).await;
        let code = code_at(&member.secret, house.now());
        for (login, password, code) in [
            (LOGIN, PASSWORD, ""),
            (LOGIN, PASSWORD, "000000"),
            (LOGIN, "korrekt hest batterj", code.as_str()),
            (LOGIN, "", code.as_str()),
            ("nobody@kyst.example", PASSWORD, code.as_str()),
        ] {
            assert_eq!(
                sign_in(&house, login, password, code).await,
                Entry::Refused,
                "{login} {password} {code}"
            );
        }
        let entered = sign_in(&house, " BO@Kyst.Example", PASSWORD, &code).await;
        let request = request_in(&house, token(&entered)).await;
        session::require_fresh(&house.services, &request, 10).unwrap();
        let own = session::list_own(&house.services, &request).await.unwrap();
        let current = own.iter().find(|session| session.current).unwrap();
        assert_eq!(current.provider.as_deref(), Some(local::PROVIDER));
        assert_eq!(current.assurance.as_deref(), Some("password+code"));
        house.advance(TimeDelta::minutes(11));
        let request = request_in(&house, token(&entered)).await;
        assert!(matches!(session::require_fresh(&house.services, &request, 10), Err(Error::StepUpRequired)));
    })
    .await;
}

#[tokio::test]
async fn a_code_counts_once_however_many_try_it_at_once_and_two_steps_away_never() {
    in_each_house(async |house| {
        let member = member(&house).await;
        let now = house.now();
        for away in [-2, 2] {
            let code = code_at(&member.secret, now + TimeDelta::seconds(30 * away));
            assert_eq!(sign_in(&house, LOGIN, PASSWORD, &code).await, Entry::Refused, "{away}");
        }
        let code = code_at(&member.secret, now);
        let entries = join_all((0..8).map(|_| sign_in(&house, LOGIN, PASSWORD, &code))).await;
        let opened = entries.iter().filter(|entry| matches!(entry, Entry::Opened { .. })).count();
        assert_eq!(opened, 1, "{entries:?}");
        // Neither that code nor one of a step before it opens anything again.
        assert_eq!(sign_in(&house, LOGIN, PASSWORD, &code).await, Entry::Refused);
        let before = code_at(&member.secret, now - TimeDelta::seconds(30));
        assert_eq!(sign_in(&house, LOGIN, PASSWORD, &before).await, Entry::Refused);
        let next = code_at(&member.secret, now + TimeDelta::seconds(30));
        token(&sign_in(&house, LOGIN, PASSWORD, &next).await);
    })
    .await;
}

#[tokio::test]
async fn each_attempt_costs_one_evaluation_whoever_it_is_for() {
    in_each_house(async |house| {
        member(&house).await;
        let (_, without) = super::people::invite_another(&house).await;
        for login in [LOGIN, "nobody@kyst.example", without.as_str(), "", "' OR 1=1 --"] {
            let before = house.services.local.evaluations();
            assert_eq!(sign_in(&house, login, "a guess of some length", "123456").await, Entry::Refused);
            assert_eq!(house.services.local.evaluations() - before, 1, "{login}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_recovery_code_stands_in_once_and_a_new_set_puts_the_old_out_of_use() {
    in_each_house(async |house| {
        let member = member(&house).await;
        let codes = &member.enrolment.recovery_codes;
        assert_eq!(codes.len(), 10);
        let typed = codes[0].to_lowercase().replace('-', " ");
        let entered = sign_in(&house, LOGIN, PASSWORD, &typed).await;
        assert!(matches!(entered, Entry::Opened { codes_left: Some(9), .. }), "{entered:?}");
        assert_eq!(sign_in(&house, LOGIN, PASSWORD, &codes[0]).await, Entry::Refused);
        let entries = join_all((0..4).map(|_| sign_in(&house, LOGIN, PASSWORD, &codes[1]))).await;
        assert_eq!(entries.iter().filter(|entry| matches!(entry, Entry::Opened { .. })).count(), 1);
        // Not even with a recovery code does the password come free.
        assert_eq!(sign_in(&house, LOGIN, "a guess of some length", &codes[2]).await, Entry::Refused);
        let request = request_in(&house, token(&entered)).await;
        let new = local::new_recovery_codes(&house.services, &request).await.unwrap();
        assert_eq!(sign_in(&house, LOGIN, PASSWORD, &codes[2]).await, Entry::Refused);
        token(&sign_in(&house, LOGIN, PASSWORD, &new[0]).await);
        assert_eq!(count(&house, "recovery_code").await, 10, "the old ones are gone");
    })
    .await;
}

/// The same house under other settings.
fn with(services: &Services, settings: Settings, memory: u32) -> Services {
    let url = Url::parse("https://varsel.example").unwrap();
    let local = Local::on(settings, Hasher::new(memory, 4).unwrap(), &url);
    Services { local: local.into(), ..services.clone() }
}

async fn phc(services: &Services) -> String {
    let tx = services.store.begin_snapshot(&Scope::nothing()).await.unwrap();
    let account = varsel_storage::local_account::find_by_login(&tx, LOGIN).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    account.password.unwrap().phc
}

#[tokio::test]
async fn a_hash_is_renewed_when_the_parameters_have_changed() {
    in_each_house(async |house| {
        let member = member(&house).await;
        assert!(phc(&house.services).await.contains("m=8,"));
        let stronger = with(&house.services, Settings::default(), 16);
        let code = code_at(&member.secret, house.now());
        let attempt = PasswordAttempt { login: LOGIN, password: PASSWORD, code: &code, new_password: None };
        let entered = local::with_password(&stronger, attempt, &Browser::default(), &nobody()).await.unwrap();
        token(&entered);
        assert!(phc(&house.services).await.contains("m=16,"));
        house.advance(TimeDelta::seconds(30));
        let code = code_at(&member.secret, house.now());
        token(&sign_in(&house, LOGIN, PASSWORD, &code).await);
    })
    .await;
}

#[tokio::test]
async fn a_password_that_ran_out_opens_nothing_until_it_is_changed() {
    in_each_house(async |house| {
        let member = member(&house).await;
        let settings = Settings { password_lifetime: Some(TimeDelta::days(90)), ..Settings::default() };
        let services = with(&house.services, settings, 8);
        house.advance(TimeDelta::days(91));
        let attempt = async |new_password: Option<&str>| {
            house.advance(TimeDelta::seconds(30));
            let code = code_at(&member.secret, house.now());
            let attempt = PasswordAttempt { login: LOGIN, password: PASSWORD, code: &code, new_password };
            local::with_password(&services, attempt, &Browser::default(), &nobody()).await
        };
        assert_eq!(attempt(None).await.unwrap(), Entry::PasswordRunOut);
        for wrong in [PASSWORD, "for kort", "varsel-varsel-2026"] {
            assert!(matches!(attempt(Some(wrong)).await, Err(Error::Invalid { .. })), "{wrong}");
        }
        token(&attempt(Some("fire gule kaniner løber")).await.unwrap());
        assert_eq!(attempt(None).await.unwrap(), Entry::Refused, "the old one is gone");
    })
    .await;
}

#[tokio::test]
async fn without_the_setting_there_is_no_such_account() {
    in_each_house(async |house| {
        let (_, link) = link(&house).await;
        let off = Services { local: Local::off().into(), ..house.services.clone() };
        let attempt =
            PasswordAttempt { login: LOGIN, password: PASSWORD, code: "123456", new_password: None };
        let refused = local::with_password(&off, attempt, &Browser::default(), &nobody()).await;
        assert!(matches!(refused, Err(Error::NotFound { .. })), "{refused:?}");
        assert!(local::open_link(&off, &link, &nobody()).await.is_err());
        assert!(enrol(&house, &link, PASSWORD).await.is_ok(), "and nothing was used up");
    })
    .await;
}
