//! What a provider says about itself: it is bounded, it is believed only about itself, and nobody waits for it long.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use serde_json::{Value, json};
use varsel_server::http::Door;
use varsel_server::oidc::Providers;
use varsel_services::testing::in_each_house;

use super::provider::Provider;
use super::{begin, is_nobody, reporter, settings, trusting, way_back, with_provider};
use crate::harness::{App, header, registered, with_door};

/// What somebody is answered who wants to sign in; it is registered if that is no way to the provider.
async fn status(app: &App) -> u16 {
    let before = registered(&app.house).await;
    let status = app.nobody().get("/sign-in").send().await.unwrap().status().as_u16();
    assert_eq!(registered(&app.house).await - before, usize::from(status != 303), "{status}");
    status
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_is_down_is_said_to_be_down_until_it_answers() {
    with_provider(async |app, provider| {
        provider.behaviour().down = true;
        let response = app.nobody().get("/sign-in").send().await.unwrap();
        assert_eq!(response.status(), 503);
        assert!(response.text().await.unwrap().contains("svarer ikke"));
        // Nothing of the demo is there.
        assert_eq!(app.nobody().get("/demo/people").send().await.unwrap().status(), 404);
        provider.behaviour().down = false;
        assert_eq!(status(app).await, 503, "it is left in peace for a moment");
        app.house.advance(TimeDelta::seconds(5));
        assert_eq!(status(app).await, 303);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_is_believed_about_itself_only_and_over_a_safe_line() {
    with_provider(async |app, provider| {
        let slash = json!({ "issuer": format!("{}/", provider.issuer) });
        for wrong in [
            json!({ "issuer": "https://evil.example" }),
            slash,
            json!({ "issuer": Value::Null }),
            json!({ "authorization_endpoint": "http://evil.example/authorize" }),
            json!({ "token_endpoint": "http://evil.example/token" }),
            json!({ "jwks_uri": "http://evil.example/keys" }),
            json!({ "jwks_uri": "file:///etc/passwd" }),
            json!({ "end_session_endpoint": "javascript:alert(1)" }),
            json!({ "token_endpoint": Value::Null }),
            json!({ "filler": "x".repeat(300_000) }),
        ] {
            provider.behaviour().metadata = wrong;
            assert_eq!(status(app).await, 503, "{}", provider.behaviour().metadata);
            app.house.advance(TimeDelta::seconds(5));
        }
        provider.behaviour().metadata = json!({});
        assert_eq!(status(app).await, 303);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_sends_this_server_nowhere() {
    with_provider(async |app, provider| {
        let inside = TcpListener::bind("127.0.0.1:0").unwrap();
        inside.set_nonblocking(true).unwrap();
        let address = format!("http://{}/latest/meta-data", inside.local_addr().unwrap());
        provider.behaviour().sends_to = Some(address);
        assert_eq!(status(app).await, 503);
        let came = inside.accept().map(|_| ()).unwrap_err();
        assert_eq!(came.kind(), ErrorKind::WouldBlock, "nobody came");
        provider.behaviour().sends_to = None;
        app.house.advance(TimeDelta::seconds(5));
        assert_eq!(status(app).await, 303);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_that_are_none_or_endless_sign_nobody_in() {
    with_provider(async |app, provider| {
        let huge = format!("{{\"keys\":[{}]}}", vec!["{}"; 200_000].join(","));
        for keys in ["", "[]", "{\"keys\":[]}", "{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}]}", &huge] {
            provider.behaviour().keys = Some(keys.as_bytes().to_vec());
            let client = app.nobody();
            let asked = begin(&client, "/sign-in").await;
            let before = registered(&app.house).await;
            let back = client.get(&way_back(provider, &asked, &reporter())).send().await.unwrap();
            assert!([403, 503].contains(&back.status().as_u16()), "{}", back.status());
            assert_eq!(registered(&app.house).await - before, 1, "{keys:.50}");
            assert!(is_nobody(&client).await);
            app.house.advance(TimeDelta::minutes(1));
        }
        provider.behaviour().keys = None;
        let client = app.nobody();
        let asked = begin(&client, "/sign-in").await;
        assert_eq!(client.get(&way_back(provider, &asked, &reporter())).send().await.unwrap().status(), 303);
    })
    .await;
}

/// Where each of three providers hangs, which is its name, too.
const HANGING: [&str; 3] = ["metadata", "token", "keys"];

/// Runs `test` against a server for these three: what waits for the one is waited for with the others.
async fn with_hanging(test: impl AsyncFn(&App, &[Provider; 3])) {
    in_each_house(async |house| {
        let providers = HANGING.map(|_| Provider::start(house.now()));
        let settings = HANGING.iter().zip(&providers).map(|(name, it)| settings(name, &it.issuer));
        let all: BTreeMap<_, _> = HANGING.map(str::to_owned).into_iter().zip(settings).collect();
        let house = trusting(house, &all).await;
        let services = house.services.clone();
        let door =
            |address: &str| Door::Providers(Arc::new(Providers::new(all, address, &services).unwrap()));
        let [metadata, token, keys] = &providers;
        metadata.behaviour().delay.metadata = Duration::from_mins(5);
        token.behaviour().delay.token = Duration::from_mins(5);
        keys.behaviour().delay.keys = Duration::from_mins(5);
        with_door(house, door, async |app| test(app, &providers).await).await;
        for provider in &providers {
            provider.stop().await;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_hangs_holds_up_nobody_for_long() {
    with_hanging(async |app, [_, token, keys]| {
        let ask = async || app.nobody().get("/sign-in/metadata").send().await.unwrap().status().as_u16();
        let back = async |provider: &Provider, name: &str| {
            let client = app.nobody();
            let asked = begin(&client, &format!("/sign-in/{name}")).await;
            let back = client.get(&way_back(provider, &asked, &reporter())).send().await.unwrap();
            assert!(is_nobody(&client).await, "{name}");
            back.status().as_u16()
        };
        let (before, begun) = (registered(&app.house).await, Instant::now());
        let answered = tokio::join!(
            ask(),
            ask(),
            back(token, "token"),
            back(token, "token"),
            back(keys, "keys"),
            back(keys, "keys"),
        );
        assert_eq!(answered, (503, 503, 503, 503, 503, 503));
        assert!(
            begun.elapsed() < Duration::from_secs(20),
            "{:?}: they did not wait one after the other",
            begun.elapsed()
        );
        assert_eq!(registered(&app.house).await - before, 6);
        // What has no need of it goes on.
        assert!(is_nobody(&app.nobody()).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_leads_to_the_page_on_which_one_signs_out_of_the_provider() {
    with_provider(async |app, provider| {
        let client = app.nobody();
        super::sign_in(&client, provider, &reporter()).await;
        let response = client.post("/sign-out").send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert!(header(response.headers(), "set-cookie").starts_with("varsel=;"));
        let answer: Value = response.json().await.unwrap();
        let next = reqwest::Url::parse(answer["next"].as_str().unwrap()).unwrap();
        let query: Vec<_> = next.query_pairs().into_owned().collect();
        assert_eq!(next.as_str().split('?').next(), Some(format!("{}/end", provider.issuer).as_str()));
        let home = format!("{}/", app.address);
        let expected = [("client_id", "varsel"), ("post_logout_redirect_uri", home.as_str())];
        assert_eq!(query, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert!(is_nobody(&client).await);
        // Whoever is not signed in has nothing to sign out of.
        assert_eq!(client.post("/sign-out").send().await.unwrap().status(), 204);
    })
    .await;
}
