//! Ending a session.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::json;
use varsel_services::domain::attempt::Cause;
use varsel_services::session;

use super::observe::request_id;
use super::state::{Door, State};
use super::{answer, attempt};

/// POST /sign-out: the session ends, and the cookie goes. Where the provider has a page to sign out there, too, the
/// answer names it.
pub(crate) async fn sign_out(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    if !state.site.is_own_request(&request) {
        attempt::refuse(&state, &request, Cause::Gate, "OTHER_SITE").await;
        return answer::refusal(StatusCode::FORBIDDEN, "OTHER_SITE", "sign-out is for this site's own pages");
    }
    let ended = match state.session_token(&request) {
        Some(token) => session::end(&state.services, &token).await,
        None => Ok(None),
    };
    let provider = match ended {
        Ok(session) => session.and_then(|session| session.voucher.provider),
        Err(error) => return answer::failure(&error, &request_id(&request)),
    };
    let mut cookie = state.site.session_cookie(String::new());
    cookie.make_removal();
    match page_of(&state, provider.as_deref()).await {
        Some(page) => HttpResponse::Ok().cookie(cookie).json(json!({ "next": page })),
        None => HttpResponse::NoContent().cookie(cookie).finish(),
    }
}

/// The page on which one signs out of the provider, too.
async fn page_of(state: &State, provider: Option<&str>) -> Option<String> {
    match &state.door {
        Door::Providers(providers) => providers.find(provider?)?.sign_out_page().await,
        Door::Demo => None,
    }
}
