//! Accounts of Varsel's own: signing in with them, links to them, one's own ways in, and their administration.
//!
//! Passwords and codes come by plain posts of JSON, one attempt each, and never by way of GraphQL: there, one request could
//! hold many under different names. What was typed is not repeated in any answer or log line.

mod administer;
mod link;
mod own;
mod sign_in;

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::{StatusCode, header};
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use varsel_services::attempt::Trail;
use varsel_services::domain::attempt::Cause;
use varsel_services::domain::rules::Text;
use varsel_services::local::{Challenge, CodeSetup};
use varsel_services::{Error, Request, Services};

use super::observe::request_id;
use super::state::State;
use super::{answer, attempt, body};

/// A passkey's answer has some thousand bytes; a password has 128 characters at most.
const LIMIT: usize = 64 * 1024;

/// The routes; they are there only where the settings say so.
pub(super) fn configure(routes: &mut web::ServiceConfig) {
    routes
        .route("/local/sign-in", web::post().to(sign_in::password))
        .route("/local/passkey/begin", web::post().to(sign_in::begin))
        .route("/local/passkey/complete", web::post().to(sign_in::complete))
        .route("/local/link", web::post().to(link::open))
        .route("/local/link/password", web::post().to(link::password))
        .route("/local/link/passkey/begin", web::post().to(link::begin))
        .route("/local/link/passkey/complete", web::post().to(link::complete))
        .route("/local/link/email", web::post().to(link::email))
        .route("/local/account", web::get().to(own::look))
        .route("/local/account/password/begin", web::post().to(own::begin_password))
        .route("/local/account/password/set", web::post().to(own::set_password))
        .route("/local/account/password/remove", web::post().to(own::remove_password))
        .route("/local/account/passkey/begin", web::post().to(own::begin_passkey))
        .route("/local/account/passkey/add", web::post().to(own::add_passkey))
        .route("/local/account/passkey/remove", web::post().to(own::remove_passkey))
        .route("/local/account/recovery-codes", web::post().to(own::recovery_codes))
        .route("/local/account/email", web::post().to(own::email))
        .route("/local/people", web::get().to(administer::list))
        .route("/local/people/invite", web::post().to(administer::invite))
        .route("/local/people/reset", web::post().to(administer::reset))
        .route("/local/people/close", web::post().to(administer::close));
}

/// GET /sign-in/ways: whether there are accounts of Varsel's own, and whether they can have passkeys.
pub(super) async fn ways(state: web::Data<State>) -> HttpResponse {
    let local = &state.services.local;
    let ways = local.is_on().then(|| json!({ "passkeys": local.has_passkeys() }));
    HttpResponse::Ok().json(json!({ "local": ways }))
}

/// What one of this site's own pages asks, and the frame around each answer: read, ask, answer.
struct Post {
    request: HttpRequest,
    state: web::Data<State>,
}

impl FromRequest for Post {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, actix_web::Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let state = web::Data::<State>::from_request(request, payload).into_inner();
        ready(state.map(|state| Self { request: request.clone(), state }))
    }
}

impl Post {
    fn services(&self) -> &Services {
        &self.state.services
    }

    fn id(&self) -> String {
        request_id(&self.request)
    }

    /// Does `work` for whoever asks, and answers with what came of it.
    async fn look<A: Serialize>(&self, work: impl AsyncFnOnce(&Request) -> Result<A, Error>) -> HttpResponse {
        match self.state.asked(&self.request).await {
            Ok(asked) => self.answer(self.registered(&asked, work).await),
            Err(error) => self.failure(&error),
        }
    }

    /// Does `work`, and registers what is refused in it.
    async fn registered<T>(
        &self,
        asked: &Request,
        work: impl AsyncFnOnce(&Request) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let outcome = work(asked).await;
        // A session that has ended was registered when it was shown.
        if matches!(outcome, Err(Error::SignInRequired)) && self.state.credential(&self.request).is_none() {
            asked.trail.note(Cause::Session, "SIGN_IN_REQUIRED");
        }
        attempt::register_noted(&self.state.services, asked).await;
        outcome
    }

    /// Does `work` for whoever asks with what they posted, and answers with what came of it.
    async fn serve<T: DeserializeOwned, A: Serialize>(
        &self,
        payload: web::Payload,
        work: impl AsyncFnOnce(&Request, T) -> Result<A, Error>,
    ) -> HttpResponse {
        match self.read(payload).await {
            Ok(posted) => self.look(async |asked| work(asked, posted).await).await,
            Err(refusal) => refusal,
        }
    }

    /// As [`Post::serve`], for somebody who has not shown who they are.
    async fn serve_unknown<T: DeserializeOwned, A: Serialize>(
        &self,
        payload: web::Payload,
        work: impl AsyncFnOnce(&Request, T) -> Result<A, Error>,
    ) -> HttpResponse {
        match self.read(payload).await {
            Ok(posted) => self.answer(self.unknown(async |asked| work(asked, posted).await).await),
            Err(refusal) => refusal,
        }
    }

    /// What was posted; it is not repeated where it cannot be read.
    async fn read<T: DeserializeOwned>(&self, payload: web::Payload) -> Result<T, HttpResponse> {
        if !self.state.site.is_own_request(&self.request) {
            let message = "this is for this site's own pages";
            attempt::refuse(&self.state, &self.request, Cause::Gate, "OTHER_SITE").await;
            return Err(answer::refusal(StatusCode::FORBIDDEN, "OTHER_SITE", message));
        }
        let value = body::json(&self.request, payload, LIMIT, self.state.body_timeout).await;
        let value = match value {
            Ok(value) => value,
            Err(error) => {
                attempt::refuse(&self.state, &self.request, error.cause(), error.code()).await;
                return Err(answer::wrong_body(&error));
            }
        };
        // What is wrong is not said: the library's words would repeat what was typed.
        serde_json::from_value(value).ok().ok_or_else(|| {
            let message = "a field is missing, unknown or of another kind; see docs/local-accounts.md";
            answer::refusal(StatusCode::BAD_REQUEST, "MALFORMED", message)
        })
    }

    /// Does what somebody asks who has not shown who they are, and registers what is refused to them.
    async fn unknown<T>(&self, work: impl AsyncFnOnce(&Request) -> Result<T, Error>) -> Result<T, Error> {
        let origin = attempt::origin(&self.request, &self.state.proxies);
        self.registered(&Request::by_nobody(Trail::from(origin), self.id()), work).await
    }

    /// What a use case answered.
    fn answer(&self, outcome: Result<impl Serialize, Error>) -> HttpResponse {
        match outcome {
            Ok(answer) => HttpResponse::Ok().json(answer),
            Err(error) => self.failure(&error),
        }
    }

    /// An error of a use case; what its reader can mend is said in both languages.
    fn failure(&self, error: &Error) -> HttpResponse {
        let texts = |message: &Text| json!({ "da": message.da, "en": message.en });
        match error {
            Error::Invalid { field, message } => HttpResponse::BadRequest()
                .json(json!({ "code": error.code(), "field": field, "message": texts(message) })),
            Error::Busy => HttpResponse::ServiceUnavailable()
                .insert_header((header::RETRY_AFTER, "30"))
                .json(json!({ "code": error.code(), "message": texts(&busy()) })),
            error => answer::failure(error, &self.id()),
        }
    }
}

fn busy() -> Text {
    Text {
        da: "Mange logger ind lige nu. Vent et minut, og prøv igen. Haster det, så ring til din myndighed.".to_owned(),
        en: "Many people are signing in right now. Wait a minute and try again. If it is urgent, phone your authority."
            .to_owned(),
    }
}

fn challenge(challenge: &Challenge) -> Value {
    json!({ "ceremony": challenge.ceremony, "options": challenge.options })
}

fn codes(setup: &CodeSetup) -> Value {
    json!({
        "ceremony": setup.ceremony,
        "secret": setup.secret,
        "uri": setup.uri,
        "qr": { "path": setup.qr_path, "size": setup.qr_size },
    })
}
