//! A provider whose settings are not those that two administrators trust opens nothing, and the others work on.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;
use varsel_server::config;
use varsel_server::http::Door;
use varsel_server::oidc::Providers;
use varsel_services::testing::{House, in_each_house};
use varsel_services::{change, provider as trusted};

use super::provider::Provider;
use super::{begin, is_nobody, me, reporter, settings, sign_in, trusting, way_back};
use crate::harness::{App, with_door};

const REASON: &str = "The broker moves to another client id.";

/// A house that trusts two providers, and whose configuration then gives the second one other settings.
async fn with_a_changed_provider(test: impl AsyncFn(&App, &House, &Provider)) {
    in_each_house(async |house| {
        let (steady, changed) = (Provider::start(house.now()), Provider::start(house.now()));
        let of = |provider: &Provider, name: &str| (name.to_owned(), settings(name, &provider.issuer));
        let mut all = BTreeMap::from([of(&steady, "broker"), of(&changed, "mitid")]);
        let mut house = trusting(house, &all).await;
        all.get_mut("mitid").unwrap().claims.unit = vec!["department".to_owned()];
        house.services.providers = config::configured(&all);
        let services = house.services.clone();
        let door =
            |address: &str| Door::Providers(Arc::new(Providers::new(all, address, &services).unwrap()));
        let inner = house.clone();
        with_door(house, door, async |app| test(app, &inner, &changed).await).await;
        steady.stop().await;
        changed.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn changed_settings_open_nothing_until_two_have_decided() {
    with_a_changed_provider(async |app, house, provider| {
        assert_eq!(trusted::adopt(&house.services).await.unwrap(), ["mitid"], "a later start adopts nothing");
        let client = app.nobody();
        let listed: Value = client.get("/sign-in/providers").send().await.unwrap().json().await.unwrap();
        assert_eq!(listed.as_array().unwrap().len(), 1, "only the one that is trusted: {listed}");
        let refused = client.get("/sign-in/mitid").send().await.unwrap();
        assert_eq!(refused.status(), 403);
        assert!(refused.text().await.unwrap().contains("two administrators"));

        let (first, second) =
            (house.request("administrator").await, house.request("administrator-second").await);
        let proposed = trusted::propose(&house.services, &first, "mitid", REASON).await.unwrap().unwrap();
        assert!(proposed.change.payload.contains(r#""claims.unit":["department"]"#));
        assert_eq!(client.get("/sign-in/mitid").send().await.unwrap().status(), 403, "one is not enough");
        let sha256 = &proposed.change.payload_sha256;
        change::approve(&house.services, &second, proposed.change.id, sha256).await.unwrap().unwrap();

        let asked = begin(&client, "/sign-in/mitid").await;
        let back = client.get(&way_back(provider, &asked, &reporter())).send().await.unwrap();
        assert_eq!(back.status(), 303);
        assert_eq!(me(&client).await["role"], "REPORTER");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_came_in_on_other_settings_comes_in_again() {
    in_each_house(async |house| {
        let (steady, raised) = (Provider::start(house.now()), Provider::start(house.now()));
        let of = |provider: &Provider, name: &str| (name.to_owned(), settings(name, &provider.issuer));
        let all = BTreeMap::from([of(&steady, "broker"), of(&raised, "mitid")]);
        let house = trusting(house, &all).await;
        let mut services = house.services.clone();
        let mut higher = all.clone();
        higher.get_mut("mitid").unwrap().acr = vec!["high".to_owned()];
        services.providers = config::configured(&higher);
        let inner = house.services.clone();
        let door = |address: &str| Door::Providers(Arc::new(Providers::new(all, address, &inner).unwrap()));
        with_door(house.clone(), door, async |app| {
            let (stays, goes) = (app.nobody(), app.nobody());
            for (client, provider, name) in [(&stays, &steady, "broker"), (&goes, &raised, "mitid")] {
                let asked = begin(client, &format!("/sign-in/{name}")).await;
                let back = client.get(&way_back(provider, &asked, &reporter())).send().await.unwrap();
                assert_eq!(back.status(), 303, "{name}");
                assert!(!is_nobody(client).await, "{name}");
            }
            let (first, second) =
                (house.request("administrator").await, house.request("administrator-second").await);
            let proposed = trusted::propose(&services, &first, "mitid", REASON).await.unwrap().unwrap();
            let (id, sha256) = (proposed.change.id, &proposed.change.payload_sha256);
            change::approve(&services, &second, id, sha256).await.unwrap().unwrap();
            assert!(is_nobody(&goes).await, "at a level that is too low now");
            assert!(!is_nobody(&stays).await, "through another provider");
        })
        .await;
        steady.stop().await;
        raised.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_that_was_under_way_when_the_settings_changed_ends_nowhere() {
    in_each_house(async |house| {
        let provider = Provider::start(house.now());
        let all = BTreeMap::from([("mitid".to_owned(), settings("mitid", &provider.issuer))]);
        let house = trusting(house, &all).await;
        let services = house.services.clone();
        let mut others = all.clone();
        others.get_mut("mitid").unwrap().acr = vec!["lower".to_owned()];
        let door =
            |address: &str| Door::Providers(Arc::new(Providers::new(all, address, &services).unwrap()));
        with_door(house.clone(), door, async |app| {
            let client = app.nobody();
            let asked = begin(&client, "/sign-in").await;
            // Two administrators trust other settings, as another server has them.
            let mut elsewhere = house.clone();
            elsewhere.services.providers = config::configured(&others);
            trusted::trust_at_command_line(&elsewhere.services, "mitid", REASON).await.unwrap();
            let back = client.get(&way_back(&provider, &asked, &reporter())).send().await.unwrap();
            assert_eq!(back.status(), 403);
            assert!(is_nobody(&client).await);
            trusted::trust_at_command_line(&house.services, "mitid", REASON).await.unwrap();
            sign_in(&client, &provider, &reporter()).await;
        })
        .await;
        provider.stop().await;
    })
    .await;
}
