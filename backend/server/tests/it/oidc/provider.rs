//! An identity provider in this process, which can also forge.

use std::collections::HashMap;
use std::net::TcpListener;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use actix_web::dev::ServerHandle;
use actix_web::{App, HttpResponse, HttpServer, web};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use openidconnect::core::{CoreJsonWebKey, CoreJwsSigningAlgorithm, CoreRsaPrivateSigningKey};
use openidconnect::{JsonWebKeyId, PrivateSigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// What is wrong with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Forgery {
    None,
    NotSigned,
    SignedWithTheClientSecret,
    SignedWithAnotherKey,
    OtherIssuer,
    OtherAudience,
    TwoAudiences,
    OtherNonce,
    NoNonce,
    Expired,
    OtherVerifier,
    NoToken,
    Changed,
}

impl Forgery {
    /// All that are wrong.
    pub(crate) const ALL: [Self; 12] = [
        Self::NotSigned,
        Self::SignedWithTheClientSecret,
        Self::SignedWithAnotherKey,
        Self::OtherIssuer,
        Self::OtherAudience,
        Self::TwoAudiences,
        Self::OtherNonce,
        Self::NoNonce,
        Self::Expired,
        Self::OtherVerifier,
        Self::NoToken,
        Self::Changed,
    ];
}

/// A running provider.
pub(crate) struct Provider {
    pub(crate) issuer: String,
    shared: Arc<Shared>,
    server: ServerHandle,
}

struct Shared {
    issuer: String,
    now: DateTime<Utc>,
    key: AtomicUsize,
    answering: AtomicBool,
    codes: Mutex<HashMap<String, Code>>,
}

struct Code {
    claims: Value,
    challenge: String,
    forgery: Forgery,
}

impl Provider {
    pub(crate) fn start(now: DateTime<Utc>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let shared = Arc::new(Shared {
            issuer: issuer.clone(),
            now,
            key: AtomicUsize::new(0),
            answering: AtomicBool::new(true),
            codes: Mutex::default(),
        });
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
        Self { issuer, shared, server: handle }
    }

    pub(crate) async fn stop(&self) {
        self.server.stop(false).await;
    }

    /// Signs with another key from now on, which takes the place of the first.
    pub(crate) fn take_new_key(&self) {
        self.shared.key.store(1, Ordering::SeqCst);
    }

    pub(crate) fn stop_answering(&self) {
        self.shared.answering.store(false, Ordering::SeqCst);
    }

    /// A code for these claims.
    pub(crate) fn issue(&self, claims: &Value, nonce: &str, challenge: &str, forgery: Forgery) -> String {
        let (now, mut claims) = (self.shared.now.timestamp(), claims.clone());
        claims["iss"] = json!(self.issuer);
        claims["aud"] = json!("varsel");
        claims["iat"] = json!(now);
        claims["exp"] = json!(now + 300);
        claims["nonce"] = json!(nonce);
        match forgery {
            Forgery::OtherIssuer => claims["iss"] = json!("https://evil.example"),
            Forgery::OtherAudience => claims["aud"] = json!("another"),
            Forgery::TwoAudiences => claims["aud"] = json!(["varsel", "another"]),
            Forgery::OtherNonce => claims["nonce"] = json!("guessed"),
            Forgery::NoNonce => drop(claims.as_object_mut().unwrap().remove("nonce")),
            Forgery::Expired => claims["exp"] = json!(now - 1),
            _ => {}
        }
        let mut codes = self.shared.codes.lock().unwrap();
        let code = format!("code-{}", codes.len());
        codes.insert(code.clone(), Code { claims, challenge: challenge.to_owned(), forgery });
        code
    }
}

async fn metadata(shared: web::Data<Shared>) -> HttpResponse {
    if !shared.answering.load(Ordering::SeqCst) {
        return HttpResponse::ServiceUnavailable().finish();
    }
    let issuer = &shared.issuer;
    HttpResponse::Ok().json(json!({
        "issuer": issuer, "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"), "jwks_uri": format!("{issuer}/keys"),
        "response_types_supported": ["code"], "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
    }))
}

fn signing_key(number: usize) -> CoreRsaPrivateSigningKey {
    let (pem, id) =
        [(include_str!("first_key.pem"), "first"), (include_str!("second_key.pem"), "second")][number];
    CoreRsaPrivateSigningKey::from_pem(pem, Some(JsonWebKeyId::new(id.to_owned()))).unwrap()
}

async fn keys(shared: web::Data<Shared>) -> HttpResponse {
    let key: CoreJsonWebKey = signing_key(shared.key.load(Ordering::SeqCst)).as_verification_key();
    HttpResponse::Ok().json(json!({ "keys": [key] }))
}

/// A code is taken once, and only with the verifier whose hash was sent before.
async fn token(shared: web::Data<Shared>, form: web::Form<HashMap<String, String>>) -> HttpResponse {
    let code = shared.codes.lock().unwrap().remove(&form["code"]);
    let Some(code) = code else { return refused() };
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&form["code_verifier"]));
    if challenge != code.challenge || code.forgery == Forgery::OtherVerifier {
        return refused();
    }
    let mut answer = json!({ "access_token": "unused", "token_type": "Bearer", "expires_in": 60 });
    if code.forgery != Forgery::NoToken {
        answer["id_token"] = json!(sign(&code, shared.key.load(Ordering::SeqCst)));
    }
    HttpResponse::Ok().json(answer)
}

fn refused() -> HttpResponse {
    HttpResponse::BadRequest().json(json!({ "error": "invalid_grant" }))
}

fn sign(code: &Code, number: usize) -> String {
    let algorithm = match code.forgery {
        Forgery::NotSigned => "none",
        Forgery::SignedWithTheClientSecret => "HS256",
        _ => "RS256",
    };
    let key_id = ["first", "second"][number];
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let message = format!("{}.{}", encode(&json!({ "alg": algorithm, "kid": key_id })), encode(&code.claims));
    let signed_by = |number: usize| {
        signing_key(number).sign(&CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256, message.as_bytes()).unwrap()
    };
    let signature = match code.forgery {
        Forgery::NotSigned => Vec::new(),
        Forgery::SignedWithTheClientSecret => {
            use hmac::{Hmac, Mac};
            let mut mac = Hmac::<Sha256>::new_from_slice(b"the client secret").unwrap();
            mac.update(message.as_bytes());
            mac.finalize().into_bytes().to_vec()
        }
        Forgery::SignedWithAnotherKey => signed_by(1 - number),
        _ => signed_by(number),
    };
    let mut token = format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature));
    if code.forgery == Forgery::Changed {
        let mut claims = code.claims.clone();
        claims["sub"] = json!("somebody else");
        let header = token.split('.').next().unwrap().to_owned();
        let signature = token.rsplit('.').next().unwrap().to_owned();
        token = format!("{header}.{}.{signature}", encode(&claims));
    }
    token
}
