//! The provider tells that somebody has signed out there: honest tokens end sessions at once, forged ones end nothing.

use serde_json::{Value, json};

use super::provider::{By, Provider, Signing};
use super::{begin, is_nobody, log, reporter, sign_in, way_back, with_provider_as};
use crate::harness::{App, Client, header, registered};

async fn tell(app: &App, name: &str, token: &str) -> reqwest::Response {
    let path = format!("/sign-in/{name}/back-channel-logout");
    app.nobody().post(&path).form(&[("logout_token", token)]).send().await.unwrap()
}

async fn signed_in(app: &App, provider: &Provider) -> Client {
    let client = app.nobody();
    sign_in(&client, provider, &reporter()).await;
    client
}

/// What it is, what is changed in claims and signing, and a part of the reason in the log.
type Case = (&'static str, fn(&mut Value, &mut Signing, &Provider), &'static str);

const FORGED: [Case; 15] = [
    ("not signed", |_, s, _| *s = Signing::honest().with("alg", json!("none")).by(By::Nobody), "algorithm"),
    (
        "by the client's secret",
        |_, s, _| *s = Signing::honest().with("alg", json!("HS256")).by(By::ClientSecret),
        "algorithm",
    ),
    ("by another key", |_, s, _| *s = Signing::honest().by(By::Key(1)), "not the provider's"),
    ("of another kind", |_, s, _| *s = Signing::honest().with("typ", json!("at+jwt")), "another kind"),
    ("another issuer", |c, _, _| c["iss"] = json!("https://evil.example"), "issuer"),
    ("for another", |c, _, _| c["aud"] = json!("another"), "(aud)"),
    ("without the event", |c, _, _| c["events"] = json!({}), "(events)"),
    (
        "with another event",
        |c, _, _| c["events"] = json!({ "http://schemas.openid.net/event/other": {} }),
        "(events)",
    ),
    (
        "an event that is no object",
        |c, _, _| c["events"] = json!({ "http://schemas.openid.net/event/backchannel-logout": 1 }),
        "(events)",
    ),
    ("with a nonce", |c, _, _| c["nonce"] = json!("n"), "nonce"),
    ("without an id", |c, _, _| c["jti"] = Value::Null, "jti"),
    ("about nobody", |c, _, _| c["sub"] = Value::Null, "neither a person nor a session"),
    ("from the future", |c, _, p| c["iat"] = json!(p.now.timestamp() + 61), "future"),
    ("too old", |c, _, p| c["iat"] = json!(p.now.timestamp() - 661), "too long ago"),
    ("expired", |c, _, p| c["exp"] = json!(p.now.timestamp()), "expired"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_logout_token_ends_nothing() {
    log::listen();
    with_provider_as(
        "forger",
        |_| {},
        async |app, provider| {
            let client = signed_in(app, provider).await;
            let refused = async |name: &str, token: &str, reason: &str| {
                let before = registered(&app.house).await;
                let response = tell(app, "forger", token).await;
                assert_eq!(response.status(), 400, "{name}");
                assert_eq!(registered(&app.house).await - before, 1, "{name}");
                assert_eq!(header(response.headers(), "cache-control"), "no-store");
                let logged =
                    log::reason("forger", header(response.headers(), "x-request-id")).unwrap_or_default();
                assert!(logged.contains(reason), "{name}: {logged}");
                let answer: Value = response.json().await.unwrap();
                assert_eq!(answer["error"], "invalid_request", "{name}");
                assert!(!is_nobody(&client).await, "{name}");
            };
            for (number, (name, change, reason)) in FORGED.iter().enumerate() {
                let (mut claims, mut signing) =
                    (provider.logout_claims(&format!("forged-{number}")), Signing::honest());
                change(&mut claims, &mut signing, provider);
                refused(name, &signing.sign(&claims.to_string()), reason).await;
            }
            let identity = Signing::honest().sign(&provider.claims(&reporter(), "n").to_string());
            refused("an identity token", &identity, "(events)").await;
            refused("nothing", "", "three parts").await;
            let path = "/sign-in/forger/back-channel-logout";
            let honest = Signing::honest().sign(&provider.logout_claims("honest").to_string());
            let twice = [("logout_token", honest.as_str()), ("logout_token", honest.as_str())];
            let before = registered(&app.house).await;
            for request in
                [app.nobody().post(path).form(&twice), app.nobody().post(path).form(&[("token", &honest)])]
            {
                assert_eq!(request.send().await.unwrap().status(), 400);
            }
            let as_json = app.nobody().post(path).json(&json!({ "logout_token": honest }));
            assert_eq!(as_json.send().await.unwrap().status(), 415);
            assert_eq!(registered(&app.house).await - before, 3);
            assert_eq!(app.nobody().get(path).send().await.unwrap().status(), 404);
            assert_eq!(tell(app, "nobody", &honest).await.status(), 404);
            assert!(!is_nobody(&client).await);
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_honest_logout_token_ends_the_sessions_at_once_and_only_once() {
    with_provider_as(
        "mitid",
        |_| {},
        async |app, provider| {
            let token = |jti: &str, sid: Value| {
                let mut claims = provider.logout_claims(jti);
                claims["sid"] = sid;
                Signing::honest().with("typ", json!("logout+jwt")).sign(&claims.to_string())
            };
            let (client, other) = (signed_in(app, provider).await, app.nobody());
            let asked = begin(&other, "/sign-in").await;
            let mut elsewhere = reporter();
            elsewhere["sid"] = json!("session-2");
            assert_eq!(
                other.get(&way_back(provider, &asked, &elsewhere)).send().await.unwrap().status(),
                303
            );

            let first = token("1", json!("session-1"));
            let response = tell(app, "mitid", &first).await;
            assert_eq!(
                (response.status().as_u16(), header(response.headers(), "cache-control")),
                (200, "no-store")
            );
            assert!(is_nobody(&client).await, "the session of that sid");
            assert!(!is_nobody(&other).await, "and not the other");

            let again = signed_in(app, provider).await;
            let before = registered(&app.house).await;
            assert_eq!(tell(app, "mitid", &first).await.status(), 400, "a replay");
            assert_eq!(registered(&app.house).await - before, 1);
            assert!(!is_nobody(&again).await);
            assert_eq!(tell(app, "mitid", &token("2", Value::Null)).await.status(), 200, "all of the person");
            assert!(is_nobody(&again).await && is_nobody(&other).await);
            assert_eq!(
                tell(app, "mitid", &token("3", Value::Null)).await.status(),
                200,
                "nothing left to end"
            );
        },
    )
    .await;
}
