//! Accounts that Varsel itself vouches for: never one factor alone, nothing counts twice, nobody learns who is known.

mod enrol;
mod kept;
mod people;
mod replay;
mod sign_in;

use varsel_domain::PersonId;
use varsel_domain::organisation::Language;
use varsel_services::attempt::Trail;
use varsel_services::local::{self, Enrolment, Entry, Home, Invitee, PasswordAttempt, code_at};
use varsel_services::session::{self, Browser};
use varsel_services::testing::{self, House};
use varsel_services::{Request, Result};

/// Runs `test` in each house, with such accounts.
pub(crate) async fn in_each_house(test: impl AsyncFn(House)) {
    testing::in_each_house(async |house| {
        let mut house = house.with_local();
        // How many may fail is tried in attempt.rs; here more do.
        (house.services.attempts.rules.per_client, house.services.attempts.rules.per_user) =
            (usize::MAX, usize::MAX);
        test(house).await;
    })
    .await;
}

pub(crate) const PASSWORD: &str = "korrekt hest batteri";
pub(crate) const LOGIN: &str = "bo@kyst.example";

/// Somebody who has enrolled with a password.
pub(crate) struct Member {
    pub(crate) secret: String,
    pub(crate) enrolment: Enrolment,
}

pub(crate) fn invitee(email: &str, home: Home) -> Invitee {
    Invitee { name: "Bo Holm".to_owned(), email: email.to_owned(), language: Language::Da, home }
}

/// A link for a new officer, as the command line prints it.
pub(crate) async fn link(house: &House) -> (PersonId, String) {
    let invitee = invitee(LOGIN, Home::Unit("sektorcert".to_owned()));
    local::invite_from_terminal(&house.services, invitee, None).await.unwrap()
}

/// Follows a link to the end, with a password.
pub(crate) async fn enrol(house: &House, token: &str, password: &str) -> Result<Member> {
    let services = &house.services;
    let welcome = local::open_link(services, token, &nobody()).await?;
    let code = code_at(&welcome.codes.secret, house.now());
    let factors = (welcome.codes.ceremony, password, code.as_str());
    let enrolment =
        local::enrol_with_password(services, token, factors, &Browser::default(), &nobody()).await?;
    Ok(Member { secret: welcome.codes.secret, enrolment })
}

/// A member of sektorcert, half a minute after enrolling: the next code is a new one.
pub(crate) async fn member(house: &House) -> Member {
    let (_, token) = link(house).await;
    let member = enrol(house, &token, PASSWORD).await.unwrap();
    house.advance(chrono::TimeDelta::seconds(30));
    member
}

pub(crate) async fn sign_in(house: &House, login: &str, password: &str, code: &str) -> Entry {
    let attempt = PasswordAttempt { login, password, code, new_password: None };
    local::with_password(&house.services, attempt, &Browser::default(), &nobody()).await.unwrap()
}

pub(crate) fn token(entry: &Entry) -> &str {
    match entry {
        Entry::Opened { token, .. } => token,
        other => panic!("no session: {other:?}"),
    }
}

/// Somebody who has not shown who they are.
pub(crate) fn nobody() -> Request {
    Request::by_nobody(Trail::default(), "test")
}

/// A request in the session of `token`, which must run.
pub(crate) async fn request_in(house: &House, token: &str) -> Request {
    let (actor, session) =
        session::find(&house.services, token, None).await.unwrap().expect("the session runs");
    Request { actor: Some(actor), session: Some(session), ..nobody() }
}
