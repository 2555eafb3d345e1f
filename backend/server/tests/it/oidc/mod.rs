//! Sign-in through identity providers: real exchanges over HTTP, and the answers of a hostile one.

mod hostile;
mod log;
mod logout;
mod metadata;
mod provider;
mod several;
mod step_up;
mod trust;

use std::collections::BTreeMap;
use std::sync::Arc;

use provider::{Provider, SECRET, Signing};
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};
use varsel_server::config::{self, Config, Purpose};
use varsel_server::http::Door;
use varsel_server::oidc::Providers;
use varsel_services::domain::authorisation::Rights;
use varsel_services::domain::{Actor, Role};
use varsel_services::testing::{House, in_each_house};
use varsel_services::{Request, change};

use crate::attempts::nothing_there;
use crate::harness::{App, Client, document_id, header, with_door};

/// Who is signed in, as a page asks.
async fn me(client: &Client) -> Value {
    client.page("query Me", json!({})).await["data"]["me"].take()
}

/// The settings of a provider of that name, with what the defaults say.
pub(crate) fn settings(name: &str, issuer: &str) -> config::Provider {
    let prefix = format!("VARSEL_IDENTITY__PROVIDERS__{}", name.to_uppercase());
    let variables =
        [("ISSUER", issuer), ("CLIENT_ID", "varsel"), ("CLIENT_SECRET", SECRET), ("GRANTS", "claims")];
    let variables = variables.map(|(key, value)| (format!("{prefix}__{key}"), value.to_owned()));
    Config::load(None, variables, Purpose::Demo).unwrap().identity.providers.remove(name).unwrap()
}

/// Runs `test` against a server that signs people in through a provider of its own, called `name`.
async fn with_provider_as(
    name: &str,
    change: impl Fn(&mut config::Provider),
    test: impl AsyncFn(&App, &Provider),
) {
    in_each_house(async |house| {
        let provider = Provider::start(house.now());
        let mut settings = settings(name, &provider.issuer);
        change(&mut settings);
        let all = BTreeMap::from([(name.to_owned(), settings)]);
        let house = trusting(house, &all).await;
        let services = house.services.clone();
        let door =
            |address: &str| Door::Providers(Arc::new(Providers::new(all, address, &services).unwrap()));
        with_door(house, door, async |app| test(app, &provider).await).await;
        provider.stop().await;
    })
    .await;
}

/// The house with these providers in its configuration, at its first start.
pub(crate) async fn trusting(mut house: House, all: &BTreeMap<String, config::Provider>) -> House {
    house.services.providers = config::configured(all);
    assert_eq!(varsel_services::provider::adopt(&house.services).await.unwrap(), Vec::<String>::new());
    house
}

async fn with_provider(test: impl AsyncFn(&App, &Provider)) {
    with_provider_as("mitid", |_| {}, test).await;
}

/// A person of a company, as a business identity describes them.
fn reporter() -> Value {
    json!({
        "sub": "reporter-1", "acr": "https://data.gov.dk/concept/core/nsis/loa/Substantial", "sid": "session-1",
        "https://data.gov.dk/model/core/eid/fullName": "Ida Berg",
        "https://data.gov.dk/model/core/eid/professional/cvr": "99990104",
        "https://data.gov.dk/model/core/eid/professional/orgName": "Nordvind Elnet A/S",
    })
}

/// Begins a sign-in: the parameters with which the provider was called.
async fn begin(client: &Client, path: &str) -> BTreeMap<String, String> {
    let response = client.get(path).send().await.unwrap();
    assert_eq!(response.status(), 303, "{path}");
    let cookie = header(response.headers(), "set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    let url = reqwest::Url::parse(header(response.headers(), "location")).unwrap();
    url.query_pairs().into_owned().collect()
}

/// The way back that an honest provider takes for `asked`.
fn way_back(provider: &Provider, asked: &BTreeMap<String, String>, person: &Value) -> String {
    let token = Signing::honest().sign(&provider.claims(person, &asked["nonce"]).to_string());
    let code = provider.issue(Some(token), &asked["code_challenge"]);
    let back = asked["redirect_uri"].split_once("/sign-in/").unwrap().1;
    format!("/sign-in/{back}?code={code}&state={}&iss={}", asked["state"], provider.issuer)
}

/// Signs a person in.
async fn sign_in(client: &Client, provider: &Provider, person: &Value) {
    let asked = begin(client, "/sign-in").await;
    let response = client.get(&way_back(provider, &asked, person)).send().await.unwrap();
    assert_eq!(response.status(), 303, "{person}");
}

async fn is_nobody(client: &Client) -> bool {
    me(client).await.is_null()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_of_a_company_signs_in_and_comes_back_to_the_page() {
    with_provider(async |app, provider| {
        let client = app.nobody();
        let asked = begin(&client, "/sign-in?next=/report").await;
        assert_eq!(asked["response_type"], "code");
        assert_eq!(asked["code_challenge_method"], "S256");
        assert_eq!(asked["scope"], "openid profile email");
        assert!(asked["acr_values"].contains("loa/Substantial"));
        assert_eq!(asked["redirect_uri"], format!("{}/sign-in/mitid/callback", app.address));
        let path = way_back(provider, &asked, &reporter());
        let response = client.get(&path).send().await.unwrap();
        assert_eq!((response.status().as_u16(), header(response.headers(), "location")), (303, "/report"));
        let cookies: Vec<&str> =
            response.headers().get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap()).collect();
        assert!(
            cookies.iter().any(|cookie| cookie.starts_with("varsel=") && cookie.contains("SameSite=Strict"))
        );
        let me = me(&client).await;
        assert_eq!(
            (&me["name"], &me["organisation"]["cvr"]),
            (&json!("Ida Berg"), &json!("99990104")),
            "{me}"
        );
        let session = client.page("query Account", json!({})).await["data"]["mySessions"][0].take();
        assert_eq!((&session["current"], &session["provider"]["da"]), (&json!(true), &json!("mitid")));
        assert_eq!(session["assurance"], reporter()["acr"]);
        assert_eq!(session["authenticatedAt"], "2026-11-25T09:19:55+00:00");

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
        sign_in(&app.nobody(), provider, &officer).await;
        provider.behaviour().key = 1;
        let client = app.nobody();
        let asked = begin(&client, "/sign-in").await;
        let signing = Signing::honest().with("kid", json!("second")).by(provider::By::Key(1));
        let token = signing.sign(&provider.claims(&officer, &asked["nonce"]).to_string());
        let code = provider.issue(Some(token), &asked["code_challenge"]);
        let path =
            format!("/sign-in/mitid/callback?code={code}&state={}&iss={}", asked["state"], provider.issuer);
        assert_eq!(client.get(&path).send().await.unwrap().status(), 303);
        assert_eq!(provider.behaviour().fetched, 2);
        let me = me(&client).await;
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
            sign_in(&client, provider, &claims).await;
            let me = me(&client).await;
            assert_eq!(me["role"], "ADMINISTRATOR", "{me}");
            let person = me["id"].as_str().unwrap().parse().unwrap();
            let rights = Rights::default();
            let actor = Actor { person, name: String::new(), role: Role::Administrator, rights };
            let request = Request { actor: Some(actor), ..request.clone() };
            change::find(services, &request, proposed.change.id).await.unwrap().unwrap().approvable
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
async fn a_way_back_that_was_not_begun_in_this_browser_is_refused() {
    with_provider(async |app, provider| {
        let (victim, attacker) = (app.nobody(), app.nobody());
        let asked = begin(&attacker, "/sign-in").await;
        let path = way_back(provider, &asked, &reporter());
        // The attacker's link in the victim's browser: without a cookie, and with one of another sign-in.
        assert_eq!(victim.get(&path).send().await.unwrap().status(), 400);
        begin(&victim, "/sign-in").await;
        assert_eq!(victim.get(&path).send().await.unwrap().status(), 400);
        assert!(is_nobody(&victim).await);
        app.house.advance(chrono::TimeDelta::minutes(11));
        assert_eq!(attacker.get(&path).send().await.unwrap().status(), 400);
        assert!(is_nobody(&attacker).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_there_is_not_is_registered_whoever_names_it() {
    with_provider(async |app, _| {
        let registered = async || nothing_there(&app.house).await;
        let (client, before) = (app.nobody(), registered().await);
        for (request, n) in [
            (client.get("/sign-in/nowhere"), 1),
            (client.get("/sign-in/nowhere/callback?code=guessed&state=guessed"), 2),
            (client.post("/sign-in/nowhere/back-channel-logout").body("logout_token=guessed"), 3),
        ] {
            assert_eq!(request.send().await.unwrap().status(), 404, "{n}");
            assert_eq!(registered().await - before, n);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_without_a_function_is_turned_away() {
    with_provider(async |app, provider| {
        let client = app.nobody();
        let mut nobody = reporter();
        nobody.as_object_mut().unwrap().remove("https://data.gov.dk/model/core/eid/professional/cvr");
        let asked = begin(&client, "/sign-in").await;
        let response = client.get(&way_back(provider, &asked, &nobody)).send().await.unwrap();
        assert_eq!(response.status(), 403);
        assert!(response.text().await.unwrap().contains("MitID Erhverv"));
        assert!(is_nobody(&client).await);
    })
    .await;
}

/// Who somebody is that has nothing but this token of a session.
async fn shown(app: &App, token: &str) -> Value {
    let request = app.nobody().post("/graphql").header("cookie", format!("varsel={token}"));
    let answer = request.json(&json!({ "documentId": document_id("query Me") })).send().await.unwrap();
    answer.json::<Value>().await.unwrap()["data"]["me"].take()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_ends_the_session_that_the_browser_had_and_a_stolen_cookie_is_worth_nothing_after_it() {
    with_provider(async |app, provider| {
        let client = app.nobody();
        // Fixation: a token that somebody else chose is never taken over.
        let fixed = "chosen-by-the-attacker-chosen-by-the-attack";
        let sent = client.get("/sign-in").send().await.unwrap();
        let begun = header(sent.headers(), "set-cookie").split(';').next().unwrap().to_owned();
        let url = reqwest::Url::parse(header(sent.headers(), "location")).unwrap();
        let path = way_back(provider, &url.query_pairs().into_owned().collect(), &reporter());
        assert!(shown(app, fixed).await.is_null(), "before");
        let both = format!("varsel={fixed}; {begun}");
        let response = client.get(&path).header("cookie", both).send().await.unwrap();
        assert_eq!(response.status(), 303);
        let mut cookies = response.headers().get_all("set-cookie").iter().map(|it| it.to_str().unwrap());
        let stolen = cookies.find_map(|it| it.strip_prefix("varsel=")).unwrap();
        let stolen = stolen.split(';').next().unwrap().to_owned();
        assert_ne!(stolen, fixed);
        assert!(shown(app, fixed).await.is_null(), "and after");
        assert_eq!(
            shown(app, &stolen).await["name"],
            "Ida Berg",
            "the control: it is worth something before"
        );
        sign_in(&client, provider, &reporter()).await;
        assert!(shown(app, &stolen).await.is_null());
        assert!(!is_nobody(&client).await);
    })
    .await;
}
