//! Accounts of Varsel's own over HTTP: one attempt a request, the same answer for everybody, nothing repeated.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::TimeDelta;
use serde_json::{Value, json};
use varsel_server::http::Door;
use varsel_server::oidc::Providers;
use varsel_services::attempt;
use varsel_services::domain::organisation::Language;
use varsel_services::local::{self, Home, Invitee, code_at};
use varsel_services::testing::in_each_house;

use crate::harness::{App, Client, header, in_each_app, with_door};
use crate::oidc::settings;

pub(crate) const PASSWORD: &str = "korrekt hest batteri";
pub(crate) const LOGIN: &str = "bo@kyst.example";

/// Runs `test` against a server for real reports with such accounts beside a provider that nobody reaches.
async fn in_each_local_app(test: impl AsyncFn(&App)) {
    in_each_house(async |house| {
        let house = house.with_local();
        let all = BTreeMap::from([("mitid".to_owned(), settings("mitid", "http://127.0.0.1:9"))]);
        let services = house.services.clone();
        let door =
            |address: &str| Door::Providers(Arc::new(Providers::new(all, address, &services).unwrap()));
        with_door(house, door, &test).await;
    })
    .await;
}

async fn post(client: &Client, path: &str, body: Value) -> (u16, Value) {
    let response = client.post(path).json(&body).send().await.unwrap();
    (response.status().as_u16(), response.json().await.unwrap())
}

/// Enrols an officer by link; the secret of their codes.
pub(crate) async fn enrol(app: &App, client: &Client) -> String {
    let home = Home::Unit("sektorcert".to_owned());
    let invitee =
        Invitee { name: "Bo Holm".to_owned(), email: LOGIN.to_owned(), language: Language::Da, home };
    let (_, token) = local::invite_from_terminal(&app.house.services, invitee, None).await.unwrap();
    let (status, welcome) = post(client, "/local/link", json!({ "token": token })).await;
    assert_eq!((status, &welcome["login"]), (200, &json!(LOGIN)), "{welcome}");
    let secret = welcome["codes"]["secret"].as_str().unwrap().to_owned();
    let chosen = json!({
        "token": token,
        "ceremony": welcome["codes"]["ceremony"],
        "password": PASSWORD,
        "code": code_at(&secret, app.house.now()),
    });
    let (status, enrolled) = post(client, "/local/link/password", chosen).await;
    assert_eq!(status, 200, "{enrolled}");
    assert_eq!(enrolled["recoveryCodes"].as_array().unwrap().len(), 10);
    app.house.advance(TimeDelta::seconds(30));
    secret
}

#[tokio::test]
async fn every_refusal_is_the_same_and_a_right_attempt_opens_a_session() {
    in_each_local_app(async |app| {
        let secret = enrol(app, &app.nobody()).await;
        let code = code_at(&secret, app.house.now());
        let mut answers = Vec::new();
        for (login, password, code) in [
            (LOGIN, PASSWORD, "000000"),
            (LOGIN, "a guess of some length", code.as_str()),
            ("nobody@kyst.example", PASSWORD, code.as_str()),
        ] {
            let client = app.nobody();
            let attempt = json!({ "login": login, "password": password, "code": code });
            let response = client.post("/local/sign-in").json(&attempt).send().await.unwrap();
            assert!(response.headers().get("set-cookie").is_none());
            answers.push((response.status().as_u16(), response.text().await.unwrap()));
        }
        answers.dedup();
        assert_eq!(answers.len(), 1, "{answers:?}");
        assert_eq!(answers[0].0, 401);
        let client = app.nobody();
        let attempt = json!({ "login": LOGIN, "password": PASSWORD, "code": code });
        let (status, answer) = post(&client, "/local/sign-in", attempt).await;
        assert_eq!(status, 200, "{answer}");
        let me = client.page("query Me", json!({})).await;
        assert_eq!(me["data"]["me"]["name"], "Bo Holm", "{me}");
        let again = client.get("/sign-in/again?next=/signed-in").send().await.unwrap();
        assert_eq!(header(again.headers(), "location"), "/sign-in?again=true&next=%2Fsigned-in");
    })
    .await;
}

#[tokio::test]
async fn a_request_is_one_attempt_of_this_sites_own_page_and_nothing_of_it_is_repeated() {
    in_each_local_app(async |app| {
        let client = app.nobody();
        let one = json!({ "login": LOGIN, "password": PASSWORD, "code": "123456" });
        for body in [
            json!([one, one]),
            json!({ "login": [LOGIN], "password": PASSWORD, "code": "123456" }),
            json!({ "login": LOGIN, "password": PASSWORD, "code": "123456", "codes": ["1", "2"] }),
            json!({ "login": LOGIN, "password": PASSWORD }),
        ] {
            let evaluations = app.house.services.local.evaluations();
            let (status, answer) = post(&client, "/local/sign-in", body).await;
            assert_eq!((status, &answer["code"]), (400, &json!("MALFORMED")));
            assert!(
                !answer.to_string().contains(PASSWORD) && !answer.to_string().contains(LOGIN),
                "{answer}"
            );
            assert_eq!(app.house.services.local.evaluations(), evaluations);
        }
        let foreign = client.post("/local/sign-in").header("origin", "https://evil.example").json(&one);
        assert_eq!(foreign.send().await.unwrap().status(), 403);
        let form = client.post("/local/sign-in").header("content-type", "text/plain").body(one.to_string());
        assert_eq!(form.send().await.unwrap().status(), 415);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_ones_own_is_not_there() {
    in_each_local_app(async |app| {
        let client = app.nobody();
        enrol(app, &client).await;
        let nobody = app.nobody();
        for path in ["/local/account", "/local/people"] {
            assert_eq!(nobody.get(path).send().await.unwrap().status(), 401, "{path}");
        }
        assert_eq!(client.get("/local/account").send().await.unwrap().status(), 200);
        assert_eq!(client.get("/local/people").send().await.unwrap().status(), 404, "an officer");
        let ways: Value = nobody.get("/sign-in/ways").send().await.unwrap().json().await.unwrap();
        assert_eq!(ways, json!({ "local": { "passkeys": true } }));
        // With a choice to make, a single provider does not take everybody away.
        assert_ne!(nobody.get("/sign-in").send().await.unwrap().status(), 303);
    })
    .await;
}

#[tokio::test]
async fn what_is_refused_there_is_registered() {
    in_each_local_app(async |app| {
        let client = app.nobody();
        enrol(app, &client).await;
        let registered = async || {
            let request = app.house.request("security-officer").await;
            attempt::patterns(&app.house.services, &request, 14).await.unwrap().total
        };
        let nobody = app.nobody();
        let reset = json!({ "person": "person_00000000000000000000000000000000" });
        let before = registered().await;
        for (refused, status) in [
            (client.get("/local/people"), 404),
            (client.post("/local/people/reset").json(&reset), 404),
            (nobody.get("/local/account"), 401),
            (nobody.post("/local/sign-in").header("origin", "https://evil.example").json(&reset), 403),
            (nobody.post("/local/link").header("content-type", "text/plain").body("{}"), 415),
        ] {
            assert_eq!(refused.send().await.unwrap().status().as_u16(), status);
        }
        assert_eq!(registered().await - before, 5);
    })
    .await;
}

#[tokio::test]
async fn nobody_begins_to_sign_in_without_end() {
    in_each_local_app(async |app| {
        let client = app.nobody();
        for _ in 0..50 {
            assert_eq!(post(&client, "/local/passkey/begin", json!({})).await.0, 200);
        }
        let (status, told) = post(&client, "/local/passkey/begin", json!({})).await;
        assert_eq!((status, &told["code"]), (503, &json!("BUSY")));
        assert!(told["message"]["da"].as_str().unwrap().contains("Vent"), "{told}");
        app.house.advance(TimeDelta::minutes(10));
        assert_eq!(post(&client, "/local/passkey/begin", json!({})).await.0, 200);
    })
    .await;
}

#[tokio::test]
async fn a_browser_that_is_known_gets_in_while_others_are_shut_out() {
    in_each_local_app(async |app| {
        let client = app.nobody();
        let secret = enrol(app, &client).await;
        let guess = json!({ "login": LOGIN, "password": "a guess", "code": "123456" });
        for _ in 0..5 {
            assert_eq!(post(&app.nobody(), "/local/sign-in", guess.clone()).await.0, 401);
        }
        let right =
            json!({ "login": LOGIN, "password": PASSWORD, "code": code_at(&secret, app.house.now()) });
        let elsewhere = app.nobody().post("/local/sign-in").json(&right).send().await.unwrap();
        assert_eq!(elsewhere.status().as_u16(), 429);
        let entered = client.post("/local/sign-in").json(&right).send().await.unwrap();
        assert_eq!(entered.status().as_u16(), 200);
        let cookies = entered.headers().get_all("set-cookie").iter().map(|it| it.to_str().unwrap());
        let device = cookies.into_iter().find(|cookie| cookie.contains("varsel-device=")).unwrap();
        for wanted in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=31536000"] {
            assert!(device.contains(wanted), "{device}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_passkey_is_looked_at_from_where_passwords_were_guessed() {
    in_each_local_app(async |app| {
        let client = app.nobody();
        let guess = json!({ "login": "nobody@kyst.example", "password": "a guess", "code": "123456" });
        for _ in 0..5 {
            assert_eq!(post(&client, "/local/sign-in", guess.clone()).await.0, 401);
        }
        assert_eq!(post(&client, "/local/sign-in", guess).await.0, 429, "the client is blocked");
        let (status, begun) = post(&client, "/local/passkey/begin", json!({})).await;
        assert_eq!(status, 200, "{begun}");
        let registered = async || {
            let request = app.house.request("security-officer").await;
            attempt::patterns(&app.house.services, &request, 14).await.unwrap().total
        };
        let before = registered().await;
        let shown = json!({ "ceremony": begun["ceremony"], "credential": { "id": "guessed" } });
        let (status, told) = post(&client, "/local/passkey/complete", shown).await;
        assert_eq!((status, registered().await - before), (401, 1), "looked at, refused, registered: {told}");
    })
    .await;
}

#[tokio::test]
async fn where_there_are_no_such_accounts_their_addresses_lead_nowhere() {
    in_each_app(async |app| {
        let client = app.nobody();
        let ways: Value = client.get("/sign-in/ways").send().await.unwrap().json().await.unwrap();
        assert_eq!(ways, json!({ "local": null }));
        assert_eq!(client.get("/local/account").send().await.unwrap().status(), 404);
        let attempt = json!({ "login": LOGIN, "password": PASSWORD, "code": "123456" });
        assert_eq!(client.post("/local/sign-in").json(&attempt).send().await.unwrap().status(), 405);
    })
    .await;
}
