//! POST /graphql: our own handler, because the ready-made one executes GET and `text/plain`, which other sites can send.

use actix_web::http::{Method, StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use async_graphql::Response;
use futures_util::StreamExt;
use varsel_services::domain::attempt::Cause;
use varsel_services::{Error, Request, Services};

use super::accept::Media;
use super::aside::{aside, each_aside};
use super::events::Watching;
use super::input::WrongRequest;
use super::{Incidents, STREAMS, error, events, input, output};
use crate::http::body::{self, BodyError};
use crate::http::{Credential, State, attempt, observe};

/// Bytes of a request. A document has its own limit of 64 KiB; the rest is for a report whose texts (of 10,000 characters
/// each at most) are long.
const BODY: usize = 256 * 1024;

/// Checks the request, executes it, and answers in the form that was asked for.
pub(crate) async fn serve(
    request: HttpRequest,
    payload: web::Payload,
    state: web::Data<State>,
) -> HttpResponse {
    if request.method() != Method::POST {
        let mut refusal = output::refusal(
            Media::Json,
            StatusCode::METHOD_NOT_ALLOWED,
            "METHOD_NOT_ALLOWED",
            "send the request with POST",
        );
        refusal.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static("POST"));
        attempt::refuse(&state, &request, Cause::Gate, "METHOD_NOT_ALLOWED").await;
        return refusal;
    }
    let accept = request.headers().get(header::ACCEPT).map(|value| value.to_str().unwrap_or_default());
    let Some(media) = Media::negotiate(accept) else {
        let message = "accept application/graphql-response+json, application/json or text/event-stream";
        attempt::refuse(&state, &request, Cause::Gate, "NOT_ACCEPTABLE").await;
        return output::refusal(Media::Json, StatusCode::NOT_ACCEPTABLE, "NOT_ACCEPTABLE", message);
    };
    if !state.site.is_own_request(&request) {
        let message = "requests from pages of other sites are not taken";
        attempt::refuse(&state, &request, Cause::Gate, "OTHER_SITE").await;
        return output::refusal(media, StatusCode::FORBIDDEN, "OTHER_SITE", message);
    }
    let body = match body::json(&request, payload, BODY, state.body_timeout).await {
        Ok(body) => body,
        Err(error) => {
            attempt::refuse(&state, &request, error.cause(), error.code()).await;
            return wrong_body(media, &error);
        }
    };
    let credential = state.credential(&request);
    // What others than the pages ask is not written yet when this is compiled: it needs somebody who answers for it.
    let own_documents = state.is_demo() || credential.as_ref().is_some_and(Credential::is_token);
    match input::read(body, own_documents) {
        Ok(document) => execute(&request, &state, media, document, credential).await,
        Err(error) => {
            attempt::refuse(&state, &request, Cause::Gate, error.code()).await;
            let forbidden = matches!(error, WrongRequest::TokenNeeded);
            let status = if forbidden { StatusCode::FORBIDDEN } else { StatusCode::BAD_REQUEST };
            output::refusal(media, status, error.code(), &error.to_string())
        }
    }
}

async fn execute(
    request: &HttpRequest,
    state: &web::Data<State>,
    media: Media,
    document: async_graphql::Request,
    credential: Option<Credential>,
) -> HttpResponse {
    let asked = match state.request(request, credential.as_ref()).await {
        Ok(asked) => asked,
        Err(error) => return failed(media, &error, &observe::request_id(request)),
    };
    if asked.actor.is_none() && credential.as_ref().is_some_and(Credential::is_token) {
        return wrong_token(media);
    }
    let may_explore = state.is_demo() || asked.token.is_some();
    let document = if may_explore { document } else { document.disable_introspection() };
    let document = document.data(Incidents::loader(&state.services, &asked)).data(asked.clone());
    if media == Media::Events {
        return watch(request, state, document, credential, asked).await;
    }
    let (shared, id) = (state.clone(), asked.request_id.clone());
    let shown = is_session(credential.as_ref());
    let work = async move {
        let response = shared.schema.execute(document).await;
        register(&shared.services, &asked, (shown, &response)).await;
        output::answer(media, &response)
    };
    match aside(&state.runtime, work).await {
        Ok(answer) => answer.respond(),
        Err(error) => failed(media, &Error::Internal(error.to_string()), &id),
    }
}

fn is_session(credential: Option<&Credential>) -> bool {
    credential.is_some_and(|credential| !credential.is_token())
}

/// Registers what was refused of an answer. A session that has ended was registered when it was shown; a program may be nobody to what
/// only a session does.
async fn register(services: &Services, asked: &Request, (is_session, response): (bool, &Response)) {
    if !is_session && response.errors.iter().any(error::is_sign_in_required) {
        asked.trail.note(Cause::Session, "SIGN_IN_REQUIRED");
    }
    attempt::register_noted(services, asked).await;
}

/// Opens a live view.
async fn watch(
    request: &HttpRequest,
    state: &State,
    document: async_graphql::Request,
    credential: Option<Credential>,
    asked: Request,
) -> HttpResponse {
    let Some(seat) = state.streams.take(credential.as_ref().map_or("", Credential::secret)) else {
        let message = format!("close one of your {STREAMS} live views, then open another");
        let status = StatusCode::TOO_MANY_REQUESTS;
        attempt::refuse(state, request, Cause::Limit, "TOO_MANY_STREAMS").await;
        return output::refusal(Media::Json, status, "TOO_MANY_STREAMS", &message);
    };
    let shown = is_session(credential.as_ref());
    let document = document.data(credential);
    let watching = Watching::default();
    let (schema, services) = (state.schema.clone(), state.services.clone());
    let document = document.data(watching.clone());
    let responses = async_stream::stream! {
        let mut responses = schema.execute_stream(document);
        while let Some(response) = responses.next().await {
            register(&services, &asked, (shown, &response)).await;
            yield response;
        }
    };
    let responses = each_aside(&state.runtime, responses);
    events::answer(responses, watching, state.ending.clone(), seat)
}

/// The answer where the request itself failed, before or beside its document.
fn failed(media: Media, error: &Error, id: &str) -> HttpResponse {
    let shown = error::show(error, id);
    let status = match error {
        Error::Blocked { .. } => StatusCode::TOO_MANY_REQUESTS,
        error if error::is_out_of_service(error) => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    };
    output::refusal(media, status, error.code(), &shown.message)
}

/// A program must hear that its token has ended; an answer as to nobody would mislead it.
fn wrong_token(media: Media) -> HttpResponse {
    let message = "the API token is unknown, has expired or was revoked; ask the operator for a new one";
    let mut refusal = output::refusal(media, StatusCode::UNAUTHORIZED, "TOKEN_REFUSED", message);
    let challenge = header::HeaderValue::from_static(r#"Bearer error="invalid_token""#);
    refusal.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
    refusal
}

fn wrong_body(media: Media, error: &BodyError) -> HttpResponse {
    output::refusal(media, error.status(), error.code(), &error.to_string())
}
