//! Ending a session.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use varsel_services::session;

use super::answer;
use super::observe::request_id;
use super::state::State;

/// POST /sign-out: the session ends here and everywhere, and the cookie goes.
pub(crate) async fn sign_out(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    if !state.site.is_own_request(&request) {
        return answer::refusal(StatusCode::FORBIDDEN, "OTHER_SITE", "sign-out is for this site's own pages");
    }
    if let Some(token) = state.session_token(&request)
        && let Err(error) = session::end(&state.services, &token).await
    {
        return answer::failure(&error, &request_id(&request));
    }
    let mut cookie = state.site.session_cookie(String::new());
    cookie.make_removal();
    HttpResponse::NoContent().cookie(cookie).finish()
}
