//! Showing once more who one is, and becoming the first administrator with it.

use chrono::TimeDelta;
use serde_json::{Value, json};
use varsel_services::session::{Invitation, invite_administrator};

use super::provider::Signing;
use super::{begin, is_nobody, me, reporter, sign_in, with_provider};
use crate::harness::Client;

async fn try_to_become(client: &Client, token: &str) -> Value {
    let answer = client.page("mutation BecomeAdministrator", json!({ "token": token })).await;
    let code = answer.pointer("/errors/0/extensions/code");
    code.or_else(|| answer.pointer("/data/becomeAdministrator/role")).cloned().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_shows_again_who_one_is_and_nobody_else_can() {
    with_provider(async |app, provider| {
        let client = app.nobody();
        sign_in(&client, provider, &reporter()).await;
        let (store, ids) = (&app.house.services.store, &*app.house.services.ids);
        let reason = Some("the demo's is invented");
        let invited = invite_administrator(store, ids, app.house.now(), reason).await;
        let Ok(Invitation::Made(token)) = invited else { panic!("{invited:?}") };
        app.house.advance(TimeDelta::minutes(10));
        assert_eq!(try_to_become(&client, &token).await, "STEP_UP_REQUIRED");

        let now = app.house.now().timestamp();
        let attempt = async |subject: &str, auth_time: Value| {
            let asked = begin(&client, "/sign-in/again?next=/account/bootstrap").await;
            assert_eq!((asked["prompt"].as_str(), asked["max_age"].as_str()), ("login", "0"));
            let mut claims = provider.claims(&reporter(), &asked["nonce"]);
            (claims["sub"], claims["auth_time"]) = (json!(subject), auth_time);
            (claims["iat"], claims["exp"]) = (json!(now), json!(now + 300));
            let code =
                provider.issue(Some(Signing::honest().sign(&claims.to_string())), &asked["code_challenge"]);
            let query = [("code", code.as_str()), ("state", &asked["state"]), ("iss", &provider.issuer)];
            client.get("/sign-in/mitid/callback").query(&query).send().await.unwrap()
        };
        // A provider that lets the old session through, or says nothing, and another person who comes back.
        assert_eq!(attempt("reporter-1", json!(now - 600)).await.status(), 403);
        assert_eq!(attempt("reporter-1", Value::Null).await.status(), 403);
        assert_eq!(attempt("reporter-2", json!(now)).await.status(), 403);
        assert!(!is_nobody(&client).await, "whoever fails stays who they were");
        assert_eq!(try_to_become(&client, &token).await, "STEP_UP_REQUIRED");

        let back = attempt("reporter-1", json!(now)).await;
        assert_eq!(
            (back.status().as_u16(), &back.headers()["location"]),
            (303, &"/account/bootstrap".parse().unwrap())
        );
        assert_eq!(try_to_become(&client, "guessed").await, "INVALID");
        assert_eq!(try_to_become(&client, &token).await, "ADMINISTRATOR");
        assert_eq!(try_to_become(&client, &token).await, "INVALID", "it counts once");
        // What was given here stays given when the provider knows nothing of it.
        let back = attempt("reporter-1", json!(now)).await;
        assert_eq!(back.status(), 303);
        assert_eq!(me(&client).await["role"], "ADMINISTRATOR");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_not_signed_in_signs_in_as_if_for_the_first_time() {
    with_provider(async |app, _| {
        let response = app.nobody().get("/sign-in/again?next=/account").send().await.unwrap();
        assert_eq!(
            (response.status().as_u16(), &response.headers()["location"]),
            (303, &"/sign-in".parse().unwrap())
        );
    })
    .await;
}
