//! What a hostile provider, or somebody between it and us, can send back: all of it is refused, each for its reason.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::provider::{By, Provider, Signing, published};
use super::{begin, is_nobody, log, reporter, with_provider_as};
use crate::harness::{header, registered};

/// A way back from the provider, honest until it is changed.
struct Attempt {
    claims: Value,
    /// The claims as text, where they are no JSON that could be built.
    text: Option<String>,
    signing: Signing,
    /// What is done to the token after it was signed.
    token: fn(String) -> Option<String>,
    challenge: String,
    query: BTreeMap<&'static str, String>,
}

impl Attempt {
    fn claim(&mut self, name: &str, value: Value) {
        let claims = self.claims.as_object_mut().unwrap();
        claims.remove(name);
        if !value.is_null() {
            claims.insert(name.to_owned(), value);
        }
    }

    fn sign(&mut self, change: impl FnOnce(Signing) -> Signing) {
        self.signing = change(self.signing.clone());
    }
}

/// What it is, what is changed, the status that answers it, and a part of the reason in the log.
type Case = (&'static str, fn(&mut Attempt, &Provider), u16, &'static str);

const SIGNATURES: [Case; 16] = [
    (
        "no signature at all",
        |a, _| a.sign(|s| s.with("alg", json!("none")).by(By::Nobody)),
        403,
        "algorithm \"none\"",
    ),
    (
        "none in other letters",
        |a, _| a.sign(|s| s.with("alg", json!("nOnE")).by(By::Nobody)),
        403,
        "algorithm \"nOnE\"",
    ),
    (
        "an algorithm that is no text",
        |a, _| a.sign(|s| s.with("alg", json!(["RS256"]))),
        403,
        "algorithm \"\"",
    ),
    ("an empty signature", |a, _| a.sign(|s| s.by(By::Nobody)), 403, "not the provider's"),
    (
        "HS256 by the client's secret",
        |a, _| a.sign(|s| s.with("alg", json!("HS256")).by(By::ClientSecret)),
        403,
        "\"HS256\"",
    ),
    (
        "HS256 by the public key",
        |a, _| a.sign(|s| s.with("alg", json!("HS256")).by(By::PublicKey)),
        403,
        "\"HS256\"",
    ),
    ("an HMAC called RS256", |a, _| a.sign(|s| s.by(By::PublicKey)), 403, "not the provider's"),
    (
        "an algorithm that is not on the list",
        |a, _| a.sign(|s| s.with("alg", json!("RS512"))),
        403,
        "\"RS512\"",
    ),
    ("PS256 that is RS256", |a, _| a.sign(|s| s.with("alg", json!("PS256"))), 403, "not the provider's"),
    (
        "another key under the provider's name for its own",
        |a, _| a.sign(|s| s.by(By::Key(1))),
        403,
        "not the provider's",
    ),
    ("an unknown key", |a, _| a.sign(|s| s.with("kid", json!("second")).by(By::Key(1))), 403, "has no key"),
    ("a key in the header", |a, _| a.sign(|s| embedded(s).with("jwk", published(1))), 403, "has no key"),
    (
        "an address for keys",
        |a, _| a.sign(|s| embedded(s).with("jku", json!("https://evil.example/k"))),
        403,
        "has no key",
    ),
    (
        "an address for certificates",
        |a, _| a.sign(|s| embedded(s).with("x5u", json!("https://evil.example/c"))),
        403,
        "has no key",
    ),
    (
        "a certificate in the header",
        |a, _| a.sign(|s| embedded(s).with("x5c", json!(["MIIB"]))),
        403,
        "has no key",
    ),
    (
        "an extension that must be understood",
        |a, _| a.sign(|s| s.with("crit", json!(["exp"]))),
        403,
        "(crit)",
    ),
];

fn embedded(signing: Signing) -> Signing {
    signing.with("kid", json!("second")).by(By::Key(1))
}

const FORMS: [Case; 9] = [
    ("no token", |a, _| a.token = |_| None, 403, "there is none"),
    ("two parts", |a, _| a.token = |t| t.rsplit_once('.').map(|(t, _)| t.to_owned()), 403, "three parts"),
    ("five parts, as if encrypted", |a, _| a.token = |t| Some(format!("{t}.x.y")), 403, "three parts"),
    ("padding", |a, _| a.token = |t| Some(format!("{t}==")), 403, "does not hold"),
    ("claims changed after the signature", |a, _| a.token = |t| Some(swapped(&t)), 403, "not the provider's"),
    ("a claim twice", |a, _| a.text = Some(twice(&a.claims)), 403, "sub stands twice"),
    ("claims that are a list", |a, _| a.text = Some("[]".to_owned()), 403, "expected an object"),
    ("an endless claim", |a, _| a.claim("name", json!("x".repeat(40_000))), 403, "larger than 32 kB"),
    ("an access token", |a, _| a.sign(|s| s.with("typ", json!("at+jwt"))), 403, "another kind"),
];

fn twice(claims: &Value) -> String {
    claims.to_string().replacen('{', r#"{"sub":"officer-1","#, 1)
}

fn swapped(token: &str) -> String {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let parts: Vec<&str> = token.split('.').collect();
    let claims = String::from_utf8(URL_SAFE_NO_PAD.decode(parts[1]).unwrap()).unwrap();
    let changed = URL_SAFE_NO_PAD.encode(claims.replace("reporter-1", "officer-1"));
    format!("{}.{changed}.{}", parts[0], parts[2])
}

const CLAIMS: [Case; 27] = [
    ("another issuer", |a, _| a.claim("iss", json!("https://evil.example")), 403, "issuer is another"),
    (
        "the issuer with a slash",
        |a, p| a.claim("iss", json!(format!("{}/", p.issuer))),
        403,
        "issuer is another",
    ),
    ("no issuer", |a, _| a.claim("iss", Value::Null), 403, "issuer is another"),
    ("another audience", |a, _| a.claim("aud", json!("another")), 403, "(aud)"),
    ("an audience that begins like ours", |a, _| a.claim("aud", json!("varsel-test")), 403, "(aud)"),
    ("a second audience", |a, _| a.claim("aud", json!(["varsel", "another"])), 403, "(aud)"),
    ("no audience", |a, _| a.claim("aud", Value::Null), 403, "(aud)"),
    ("issued to another party", |a, _| a.claim("azp", json!("another")), 403, "(azp)"),
    ("a party that is no text", |a, _| a.claim("azp", json!(["varsel"])), 403, "(azp)"),
    ("another nonce", |a, _| a.claim("nonce", json!("guessed")), 403, "nonce is another"),
    ("no nonce", |a, _| a.claim("nonce", Value::Null), 403, "nonce is another"),
    ("another access token", |a, _| a.claim("at_hash", json!("77QmUPtjPfzWtF2AnpK9RQ")), 403, "(at_hash)"),
    ("an access token's hash that is no text", |a, _| a.claim("at_hash", json!(7)), 403, "(at_hash)"),
    ("expired this second", |a, p| a.claim("exp", json!(p.now.timestamp())), 403, "expired"),
    ("no end", |a, _| a.claim("exp", Value::Null), 403, "no end"),
    ("an end in words", |a, _| a.claim("exp", json!("never")), 403, "no end"),
    (
        "issued in the future",
        |a, p| a.claim("iat", json!(p.now.timestamp() + 61)),
        403,
        "issued in the future",
    ),
    ("issued long ago", |a, p| a.claim("iat", json!(p.now.timestamp() - 661)), 403, "too long ago"),
    ("no time of issue", |a, _| a.claim("iat", Value::Null), 403, "no time of issue"),
    ("no assurance level", |a, _| a.claim("acr", Value::Null), 403, "level none"),
    (
        "a lower assurance level",
        |a, _| a.claim("acr", json!("https://data.gov.dk/concept/core/nsis/loa/Low")),
        403,
        "loa/Low",
    ),
    ("a lower level beside a good one", |a, _| a.claim("loa", json!("Low")), 403, "level Low"),
    (
        "signed in in the future",
        |a, p| a.claim("auth_time", json!(p.now.timestamp() + 61)),
        403,
        "(auth_time)",
    ),
    (
        "signed in too long ago",
        |a, p| a.claim("auth_time", json!(p.now.timestamp() - 3_661)),
        403,
        "recently",
    ),
    ("no time of signing in", |a, _| a.claim("auth_time", Value::Null), 403, "recently"),
    ("no subject", |a, _| a.claim("sub", json!("")), 403, "no subject"),
    ("a logout token", |a, p| a.claim("events", p.logout_claims("1")["events"].clone()), 403, "logout token"),
];

const ANSWERS: [Case; 9] = [
    (
        "another state",
        |a, _| drop(a.query.insert("state", "other".to_owned())),
        400,
        "not begun in this browser",
    ),
    ("no state", |a, _| drop(a.query.remove("state")), 400, "not begun in this browser"),
    (
        "another issuer's answer",
        |a, _| drop(a.query.insert("iss", "https://evil.example".to_owned())),
        400,
        "another provider",
    ),
    (
        "the issuer with a slash in the answer",
        |a, p| drop(a.query.insert("iss", format!("{}/", p.issuer))),
        400,
        "another provider",
    ),
    (
        "no issuer, though the provider promised to name it",
        |a, _| drop(a.query.remove("iss")),
        400,
        "another provider",
    ),
    ("a refusal", |a, _| drop(a.query.insert("error", "access_denied".to_owned())), 403, "access_denied"),
    ("no code", |a, _| drop(a.query.remove("code")), 403, "no code"),
    (
        "a code that was never given",
        |a, _| drop(a.query.insert("code", "guessed".to_owned())),
        403,
        "invalid_grant",
    ),
    (
        "a code for another verifier",
        |a, _| a.challenge = "of-another-sign-in".to_owned(),
        403,
        "invalid_grant",
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_a_hostile_provider_sends_signs_anybody_in() {
    log::listen();
    let max_age = |settings: &mut varsel_server::config::Provider| settings.max_age_minutes = Some(60);
    with_provider_as("hostile", max_age, async |app, provider| {
        let honest: Case = ("nothing at all, for control", |_, _| {}, 303, "");
        let cases = [honest].into_iter().chain(SIGNATURES).chain(FORMS).chain(CLAIMS).chain(ANSWERS);
        for (name, change, status, reason) in cases {
            let client = app.nobody();
            let asked = begin(&client, "/sign-in").await;
            let mut attempt = Attempt {
                claims: provider.claims(&reporter(), &asked["nonce"]),
                text: None,
                signing: Signing::honest(),
                token: Some,
                challenge: asked["code_challenge"].clone(),
                query: BTreeMap::from([
                    ("state", asked["state"].clone()),
                    ("iss", provider.issuer.clone()),
                    ("code", String::new()),
                ]),
            };
            change(&mut attempt, provider);
            let text = attempt.text.unwrap_or_else(|| attempt.claims.to_string());
            let token = (attempt.token)(attempt.signing.sign(&text));
            let code = provider.issue(token, &attempt.challenge);
            if let Some(empty) = attempt.query.get_mut("code").filter(|code| code.is_empty()) {
                *empty = code;
            }
            let before = registered(&app.house).await;
            let back = client.get("/sign-in/hostile/callback").query(&attempt.query).send().await.unwrap();
            assert_eq!(back.status(), status, "{name}");
            assert_eq!(registered(&app.house).await - before, usize::from(status != 303), "{name}");
            let request_id = header(back.headers(), "x-request-id").to_owned();
            let logged = log::reason("hostile", &request_id).unwrap_or_default();
            assert!(logged.contains(reason), "{name}: {logged}");
            assert_eq!(is_nobody(&client).await, status != 303, "{name}");
            if status != 303 {
                let page = back.text().await.unwrap();
                assert!(
                    page.contains("Du er ikke logget ind") && page.contains("You are not signed in"),
                    "{page}"
                );
            }
        }
        assert!(provider.behaviour().fetched <= 2, "{} fetches of the keys", provider.behaviour().fetched);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_pkce_is_stripped_the_nonce_still_binds_a_stolen_code() {
    with_provider_as(
        "mitid",
        |_| {},
        async |app, provider| {
            provider.behaviour().ignores_verifier = true;
            let (victim, attacker) = (app.nobody(), app.nobody());
            let (of_victim, of_attacker) =
                (begin(&victim, "/sign-in").await, begin(&attacker, "/sign-in").await);
            let token =
                Signing::honest().sign(&provider.claims(&reporter(), &of_victim["nonce"]).to_string());
            let stolen = provider.issue(Some(token), &of_victim["code_challenge"]);
            let query =
                [("code", stolen.as_str()), ("state", &of_attacker["state"]), ("iss", &provider.issuer)];
            let before = registered(&app.house).await;
            let back = attacker.get("/sign-in/mitid/callback").query(&query).send().await.unwrap();
            assert_eq!(back.status(), 403);
            assert_eq!(registered(&app.house).await - before, 1);
            assert!(is_nobody(&attacker).await);
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_good_for_one_sign_in() {
    with_provider_as(
        "mitid",
        |_| {},
        async |app, provider| {
            let client = app.nobody();
            let sent = client.get("/sign-in").send().await.unwrap();
            let cookie = header(sent.headers(), "set-cookie").split(';').next().unwrap().to_owned();
            let url = reqwest::Url::parse(header(sent.headers(), "location")).unwrap();
            let asked = url.query_pairs().into_owned().collect();
            let path = super::way_back(provider, &asked, &reporter());
            assert_eq!(client.get(&path).send().await.unwrap().status(), 303);
            // Even a browser that kept its cookie, which ours throws away, cannot use it again: the provider has forgotten it.
            let before = registered(&app.house).await;
            let again = app.nobody().get(&path).header("cookie", cookie).send().await.unwrap();
            assert_eq!(again.status(), 403);
            assert_eq!(registered(&app.house).await - before, 1);
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_unknown_keys_fetches_the_keys_once_a_minute() {
    with_provider_as(
        "mitid",
        |_| {},
        async |app, provider| {
            let attempt = async |number: usize| {
                let client = app.nobody();
                let asked = begin(&client, "/sign-in").await;
                let signing =
                    Signing::honest().with("kid", json!(format!("unknown-{number}"))).by(By::Key(1));
                let token = signing.sign(&provider.claims(&reporter(), &asked["nonce"]).to_string());
                let code = provider.issue(Some(token), &asked["code_challenge"]);
                let query = [("code", code.as_str()), ("state", &asked["state"]), ("iss", &provider.issuer)];
                let back = client.get("/sign-in/mitid/callback").query(&query).send().await.unwrap();
                assert_eq!(back.status(), 403);
            };
            for number in 0..20 {
                attempt(number).await;
            }
            assert_eq!(provider.behaviour().fetched, 2, "once to begin with, once for the first unknown key");
            app.house.advance(TimeDelta::seconds(59));
            attempt(20).await;
            assert_eq!(provider.behaviour().fetched, 2);
            app.house.advance(TimeDelta::seconds(1));
            attempt(21).await;
            attempt(22).await;
            assert_eq!(provider.behaviour().fetched, 3);
        },
    )
    .await;
}
