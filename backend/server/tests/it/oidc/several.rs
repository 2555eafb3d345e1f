//! Several providers side by side: businesses here, authorities there, and no answer of the one counts for the other.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};
use varsel_server::http::Door;
use varsel_server::oidc::Providers;
use varsel_services::testing::in_each_house;

use super::provider::{Provider, Signing};
use super::{begin, is_nobody, me, reporter, settings, trusting, way_back};
use crate::harness::{App, with_door};

async fn with_two(test: impl AsyncFn(&App, &Provider, &Provider)) {
    in_each_house(async |house| {
        let (business, authority) = (Provider::start(house.now()), Provider::start(house.now()));
        let mut of_authority = settings("authority", &authority.issuer);
        of_authority.acr = Vec::new();
        of_authority.label =
            Some(varsel_server::config::Label { da: "Myndigheder".to_owned(), en: "Authorities".to_owned() });
        let mut of_business = settings("mitid", &business.issuer);
        of_business.claims.unit = Vec::new();
        let all = BTreeMap::from([("authority".to_owned(), of_authority), ("mitid".to_owned(), of_business)]);
        let house = trusting(house, &all).await;
        let services = house.services.clone();
        let door =
            |address: &str| Door::Providers(Arc::new(Providers::new(all, address, &services).unwrap()));
        with_door(house, door, async |app| test(app, &business, &authority).await).await;
        business.stop().await;
        authority.stop().await;
    })
    .await;
}

fn officer() -> Value {
    json!({ "sub": "reporter-1", "name": "Mads Krogh", "varsel_unit": "sektorcert" })
}

#[tokio::test(flavor = "multi_thread")]
async fn people_choose_between_providers_which_are_as_strict_as_their_own_settings() {
    with_two(async |app, business, authority| {
        let listed: Value =
            app.nobody().get("/sign-in/providers").send().await.unwrap().json().await.unwrap();
        let expected = json!([
            { "name": "authority", "label": { "da": "Myndigheder", "en": "Authorities" } },
            { "name": "mitid", "label": { "da": "mitid", "en": "mitid" } },
        ]);
        assert_eq!(listed, expected);
        let page = app.nobody().get("/sign-in").send().await.unwrap();
        assert_ne!(page.status(), 303, "nobody is sent anywhere unasked");

        let client = app.nobody();
        let asked = begin(&client, "/sign-in/authority?next=/queue/sektorcert").await;
        let back = client.get(&way_back(authority, &asked, &officer())).send().await.unwrap();
        assert_eq!(
            (back.status().as_u16(), &back.headers()["location"]),
            (303, &"/queue/sektorcert".parse().unwrap())
        );
        let who = me(&client).await;
        assert_eq!(who["role"], "OFFICER");

        // The same subject at another issuer is another person, and this provider cannot make anybody an officer.
        let client = app.nobody();
        let asked = begin(&client, "/sign-in/mitid").await;
        let mut claims = reporter();
        claims["varsel_unit"] = json!("sektorcert");
        assert_eq!(client.get(&way_back(business, &asked, &claims)).send().await.unwrap().status(), 303);
        let other = me(&client).await;
        assert_eq!(other["role"], "REPORTER");
        assert_ne!(who["id"], other["id"]);
        // Without an assurance level the one is content, and the other is not.
        let client = app.nobody();
        let asked = begin(&client, "/sign-in/mitid").await;
        claims["acr"] = Value::Null;
        assert_eq!(client.get(&way_back(business, &asked, &claims)).send().await.unwrap().status(), 403);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_of_one_provider_does_not_count_for_another() {
    with_two(async |app, business, authority| {
        // Mix-up: the person asked the business provider; the authority's, or whoever poses as it, answers in its place.
        for (answering, path) in [(authority, "mitid"), (authority, "authority"), (business, "authority")] {
            let client = app.nobody();
            let asked = begin(&client, "/sign-in/mitid").await;
            let token = Signing::honest().sign(&answering.claims(&officer(), &asked["nonce"]).to_string());
            let code = answering.issue(Some(token), &asked["code_challenge"]);
            let query = [("code", &code), ("state", &asked["state"]), ("iss", &answering.issuer)];
            let path = format!("/sign-in/{path}/callback");
            let back = client.get(&path).query(&query).send().await.unwrap();
            assert_eq!(back.status(), 400, "{path}");
            assert!(is_nobody(&client).await);
        }
        // Nor does a code of the one in an answer that claims to be the other's.
        let client = app.nobody();
        let asked = begin(&client, "/sign-in/mitid").await;
        let token = Signing::honest().sign(&authority.claims(&officer(), &asked["nonce"]).to_string());
        let code = business.issue(Some(token), &asked["code_challenge"]);
        let query = [("code", &code), ("state", &asked["state"]), ("iss", &business.issuer)];
        let back = client.get("/sign-in/mitid/callback").query(&query).send().await.unwrap();
        assert_eq!(back.status(), 403);
        assert!(is_nobody(&client).await);
    })
    .await;
}
