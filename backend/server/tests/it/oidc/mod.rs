//! Sign-in through an identity provider: a real exchange over HTTP, and answers of a hostile one.

mod provider;

use std::sync::Arc;

use provider::{Forgery, Provider};
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};
use varsel_server::config::{Config, Purpose};
use varsel_server::http::Door;
use varsel_server::oidc::SignIn;
use varsel_services::change;
use varsel_services::testing::in_each_house;

use crate::harness::{App, Client, header, with_door};

/// Runs `test` against a server that signs people in through a provider of its own.
async fn with_provider(test: impl AsyncFn(&App, &Provider)) {
    in_each_house(async |house| {
        let provider = Provider::start(house.now());
        let mut identity = Config::load(None, [], Purpose::Demo).unwrap().identity;
        identity.issuer = provider.issuer.clone();
        identity.client_id = "varsel".to_owned();
        identity.client_secret = Some("the client secret".into());
        let clock = house.services.clock.clone();
        let door =
            |address: &str| Door::Provider(Arc::new(SignIn::new(identity, address, [7; 32], clock).unwrap()));
        with_door(house, door, async |app| test(app, &provider).await).await;
        provider.stop().await;
    })
    .await;
}

/// A person of a company, as a business identity describes them.
fn reporter() -> Value {
    json!({
        "sub": "reporter-1", "acr": "https://data.gov.dk/concept/core/nsis/loa/Substantial",
        "https://data.gov.dk/model/core/eid/fullName": "Ida Berg",
        "https://data.gov.dk/model/core/eid/professional/cvr": "99990104",
        "https://data.gov.dk/model/core/eid/professional/orgName": "Nordvind Elnet A/S",
    })
}

/// Begins a sign-in: the parameters with which the provider was called.
async fn begin(client: &Client, path: &str) -> Vec<(String, String)> {
    let response = client.get(path).send().await.unwrap();
    assert_eq!(response.status(), 303);
    let cookie = header(response.headers(), "set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    let url = reqwest::Url::parse(header(response.headers(), "location")).unwrap();
    url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

fn parameter<'a>(parameters: &'a [(String, String)], name: &str) -> &'a str {
    &parameters.iter().find(|(key, _)| key == name).unwrap_or_else(|| panic!("{name}: {parameters:?}")).1
}

/// Comes back from the provider with a code for these claims.
async fn come_back(
    client: &Client,
    provider: &Provider,
    claims: &Value,
    forgery: Forgery,
) -> reqwest::Response {
    let asked = begin(client, "/sign-in").await;
    let code =
        provider.issue(claims, parameter(&asked, "nonce"), parameter(&asked, "code_challenge"), forgery);
    let state = parameter(&asked, "state");
    client.get(&format!("/sign-in/callback?code={code}&state={state}")).send().await.unwrap()
}

async fn is_nobody(client: &Client) -> bool {
    client.page("query Me", json!({})).await["data"]["me"].is_null()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_of_a_company_signs_in_and_comes_back_to_the_page() {
    with_provider(async |app, provider| {
        let client = app.nobody();
        let asked = begin(&client, "/sign-in?next=/report").await;
        assert_eq!(parameter(&asked, "response_type"), "code");
        assert_eq!(parameter(&asked, "code_challenge_method"), "S256");
        assert_eq!(parameter(&asked, "scope"), "openid profile email");
        assert!(parameter(&asked, "acr_values").contains("loa/Substantial"));
        assert_eq!(parameter(&asked, "redirect_uri"), format!("{}/sign-in/callback", app.address));
        let code = provider.issue(
            &reporter(),
            parameter(&asked, "nonce"),
            parameter(&asked, "code_challenge"),
            Forgery::None,
        );
        let path = format!(
            "/sign-in/callback?code={code}&state={}&iss={}",
            parameter(&asked, "state"),
            provider.issuer
        );
        let response = client.get(&path).send().await.unwrap();
        assert_eq!((response.status().as_u16(), header(response.headers(), "location")), (303, "/report"));
        let cookies: Vec<&str> =
            response.headers().get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap()).collect();
        assert!(
            cookies.iter().any(|cookie| cookie.starts_with("varsel=") && cookie.contains("SameSite=Strict"))
        );
        let me = client.page("query Me", json!({})).await["data"]["me"].take();
        assert_eq!(
            (&me["name"], &me["organisation"]["cvr"]),
            (&json!("Ida Berg"), &json!("99990104")),
            "{me}"
        );

        // The way back works once: the cookie that bound it is gone.
        let again = client.get(&path).send().await.unwrap();
        assert_eq!(again.status(), 400);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_is_bound_to_their_unit_and_a_new_key_is_fetched() {
    with_provider(async |app, provider| {
        let officer = json!({
            "sub": "officer-1", "name": "Mads Krogh", "varsel_unit": "sektorcert", "locale": "en-GB",
            "acr": "https://data.gov.dk/concept/core/nsis/loa/High",
        });
        assert_eq!(come_back(&app.nobody(), provider, &officer, Forgery::None).await.status(), 303);
        provider.take_new_key();
        let client = app.nobody();
        assert_eq!(come_back(&client, provider, &officer, Forgery::None).await.status(), 303);
        let me = client.page("query Me", json!({})).await["data"]["me"].take();
        assert_eq!((&me["role"], &me["unit"]["id"]), (&json!("OFFICER"), &json!("sektorcert")), "{me}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_is_one_person_whatever_account_they_use() {
    with_provider(async |app, provider| {
        let account = |subject: &str, name: &str, person: &str| {
            json!({
                "sub": subject, "name": name, "varsel_function": "administrator",
                "https://data.gov.dk/model/core/eid/cprUuid": person,
                "acr": "https://data.gov.dk/concept/core/nsis/loa/High",
            })
        };
        let payload = app.house.publication();
        let request = app.house.request("administrator").await;
        let reason = "The thresholds have changed.";
        let services = &app.house.services;
        let proposed = change::propose(services, &request, &payload, reason).await.unwrap().unwrap();
        let approvable = async |claims: Value| {
            let client = app.nobody();
            assert_eq!(come_back(&client, provider, &claims, Forgery::None).await.status(), 303);
            let me = client.data(ME, json!({})).await["me"].take();
            assert_eq!(me["role"], "ADMINISTRATOR", "{me}");
            let query = "query($id: ID!) { change(id: $id) { approvable } }";
            let variables = json!({ "id": proposed.change.id });
            client.data(query, variables).await["change"]["approvable"].as_bool().unwrap()
        };
        // The proposer of the demo has no key: only the name tells.
        assert!(!approvable(account("a", "Birgit Skov", "uuid-1")).await);
        assert!(approvable(account("b", "Ida Lind", "uuid-2")).await);
        let key = "(SELECT natural_key FROM person WHERE subject = 'b')";
        for sql in [
            format!("UPDATE change_proposal SET proposer_key = {key}"),
            format!("UPDATE person SET natural_key = {key} WHERE demo_handle = 'administrator'"),
        ] {
            services.store.connection().execute_unprepared(&sql).await.unwrap();
        }
        assert!(!approvable(account("c", "Ida Berg", "uuid-2")).await, "a second account");
        assert!(approvable(account("d", "Birgit Skov", "uuid-4")).await, "a namesake with a key");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn forged_answers_sign_nobody_in() {
    with_provider(async |app, provider| {
        for forgery in Forgery::ALL {
            let client = app.nobody();
            let response = come_back(&client, provider, &reporter(), forgery).await;
            assert_eq!(response.status(), 403, "{forgery:?}");
            let page = response.text().await.unwrap();
            assert!(
                page.contains("Du er ikke logget ind") && page.contains("You are not signed in"),
                "{page}"
            );
            assert!(is_nobody(&client).await, "{forgery:?}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_without_enough_assurance_or_without_a_function_signs_nobody_in() {
    with_provider(async |app, provider| {
        let without = |name: &str| {
            let mut claims = reporter();
            claims.as_object_mut().unwrap().remove(name);
            claims
        };
        let mut weak = reporter();
        weak["acr"] = json!("https://data.gov.dk/concept/core/nsis/loa/Low");
        for claims in [weak, without("acr"), without("https://data.gov.dk/model/core/eid/professional/cvr")] {
            let client = app.nobody();
            let response = come_back(&client, provider, &claims, Forgery::None).await;
            assert_eq!(response.status(), 403, "{claims}");
            assert!(is_nobody(&client).await, "{claims}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_way_back_that_was_not_begun_here_is_refused() {
    with_provider(async |app, provider| {
        let (victim, attacker) = (app.nobody(), app.nobody());
        let asked = begin(&attacker, "/sign-in").await;
        let code = provider.issue(
            &reporter(),
            parameter(&asked, "nonce"),
            parameter(&asked, "code_challenge"),
            Forgery::None,
        );
        let (state, issuer) = (parameter(&asked, "state"), &provider.issuer);
        let path = format!("/sign-in/callback?code={code}&state={state}");
        // The attacker's link in the victim's browser: without a cookie, and with one of another sign-in.
        assert_eq!(victim.get(&path).send().await.unwrap().status(), 400);
        begin(&victim, "/sign-in").await;
        assert_eq!(victim.get(&path).send().await.unwrap().status(), 400);
        assert!(is_nobody(&victim).await);
        for wrong in [
            format!("/sign-in/callback?code={code}&state=other"),
            format!("/sign-in/callback?code={code}"),
            format!("{path}&iss=https://evil.example"),
            format!("{path}&iss={issuer}/"),
        ] {
            assert_eq!(attacker.get(&wrong).send().await.unwrap().status(), 400, "{wrong}");
        }
        for refused in
            [format!("/sign-in/callback?error=access_denied&state={state}"), format!("{path}&error=x")]
        {
            assert_eq!(attacker.get(&refused).send().await.unwrap().status(), 403, "{refused}");
        }
        app.house.advance(chrono::TimeDelta::minutes(11));
        assert_eq!(attacker.get(&path).send().await.unwrap().status(), 400);
        assert!(is_nobody(&attacker).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_is_down_is_said_to_be_down() {
    with_provider(async |app, provider| {
        provider.stop_answering();
        let response = app.nobody().get("/sign-in").send().await.unwrap();
        assert_eq!(response.status(), 503);
        assert!(response.text().await.unwrap().contains("svarer ikke"));
        // Nothing of the demo is there.
        assert_eq!(app.nobody().get("/demo/people").send().await.unwrap().status(), 404);
    })
    .await;
}
