//! An identity provider in this process, which can also forge.

use std::collections::HashMap;
use std::net::TcpListener;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::{App, HttpResponse, HttpServer, web};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use openidconnect::core::{CoreJsonWebKey, CoreJwsSigningAlgorithm, CoreRsaPrivateSigningKey};
use openidconnect::{JsonWebKeyId, PrivateSigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

pub(crate) const ACCESS_TOKEN: &str = "an access token that nobody uses";
pub(crate) const SECRET: &str = "the client secret";

/// Who signs a token, and what its header says beside that.
#[derive(Debug, Clone)]
pub(crate) struct Signing {
    pub(crate) header: Value,
    pub(crate) by: By,
}

/// What stands in a token as its signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    /// The key with that number: 0 is the one the provider publishes at first.
    Key(usize),
    /// HMAC by the client's secret.
    ClientSecret,
    /// HMAC by the text of the public key.
    PublicKey,
    /// Nothing.
    Nobody,
}

impl Signing {
    /// As an honest provider does it.
    pub(crate) fn honest() -> Self {
        Self { header: json!({ "alg": "RS256", "kid": "first", "typ": "JWT" }), by: By::Key(0) }
    }

    /// With another header member; null takes it away.
    pub(crate) fn with(mut self, name: &str, value: Value) -> Self {
        let members = self.header.as_object_mut().unwrap();
        members.remove(name);
        if !value.is_null() {
            members.insert(name.to_owned(), value);
        }
        self
    }

    pub(crate) fn by(self, by: By) -> Self {
        Self { by, ..self }
    }

    /// A token with these claims, which are JSON as it will stand in it.
    pub(crate) fn sign(&self, claims: &str) -> String {
        let message =
            format!("{}.{}", URL_SAFE_NO_PAD.encode(self.header.to_string()), URL_SAFE_NO_PAD.encode(claims));
        let algorithm = CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256;
        let signature = match self.by {
            By::Key(number) => signing_key(number).sign(&algorithm, message.as_bytes()).unwrap(),
            By::ClientSecret => hmac(SECRET.as_bytes(), &message),
            By::PublicKey => hmac(published(0).to_string().as_bytes(), &message),
            By::Nobody => Vec::new(),
        };
        format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
}

fn hmac(key: &[u8], message: &str) -> Vec<u8> {
    use hmac::{Hmac, Mac};
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(message.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// How long the provider takes over its answers.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Delay {
    /// About itself.
    pub(crate) metadata: Duration,
    /// To a code.
    pub(crate) token: Duration,
    /// With its keys.
    pub(crate) keys: Duration,
}

/// How the provider behaves, and what it was asked.
pub(crate) struct Behaviour {
    /// Metadata members that are other than usual; null takes one away.
    pub(crate) metadata: Value,
    /// The number of the key it publishes.
    pub(crate) key: usize,
    /// The key set, where it is none at all.
    pub(crate) keys: Option<Vec<u8>>,
    pub(crate) delay: Delay,
    /// It answers 503.
    pub(crate) down: bool,
    /// Where its metadata are said to be instead.
    pub(crate) sends_to: Option<String>,
    /// How often its keys were fetched.
    pub(crate) fetched: usize,
    /// It takes any verifier, as if PKCE had been stripped.
    pub(crate) ignores_verifier: bool,
    codes: HashMap<String, Code>,
}

struct Code {
    token: Option<String>,
    challenge: String,
}

/// A running provider.
pub(crate) struct Provider {
    pub(crate) issuer: String,
    pub(crate) now: DateTime<Utc>,
    shared: Arc<Shared>,
    server: ServerHandle,
}

struct Shared {
    issuer: String,
    behaviour: Mutex<Behaviour>,
}

impl Shared {
    fn behaviour(&self) -> MutexGuard<'_, Behaviour> {
        self.behaviour.lock().unwrap()
    }
}

impl Provider {
    pub(crate) fn start(now: DateTime<Utc>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let behaviour = Behaviour {
            metadata: json!({}),
            key: 0,
            keys: None,
            delay: Delay::default(),
            down: false,
            sends_to: None,
            fetched: 0,
            ignores_verifier: false,
            codes: HashMap::new(),
        };
        let shared = Arc::new(Shared { issuer: issuer.clone(), behaviour: Mutex::new(behaviour) });
        let data = web::Data::from(Arc::clone(&shared));
        let server = HttpServer::new(move || {
            App::new()
                .app_data(data.clone())
                .route("/.well-known/openid-configuration", web::get().to(metadata))
                .route("/keys", web::get().to(keys))
                .route("/token", web::post().to(token))
        });
        let server = server.workers(1).listen(listener).unwrap().disable_signals().run();
        let handle = server.handle();
        tokio::spawn(server);
        Self { issuer, now, shared, server: handle }
    }

    pub(crate) async fn stop(&self) {
        self.server.stop(false).await;
    }

    /// To change how it behaves.
    pub(crate) fn behaviour(&self) -> MutexGuard<'_, Behaviour> {
        self.shared.behaviour()
    }

    /// What an honest identity token says: `person`, and what the protocol asks.
    pub(crate) fn claims(&self, person: &Value, nonce: &str) -> Value {
        let (now, mut claims) = (self.now.timestamp(), person.clone());
        let hash = Sha256::digest(ACCESS_TOKEN);
        for (name, value) in [
            ("iss", json!(self.issuer)),
            ("aud", json!("varsel")),
            ("iat", json!(now)),
            ("exp", json!(now + 600)),
            ("auth_time", json!(now - 5)),
            ("nonce", json!(nonce)),
            ("at_hash", json!(URL_SAFE_NO_PAD.encode(&hash[..16]))),
        ] {
            claims[name] = value;
        }
        claims
    }

    /// What an honest logout token says.
    pub(crate) fn logout_claims(&self, jti: &str) -> Value {
        let now = self.now.timestamp();
        json!({
            "iss": self.issuer, "aud": "varsel", "iat": now, "exp": now + 120, "jti": jti, "sub": "reporter-1",
            "events": { "http://schemas.openid.net/event/backchannel-logout": {} },
        })
    }

    /// A code for a token.
    pub(crate) fn issue(&self, token: Option<String>, challenge: &str) -> String {
        let mut behaviour = self.behaviour();
        let code = format!("code-{}", behaviour.codes.len());
        behaviour.codes.insert(code.clone(), Code { token, challenge: challenge.to_owned() });
        code
    }
}

async fn metadata(shared: web::Data<Shared>) -> HttpResponse {
    let (delay, down, sends_to) = {
        let behaviour = shared.behaviour();
        (behaviour.delay.metadata, behaviour.down, behaviour.sends_to.clone())
    };
    tokio::time::sleep(delay).await;
    if down {
        return HttpResponse::ServiceUnavailable().finish();
    }
    if let Some(address) = sends_to {
        return HttpResponse::TemporaryRedirect().insert_header(("location", address)).finish();
    }
    let issuer = &shared.issuer;
    let mut document = json!({
        "issuer": issuer, "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"), "jwks_uri": format!("{issuer}/keys"),
        "response_types_supported": ["code"], "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "authorization_response_iss_parameter_supported": true,
        "end_session_endpoint": format!("{issuer}/end"),
    });
    for (name, value) in shared.behaviour().metadata.as_object().unwrap() {
        document[name] = value.clone();
    }
    document.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    HttpResponse::Ok().json(document)
}

fn signing_key(number: usize) -> CoreRsaPrivateSigningKey {
    let (pem, id) =
        [(include_str!("first_key.pem"), "first"), (include_str!("second_key.pem"), "second")][number];
    CoreRsaPrivateSigningKey::from_pem(pem, Some(JsonWebKeyId::new(id.to_owned()))).unwrap()
}

/// A public key, as the key set has it.
pub(crate) fn published(number: usize) -> Value {
    let key: CoreJsonWebKey = signing_key(number).as_verification_key();
    serde_json::to_value(key).unwrap()
}

async fn keys(shared: web::Data<Shared>) -> HttpResponse {
    let delay = shared.behaviour().delay.keys;
    tokio::time::sleep(delay).await;
    let mut behaviour = shared.behaviour();
    behaviour.fetched += 1;
    match &behaviour.keys {
        Some(keys) => HttpResponse::Ok().content_type("application/json").body(keys.clone()),
        None => HttpResponse::Ok().json(json!({ "keys": [published(behaviour.key)] })),
    }
}

/// A code is taken once, and only with the verifier whose hash was sent before.
async fn token(shared: web::Data<Shared>, form: web::Form<HashMap<String, String>>) -> HttpResponse {
    let delay = shared.behaviour().delay.token;
    tokio::time::sleep(delay).await;
    let mut behaviour = shared.behaviour();
    let Some(code) = behaviour.codes.remove(&form["code"]) else { return refused() };
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&form["code_verifier"]));
    if challenge != code.challenge && !behaviour.ignores_verifier {
        return refused();
    }
    let mut answer = json!({ "access_token": ACCESS_TOKEN, "token_type": "Bearer", "expires_in": 60 });
    if let Some(token) = code.token {
        answer["id_token"] = json!(token);
    }
    HttpResponse::Ok().json(answer)
}

fn refused() -> HttpResponse {
    HttpResponse::BadRequest().json(json!({ "error": "invalid_grant" }))
}
