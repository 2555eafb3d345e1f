//! What others try does not keep the owner out, and what is taken away stays away.

use chrono::TimeDelta;
use url::Url;
use varsel_domain::attempt::Rules;
use varsel_domain::authz::Scope;
use varsel_domain::{LinkId, PersonId};
use varsel_services::local::{self, Entry, Hasher, Local, PasswordAttempt, Settings, code_at};
use varsel_services::session::Browser;
use varsel_services::testing::House;
use varsel_services::{Error, Services, authorisation};
use varsel_storage::account_link::{self, AccountLink, Purpose};

use super::{LOGIN, Member, PASSWORD, enrol, in_each_house, link, member, nobody, request_in, sign_in};

/// With as many failures as a real server allows.
fn strict(services: &Services) -> Services {
    let mut services = services.clone();
    services.attempts.rules = Rules::default();
    services
}

async fn try_on(
    services: &Services,
    browser: &Browser,
    password: &str,
    code: &str,
) -> varsel_services::Result<Entry> {
    let attempt = PasswordAttempt { login: LOGIN, password, code, new_password: None };
    local::with_password(services, attempt, browser, &nobody()).await
}

#[tokio::test]
async fn guesses_from_elsewhere_do_not_close_the_way_in_on_a_device_that_is_known() {
    in_each_house(async |house| {
        let (member, services) = (member(&house).await, strict(&house.services));
        let at = |known: Option<&str>| Browser { known: known.map(str::to_owned), ..Browser::default() };
        for _ in 0..5 {
            assert_eq!(try_on(&services, &at(None), "a guess", "123456").await.unwrap(), Entry::Refused);
        }
        let code = code_at(&member.secret, house.now());
        let forged = member.enrolment.device.replace(':', ":A");
        for unknown in [None, Some(forged.as_str()), Some("x:y")] {
            let refused = try_on(&services, &at(unknown), PASSWORD, &code).await;
            assert!(matches!(refused, Err(Error::Blocked { .. })), "{unknown:?}: {refused:?}");
        }
        let own = at(Some(&member.enrolment.device));
        let Entry::Opened { device, .. } = try_on(&services, &own, PASSWORD, &code).await.unwrap() else {
            panic!("the owner gets in");
        };
        // Whoever has the device guesses no more than others: it has a counter of its own.
        let own = at(Some(&device));
        for _ in 0..5 {
            assert_eq!(try_on(&services, &own, "a guess", "123456").await.unwrap(), Entry::Refused);
        }
        let closed = try_on(&services, &own, "a guess", "123456").await;
        assert!(matches!(closed, Err(Error::Blocked { .. })), "{closed:?}");
    })
    .await;
}

#[tokio::test]
async fn whoever_was_told_to_wait_has_used_up_nothing() {
    in_each_house(async |house| {
        let (member, services) = (member(&house).await, strict(&house.services));
        let full = Hasher::new(8, 0).unwrap();
        let full = Local::on(Settings::default(), full, &Url::parse("https://varsel.example").unwrap());
        let busy = Services { local: full.into(), ..services.clone() };
        let code = code_at(&member.secret, house.now());
        for _ in 0..6 {
            let told = try_on(&busy, &Browser::default(), PASSWORD, &code).await;
            assert!(matches!(told, Err(Error::Busy)), "{told:?}");
        }
        let entered = try_on(&services, &Browser::default(), PASSWORD, &code).await.unwrap();
        assert!(matches!(entered, Entry::Opened { .. }), "{entered:?}");
    })
    .await;
}

/// A link that confirms another address of the person, as it is once its mail has been sent.
async fn link_to_another_address(house: &House, person: PersonId) -> AccountLink {
    let now = house.now();
    let id = LinkId(house.services.ids.next(now));
    let link = AccountLink {
        id,
        person,
        purpose: Purpose::Email,
        token_sha256: Some(format!("of the token of {id}")),
        email: Some("attacker@elsewhere.example".to_owned()),
        created_at: now,
        expires_at: now + TimeDelta::days(1),
        created_by: Some(person),
        used_at: None,
    };
    let tx = house.services.store.begin(&Scope::nothing()).await.unwrap();
    account_link::insert(&tx, &link).await.unwrap();
    tx.commit().await.unwrap();
    link
}

async fn works(house: &House, link: &AccountLink) -> bool {
    let tx = house.services.store.begin_snapshot(&Scope::nothing()).await.unwrap();
    let found = account_link::find(&tx, link.id).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    found.used_at.is_none()
}

async fn anew(house: &House, person: PersonId) {
    let tx = house.services.store.begin(&Scope::nothing()).await.unwrap();
    let sent = account_link::newest_of(&tx, person).await.unwrap().unwrap();
    let token = "sent-by-mail";
    account_link::send(&tx, sent.id, &varsel_domain::digest::sha256(token.as_bytes())).await.unwrap();
    tx.commit().await.unwrap();
    enrol(house, token, PASSWORD).await.unwrap();
}

#[tokio::test]
async fn a_link_to_another_address_does_not_outlive_a_reset_nor_a_new_password() {
    in_each_house(async |house| {
        let services = &house.services;
        let (person, invitation) = link(&house).await;
        let member: Member = enrol(&house, &invitation, PASSWORD).await.unwrap();
        let asked = link_to_another_address(&house, person).await;
        let request = request_in(&house, &member.enrolment.token).await;
        let setup = local::begin_password(services, &request).await.unwrap();
        let code = code_at(&setup.secret, house.now());
        assert!(works(&house, &asked).await);
        let chosen = (setup.ceremony, "fire gule kaniner løber", code.as_str());
        local::set_password(services, &request, chosen).await.unwrap();
        assert!(!works(&house, &asked).await, "after a new password");
        let asked = link_to_another_address(&house, person).await;
        house.advance(TimeDelta::seconds(1));
        local::reset(services, &house.request("administrator").await, person).await.unwrap();
        assert!(works(&house, &asked).await, "what there is works until the person has chosen anew");
        anew(&house, person).await;
        assert!(!works(&house, &asked).await, "after a fresh start");
    })
    .await;
}

#[tokio::test]
async fn who_has_left_has_no_way_in_any_more() {
    in_each_house(async |house| {
        let services = &house.services;
        let (person, invitation) = link(&house).await;
        let member = enrol(&house, &invitation, PASSWORD).await.unwrap();
        let asked = link_to_another_address(&house, person).await;
        let by = house.request("administrator").await;
        authorisation::left(services, &by, person, "Fratrådt den 1. november 2026").await.unwrap();
        house.advance(TimeDelta::seconds(30));
        let code = code_at(&member.secret, house.now());
        assert_eq!(sign_in(&house, LOGIN, PASSWORD, &code).await, Entry::Refused);
        let recovery = &member.enrolment.recovery_codes[0];
        assert_eq!(sign_in(&house, LOGIN, PASSWORD, recovery).await, Entry::Refused);
        assert!(!works(&house, &asked).await);
    })
    .await;
}
