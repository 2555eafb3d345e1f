//! POST /graphql: our own handler, because the ready-made one executes GET and `text/plain`, which other sites can send.

use actix_web::http::{Method, StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};

use super::accept::Media;
use super::events::Watching;
use super::streams::STREAMS;
use super::{Incidents, error, events, input, output};
use crate::http::State;
use crate::http::body::{self, BodyError};

/// Bytes of a request.
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
        return refusal;
    }
    let accept = request.headers().get(header::ACCEPT).map(|value| value.to_str().unwrap_or_default());
    let Some(media) = Media::negotiate(accept) else {
        let message = "accept application/graphql-response+json, application/json or text/event-stream";
        return output::refusal(Media::Json, StatusCode::NOT_ACCEPTABLE, "NOT_ACCEPTABLE", message);
    };
    if !state.site.is_own_request(&request) {
        let message = "requests from pages of other sites are not taken";
        return output::refusal(media, StatusCode::FORBIDDEN, "OTHER_SITE", message);
    }
    let body = match body::json(&request, payload, BODY).await {
        Ok(body) => body,
        Err(error) => return wrong_body(media, &error),
    };
    match input::read(body) {
        Ok(document) => execute(&request, &state, media, document).await,
        Err(error) => output::refusal(media, StatusCode::BAD_REQUEST, error.code(), &error.to_string()),
    }
}

async fn execute(
    request: &HttpRequest,
    state: &State,
    media: Media,
    document: async_graphql::Request,
) -> HttpResponse {
    let asked = match state.request(request).await {
        Ok(asked) => asked,
        Err(error) => {
            let shown = error::show(&error, &crate::http::observe::request_id(request));
            return output::refusal(media, StatusCode::INTERNAL_SERVER_ERROR, error.code(), &shown.message);
        }
    };
    let document = document.data(Incidents::loader(&state.services, &asked)).data(asked);
    let token = state.session_token(request);
    if media == Media::Events {
        let Some(seat) = state.streams.seat(token.as_deref().unwrap_or_default()) else {
            let message = format!("close one of your {STREAMS} live views, then open another");
            let status = StatusCode::TOO_MANY_REQUESTS;
            return output::refusal(Media::Json, status, "TOO_MANY_STREAMS", &message);
        };
        let watching = Watching::default();
        let responses = state.schema.execute_stream(document.data(watching.clone()));
        return events::answer(responses, watching, state.ending.clone(), seat);
    }
    output::answer(media, &state.schema.execute(document).await)
}

fn wrong_body(media: Media, error: &BodyError) -> HttpResponse {
    output::refusal(media, error.status(), error.code(), &error.to_string())
}
